import type { IdentityErrorCode, TokenRejection, Violation } from "../../../domain/errors.ts";
import type { IdentityProvider } from "../../../ports/index.ts";

/**
 * The method of the port that was called, of those that call Cognito: one exception of Cognito's means different things
 * to different ones.
 */
export type ProviderMethod = Exclude<
  keyof IdentityProvider,
  "capabilities" | "clock" | "setUp" | "resendChallengeCode" | "createRecoveryCodes"
>;

const accessTokenMethods = [
  "getProfile",
  "deleteAccount",
  "updateAttributes",
  "startAttributeVerification",
  "confirmAttribute",
  "changePassword",
  "signOutEverywhere",
  "listSessions",
  "endSession",
  "getMfa",
  "startTotp",
  "confirmTotp",
  "setMfa",
  "startPasskeyRegistration",
  "finishPasskeyRegistration",
  "listPasskeys",
  "deletePasskey",
] as const satisfies readonly ProviderMethod[];

const administrationMethods = [
  "listUsers",
  "getUser",
  "createUser",
  "resendInvitation",
  "updateUser",
  "deleteUser",
  "confirmUser",
  "disableUser",
  "enableUser",
  "requirePasswordReset",
  "setPassword",
  "signOutUser",
  "resetMfa",
  "listUserGroups",
  "addToGroup",
  "removeFromGroup",
] as const satisfies readonly ProviderMethod[];

type Meanings<Name extends ProviderMethod> = Readonly<Record<Name, IdentityErrorCode>>;

/** The meaning of an exception of Cognito's. */
export interface ExceptionMeaning {
  readonly code: IdentityErrorCode;
  readonly retryAfterSeconds?: number;
  readonly rejection?: TokenRejection;
  readonly violations?: readonly Violation[];
}

/** Finds out what an exception means: from the method that met it, and from its message where its name does not tell. */
export type ExceptionReading = (method: ProviderMethod, message: string) => ExceptionMeaning;

/** The seconds to wait after Cognito failed to answer as it should. It never says itself. */
export const retryAfterSeconds = 5;

/** Makes a reading by which the exception means one thing, or one for some methods and another for the rest. */
export function means(
  code: IdentityErrorCode,
  elsewhere: Partial<Record<ProviderMethod, IdentityErrorCode>> = {},
): ExceptionReading {
  return (method) => meaning(elsewhere[method] ?? code);
}

/** Makes the meaning of a code, with what always goes with that code. */
export function meaning(code: IdentityErrorCode): ExceptionMeaning {
  switch (code) {
    case "provider_unavailable":
      return { code, retryAfterSeconds };
    case "invalid_token":
      return { code, rejection: "malformed" };
    case "token_expired":
      return { code, rejection: "expired" };
    case "token_revoked":
      return { code, rejection: "revoked" };
    default:
      return { code };
  }
}

/** The same meaning for the methods that take an access token. */
export function onAccessToken(
  code: IdentityErrorCode,
): Meanings<(typeof accessTokenMethods)[number]> {
  return sameFor(accessTokenMethods, code);
}

/** The same meaning for the methods of administrators. */
export function onAdministration(
  code: IdentityErrorCode,
): Meanings<(typeof administrationMethods)[number]> {
  return sameFor(administrationMethods, code);
}

function sameFor<Name extends ProviderMethod>(
  methods: readonly Name[],
  code: IdentityErrorCode,
): Meanings<Name> {
  return Object.fromEntries(methods.map((method) => [method, code])) as Meanings<Name>;
}
