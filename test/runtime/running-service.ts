import {
  AdminAddUserToGroupCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import type { OutboxMessage } from "../../src/ports/index.ts";
import { administratorGroup } from "./administrator.ts";
import { trustedOrigin } from "./families/cors.ts";
import { serviceClient } from "./families/service-tokens.ts";
import type { CodePurpose, HttpTarget } from "./probe.ts";

/** Portico, running on one runtime and one provider. */
export interface RunningService extends HttpTarget {
  /** Stops it, and all that was started for it, and gives its exit status. */
  stop(): Promise<number>;
}

/** Everything is logged, so that whatever could get out does. */
export const settings = {
  CORS_ORIGINS: trustedOrigin,
  LOG_LEVEL: "debug",
  ADMIN_GROUPS: administratorGroup,
  SESSION_SECRETS: "seals-the-cookies-of-the-tests-only",
  ...serviceClient,
  // Longer than a stand-in for Cognito takes on a busy machine when fifty requests come at once.
  COGNITO_TIMEOUT_MS: "20000",
};

/** A message, as far as its code is concerned. */
export type Sent = Pick<OutboxMessage, "purpose" | "code">;

/** Gives the code that was sent last for a purpose. */
export function lastCode(sent: readonly Sent[], purpose: CodePurpose): string {
  const last = sent.findLast((message) => message.purpose === purpose);
  return last?.code ?? expect.fail(`no ${purpose} code was sent`);
}

/** Makes an administrator of a user of a pool. */
export async function putIntoGroup(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string,
  Username: string,
): Promise<void> {
  const GroupName = administratorGroup;
  await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName }));
  await sdk.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username }));
}
