import type { RuntimeName } from "../support/runtimes.ts";
import type { HttpCase, Need } from "./http-case.ts";
import type { ProviderName } from "./services.ts";

/** What is known not to hold, by the name of the case, with the reason: a lack of what the service stands on. */
export type Gaps = Readonly<Record<string, string>>;

const noChallenge = "cognito-local's AdminInitiateAuth gives tokens in place of the challenge";
const noRecoveryCodes = "Amazon Cognito has no recovery codes";
const noUserAuth = "cognito-local knows no USER_AUTH";

/** What holds on no runtime, for a lack of the provider's stand-in. */
const providerGaps: Readonly<Record<ProviderName, Gaps>> = {
  memory: {},
  strict: {},
  cognito: {
    "ends every session of a user at once": "cognito-local has no GlobalSignOut",
    "changes no password without the current one":
      "cognito-local answers a wrong current password as one that breaks the rules",
    "answers who asks for another confirmation code alike":
      "cognito-local has no ResendConfirmationCode",
    "revokes an access token for a service, and no other session's":
      "cognito-local puts no origin_jti into its tokens",
    "takes no access token of a session whose sign-out it was shown at":
      "cognito-local's tokens name no session",
    "takes no access token of a user who signed out everywhere":
      "cognito-local has no GlobalSignOut",
    "lets nobody set what only the provider can know":
      "cognito-local answers such an attribute as one that is no good",
    "lets a new address count once its code was confirmed":
      "cognito-local tells addresses in full, and lets a new one count at once",
    "makes the code before worthless when another is asked for":
      "cognito-local's GetUserAttributeVerificationCode does not say where the code went",
    "takes a user from an invitation to a password of their own": noChallenge,
    "sets a password for good, or one that is to be replaced": noChallenge,
    "lists users page by page, narrowed by a filter": "cognito-local's ListUsers knows no pages",
    "keeps a user out who is disabled, until they are enabled again":
      "cognito-local notes that a user is disabled and goes on as before",
    "has a user reset the password": "cognito-local lacks AdminResetUserPassword",
    "ends every session of a user, and nobody else's": "cognito-local lacks AdminUserGlobalSignOut",
    "puts a user into a group and takes them out again, as their next tokens say":
      "cognito-local lists no groups of a user who is named by an address",
  },
};

/** What a provider's stand-in cannot do at all. */
const lacks: Readonly<Record<ProviderName, Readonly<Partial<Record<Need, string>>>>> = {
  memory: {},
  strict: { recovery_codes: noRecoveryCodes },
  cognito: {
    recovery_codes: noRecoveryCodes,
    totp_mfa: "cognito-local asks nobody for an authenticator app's code",
    sms_mfa: "cognito-local asks nobody for a code by text message after the password",
    email_mfa: "cognito-local asks nobody for a code by mail after the password",
    email_code_sign_in: noUserAuth,
    sms_code_sign_in: noUserAuth,
    passkeys: noUserAuth,
    custom_challenges: "cognito-local knows no CUSTOM_AUTH",
    session_list: "cognito-local tracks no sessions",
    closed_world: "cognito-local requires no attribute, no approval and no second factor",
    refresh_rotation: "cognito-local replaces no refresh tokens",
  },
};

/** What holds on neither provider, for a lack of the runtime's own HTTP server. */
const runtimeGaps: Readonly<Record<RuntimeName, Gaps>> = {
  node: {},
  deno: {},
  bun: {},
  worker: {
    "answers once or hangs up at an encoding twice":
      "workerd reads `chunked, chunked` as `chunked`, and leaves framing to the edge in front of it",
    'gives nothing away for the request target "evil.example:443"':
      "workerd reads `evil.example:443` as `/`, where the service says what it is",
  },
};

/** Why a case is known not to hold on a runtime and a provider, if it is. */
export function gapOf(
  runtime: RuntimeName,
  provider: ProviderName,
  { name, needs = [] }: HttpCase,
): string | undefined {
  const lacking = needs.map((need) => lacks[provider][need]);
  return gapsOf(runtime, provider)[name] ?? lacking.find((reason) => reason !== undefined);
}

/** The gaps that are told by the names of their cases. */
export function gapsOf(runtime: RuntimeName, provider: ProviderName): Gaps {
  return { ...runtimeGaps[runtime], ...providerGaps[provider] };
}
