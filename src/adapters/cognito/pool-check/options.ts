import type { CognitoFeature } from "../features.ts";
import type { SessionSettings } from "../sessions/sessions.ts";
import type { AuthFlow } from "../sign-in/auth-calls.ts";
import type { CognitoTransportOptions } from "../wire/transport.ts";

/** The pool and its app client, and what the service is to do with them. */
export interface PoolCheckOptions extends CognitoTransportOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly clientSecrets: readonly string[];
  readonly authFlow: AuthFlow;
  readonly refreshFlow: SessionSettings["refreshFlow"];
  /** Whether unsigned calls tell who calls. */
  readonly propagatesCallerAddress: boolean;
  readonly features: readonly CognitoFeature[];
}
