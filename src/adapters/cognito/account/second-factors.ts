import type { MfaMethod } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { MfaPreferences, SecondFactors } from "../../../ports/index.ts";
import { lookUpNames, mfaMethodOf } from "../answers/challenge-names.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { AppClient } from "../wire/app-client.ts";
import type { CognitoInput, CognitoOutput } from "../wire/transport.ts";

/** Makes the part of the facet of second factors that every one of them needs. */
export function createSecondFactors(app: AppClient): Pick<SecondFactors, "getMfa" | "setMfa"> {
  return {
    async getMfa({ accessToken }) {
      return readPreferences(await app.call("getMfa", "GetUser", { AccessToken: accessToken }));
    },

    async setMfa({ accessToken, ...wanted }) {
      if (wanted.preferred !== undefined && !wanted.enabled.includes(wanted.preferred)) {
        const violations = [{ path: ["preferred"], reason: "not_enabled" }];
        throw new IdentityError("validation_failed", { violations });
      }
      const request = app.forOneRequest();
      const { enabled } = readPreferences(
        await request.call("setMfa", "GetUser", { AccessToken: accessToken }),
      );
      const settings = writePreferences(wanted, enabled);
      if (Object.keys(settings).length === 0) return;
      await request.call("setMfa", "SetUserMFAPreference", {
        AccessToken: accessToken,
        ...settings,
      });
    },
  };
}

/** Makes the part of it that is about authenticator apps. */
export function createAuthenticatorApps(
  app: AppClient,
): Pick<SecondFactors, "startTotp" | "confirmTotp"> {
  return {
    async startTotp({ accessToken }) {
      const answer = await app.call("startTotp", "AssociateSoftwareToken", {
        AccessToken: accessToken,
      });
      if (!isText(answer.SecretCode)) throw unexpectedAnswer("SecretCode");
      return { secret: answer.SecretCode };
    },

    async confirmTotp({ accessToken, code, deviceName }) {
      const answer = await app.call("confirmTotp", "VerifySoftwareToken", {
        AccessToken: accessToken,
        UserCode: code,
        FriendlyDeviceName: deviceName,
      });
      checkTotpStatus(answer.Status);
    },
  };
}

/**
 * Checks how a code of an authenticator app fared: Cognito can tell a wrong one in an answer that is no exception.
 *
 * @throws {IdentityError} `code_mismatch` — it was a wrong one
 */
export function checkTotpStatus(status: unknown): void {
  if (status === "ERROR") throw new IdentityError("code_mismatch");
  if (status !== "SUCCESS") throw unexpectedAnswer("Status");
}

/** Reads which second factors a user has switched on, of what Cognito tells of the user. */
export function readPreferences(answer: CognitoOutput<"GetUser" | "AdminGetUser">): MfaPreferences {
  if (!isText(answer.Username)) throw unexpectedAnswer("Username");
  const preferred = mfaMethodOf(answer.PreferredMfaSetting);
  return {
    enabled: readMfaMethods(answer.UserMFASettingList) ?? [],
    ...(preferred && { preferred }),
  };
}

/** Reads a `UserMFASettingList`, which is absent where nothing was ever set. */
export function readMfaMethods(list: unknown): readonly MfaMethod[] | undefined {
  return Array.isArray(list) ? lookUpNames(list, mfaMethodOf) : undefined;
}

const settingNames = {
  totp: "SoftwareTokenMfaSettings",
  sms_code: "SMSMfaSettings",
  email_code: "EmailMfaSettings",
} as const satisfies Record<MfaMethod, keyof CognitoInput<"SetUserMFAPreference">>;

/**
 * Writes preferences as Cognito takes them, without a factor that is off and stays off: a pool may refuse to be told of
 * one that it was not set up for.
 */
export function writePreferences(
  { enabled, preferred }: MfaPreferences,
  current: readonly MfaMethod[],
): Omit<CognitoInput<"SetUserMFAPreference">, "AccessToken"> {
  const methods = new Set([...current, ...enabled]);
  return Object.fromEntries(
    [...methods].map((method) => [
      settingNames[method],
      { Enabled: enabled.includes(method), PreferredMfa: method === preferred },
    ]),
  );
}
