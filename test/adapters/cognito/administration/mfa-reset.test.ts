import { describe, expect, it } from "vitest";
import type { CognitoFeature } from "../../../../src/adapters/cognito/features.ts";
import { answers, throws } from "../../../support/cognito-upstream-answers.ts";
import { providerAt, startUpstream, username } from "../fixtures.ts";

const user = { UserPoolId: "eu-central-1_example", Username: username };
const off = { Enabled: false, PreferredMfa: false };

/** A pool with a user who has switched second factors on. */
async function startWith(
  UserMFASettingList: readonly string[],
  {
    features = ["totp_mfa", "sms_mfa", "email_mfa"],
  }: { features?: readonly CognitoFeature[] } = {},
) {
  const upstream = await startUpstream();
  upstream.script(
    "AdminGetUser",
    answers({ Username: "ada", UserStatus: "CONFIRMED", UserMFASettingList }),
  );
  const identity = providerAt(upstream, { features });
  return { upstream, reset: () => identity.resetMfa({ username }) };
}

const left = (requests: readonly { readonly operation: string; readonly input: unknown }[]) =>
  requests.map(({ operation, input }) => [operation, input]);

describe("second factors that an administrator takes away", () => {
  it("are the app first, then all that are switched on", async () => {
    const { upstream, reset } = await startWith(["EMAIL_OTP", "SOFTWARE_TOKEN_MFA"]);

    await reset();

    const preferences = { EmailMfaSettings: off, SoftwareTokenMfaSettings: off };
    expect(left(upstream.requests)).toEqual([
      ["AdminGetUser", user],
      ["AdminDeleteSoftwareToken", user],
      ["AdminSetUserMFAPreference", { ...user, ...preferences }],
    ]);
    for (const { authorization } of upstream.requests)
      expect(authorization).toContain("AWS4-HMAC-SHA256");
  });

  it("are the app alone where none is switched on, as it may be there all the same", async () => {
    const { upstream, reset } = await startWith([]);

    await reset();

    expect(upstream.requests.map(({ operation }) => operation)).toEqual([
      "AdminGetUser",
      "AdminDeleteSoftwareToken",
    ]);
  });

  it("are no app in a pool without", async () => {
    const { upstream, reset } = await startWith(["SMS_MFA"], { features: ["sms_mfa"] });

    await reset();

    expect(left(upstream.requests)).toEqual([
      ["AdminGetUser", user],
      ["AdminSetUserMFAPreference", { ...user, SMSMfaSettings: off }],
    ]);
  });

  it.each(["UserNotConfirmedException", "SoftwareTokenMFANotFoundException"])(
    "are none of a user of whom Cognito says %s",
    async (name) => {
      const { upstream, reset } = await startWith([]);
      upstream.script("AdminDeleteSoftwareToken", throws(name, "Words that nobody documents"));

      await expect(reset()).resolves.toBeUndefined();
    },
  );

  it.each([
    ["an app that is gone by then", ["SOFTWARE_TOKEN_MFA"], undefined],
    ["codes to an address", ["SOFTWARE_TOKEN_MFA", "SMS_MFA"], "mfa_not_available"],
    ["codes to an address alone", ["EMAIL_OTP"], "mfa_not_available"],
  ])("where everyone must have one are refused for %s", async (_what, methods, code) => {
    const { upstream, reset } = await startWith(methods);
    const words = "User does not have delivery config set to turn on this MFA";
    upstream.script("AdminSetUserMFAPreference", throws("InvalidParameterException", words));

    const outcome = await reset().catch((error: unknown) => error);

    expect(outcome).toEqual(code === undefined ? undefined : expect.objectContaining({ code }));
  });

  it.each(["AdminDeleteSoftwareToken", "AdminSetUserMFAPreference"] as const)(
    "are not said to be gone where the credentials do not allow %s",
    async (operation) => {
      const { upstream, reset } = await startWith(["SOFTWARE_TOKEN_MFA"]);
      upstream.script(operation, throws("AccessDeniedException", "not authorized to perform it"));

      await expect(reset()).rejects.toMatchObject({ code: "provider_misconfigured" });
    },
  );
});
