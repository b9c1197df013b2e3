import type { CognitoIdentityProviderOptions } from "../../src/adapters/cognito/index.ts";
import { site } from "../adapters/webauthn/support.ts";
import { sumsForUnknown } from "./question.ts";

/** What the Cognito adapter shows to names that nobody has, where the pools here would tell. */
export const forUnknownUsers: Pick<
  CognitoIdentityProviderOptions,
  "customChallengeForUnknown" | "passkeyOptionsForUnknown"
> = {
  customChallengeForUnknown: sumsForUnknown,
  passkeyOptionsForUnknown: { rpId: site.rpId, timeout: 180_000, userVerification: "required" },
};
