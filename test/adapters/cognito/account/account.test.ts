import * as base64url from "jose/base64url";
import { describe, expect, it } from "vitest";
import type { MfaMethod } from "../../../../src/domain/challenge.ts";
import { answers, type CognitoReply, throws } from "../../../support/cognito-upstream-answers.ts";
import {
  accessToken,
  calls,
  code,
  type Method,
  operations,
  providerAt,
  startUpstream,
} from "../fixtures.ts";

const bearer = { accessToken };
const emailDelivery = {
  AttributeName: "email",
  DeliveryMedium: "EMAIL",
  Destination: "n***@e***",
};

/** The adapter before an upstream of which one operation is scripted. */
async function scripted(operation: string, ...replies: readonly CognitoReply[]) {
  const upstream = await startUpstream();
  upstream.script(operation, ...replies);
  return { upstream, identity: providerAt(upstream) };
}

describe("attributes", () => {
  it("are sent in one call, blank ones to be deleted, and tell what has to be confirmed", async () => {
    const { upstream, identity } = await scripted(
      "UpdateUserAttributes",
      answers({
        CodeDeliveryDetailsList: [
          emailDelivery,
          { AttributeName: "pager", DeliveryMedium: "PIGEON", Destination: "loft" },
          { DeliveryMedium: "EMAIL", Destination: "n***@e***" },
        ],
      }),
    );

    const pending = await identity.updateAttributes({
      ...bearer,
      attributes: { email: "new@example.com", nickname: "" },
    });

    expect(pending).toEqual([
      { attribute: "email", delivery: { medium: "email", destination: "n***@e***" } },
    ]);
    expect(upstream.requests).toEqual([
      {
        operation: "UpdateUserAttributes",
        input: {
          AccessToken: accessToken,
          UserAttributes: [
            { Name: "email", Value: "new@example.com" },
            { Name: "nickname", Value: "" },
          ],
        },
        authorization: undefined,
      },
    ]);
  });

  it("of which none has to be confirmed tell so", async () => {
    const { identity } = await scripted("UpdateUserAttributes", answers({}));

    await expect(calls.updateAttributes(identity)).resolves.toEqual([]);
  });

  it("get their codes sent and confirmed", async () => {
    const { upstream, identity } = await scripted(
      "GetUserAttributeVerificationCode",
      answers({ CodeDeliveryDetails: emailDelivery }),
    );

    const delivery = await calls.startAttributeVerification(identity);
    await calls.confirmAttribute(identity);

    expect(delivery).toEqual({ medium: "email", destination: "n***@e***" });
    expect(upstream.requests.map(({ input }) => input)).toEqual([
      { AccessToken: accessToken, AttributeName: "email" },
      { AccessToken: accessToken, AttributeName: "email", Code: code },
    ]);
  });
});

describe("second factors", () => {
  it.each<[object, object]>([
    [{}, { enabled: [] }],
    [
      {
        UserMFASettingList: ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "NEXT_YEARS"],
        PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
      },
      { enabled: ["sms_code", "totp", "email_code"], preferred: "totp" },
    ],
    [{ UserMFASettingList: ["SMS_MFA"], PreferredMfaSetting: "" }, { enabled: ["sms_code"] }],
  ])("as %j are %j", async (settings, expected) => {
    const { identity } = await scripted("GetUser", answers({ Username: "ada", ...settings }));

    await expect(identity.getMfa(bearer)).resolves.toEqual(expected);
  });

  it.each<[readonly string[], readonly MfaMethod[], MfaMethod | undefined, object]>([
    [[], ["totp"], "totp", { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } }],
    [
      ["SMS_MFA"],
      ["totp", "email_code"],
      "email_code",
      {
        SMSMfaSettings: { Enabled: false, PreferredMfa: false },
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: false },
        EmailMfaSettings: { Enabled: true, PreferredMfa: true },
      },
    ],
    [
      ["SMS_MFA", "SOFTWARE_TOKEN_MFA"],
      [],
      undefined,
      {
        SMSMfaSettings: { Enabled: false, PreferredMfa: false },
        SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false },
      },
    ],
  ])("that were %j are replaced by %j", async (current, enabled, preferred, settings) => {
    const { upstream, identity } = await scripted(
      "GetUser",
      answers({ Username: "ada", UserMFASettingList: current }),
    );

    await identity.setMfa({ ...bearer, enabled, ...(preferred && { preferred }) });

    expect(upstream.requests.at(-1)).toEqual({
      operation: "SetUserMFAPreference",
      input: { AccessToken: accessToken, ...settings },
      authorization: undefined,
    });
  });

  it("of which one that is off is preferred are refused, and go nowhere", async () => {
    const { upstream, identity } = await scripted("GetUser", answers({ Username: "ada" }));

    const set = identity.setMfa({ ...bearer, enabled: ["totp"], preferred: "sms_code" });

    await expect(set).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["preferred"], reason: "not_enabled" }],
    });
    expect(upstream.requests).toHaveLength(0);
  });

  it("that are none and stay none are not set", async () => {
    const { upstream, identity } = await scripted("GetUser", answers({ Username: "ada" }));

    await identity.setMfa({ ...bearer, enabled: [] });

    expect(upstream.requests.map(({ operation }) => operation)).toEqual(["GetUser"]);
  });

  it("by an authenticator app are set up with a secret and a code", async () => {
    const { upstream, identity } = await scripted(
      "AssociateSoftwareToken",
      answers({ SecretCode: "JBSWY3DPEHPK3PXP" }),
    );

    const { secret } = await identity.startTotp(bearer);
    await identity.confirmTotp({ ...bearer, code, deviceName: "phone" });

    expect(secret).toBe("JBSWY3DPEHPK3PXP");
    expect(upstream.requests.map(({ input }) => input)).toEqual([
      { AccessToken: accessToken },
      { AccessToken: accessToken, UserCode: code, FriendlyDeviceName: "phone" },
    ]);
  });

  it("refuse a code that Cognito calls wrong in an answer that is no exception", async () => {
    const { identity } = await scripted("VerifySoftwareToken", answers({ Status: "ERROR" }));

    await expect(calls.confirmTotp(identity)).rejects.toMatchObject({ code: "code_mismatch" });
  });
});

describe("passkeys", () => {
  const options = { challenge: "Y2hhbGxlbmdl", rp: { id: "example.com" } };
  const credential = { id: "passkey1", response: { attestationObject: "bzE", n: 7 } };

  it("are registered with what the browser is given and gives", async () => {
    const { upstream, identity } = await scripted(
      "StartWebAuthnRegistration",
      answers({ CredentialCreationOptions: options }),
    );

    const started = await identity.startPasskeyRegistration(bearer);
    await identity.finishPasskeyRegistration({ ...bearer, credential });

    expect(started).toEqual(options);
    expect(upstream.requests[1]).toEqual({
      operation: "CompleteWebAuthnRegistration",
      input: { AccessToken: accessToken, Credential: credential },
      authorization: undefined,
    });
  });

  it("are listed, page by page", async () => {
    const one = {
      CredentialId: "passkey1",
      FriendlyCredentialName: "phone",
      CreatedAt: 1_800_000_000.5,
    };
    const two = { CredentialId: "passkey2", CreatedAt: 1_800_000_001 };
    const { upstream, identity } = await scripted(
      "ListWebAuthnCredentials",
      answers({ Credentials: [one], NextToken: "page-2" }),
      answers({ Credentials: [two] }),
    );

    await expect(identity.listPasskeys(bearer)).resolves.toEqual([
      { id: "passkey1", name: "phone", createdAt: 1_800_000_000 },
      { id: "passkey2", createdAt: 1_800_000_001 },
    ]);
    expect(upstream.requests.map(({ input }) => input)).toEqual([
      { AccessToken: accessToken },
      { AccessToken: accessToken, NextToken: "page-2" },
    ]);
  });

  it("are deleted by id", async () => {
    const { upstream, identity } = await scripted("DeleteWebAuthnCredential", answers({}));

    await calls.deletePasskey(identity);

    expect(upstream.requests[0]?.input).toEqual({
      AccessToken: accessToken,
      CredentialId: "passkey1",
    });
  });

  it("whose list never ends fail for the provider's fault", async () => {
    const { upstream, identity } = await scripted(
      "ListWebAuthnCredentials",
      answers({ Credentials: [], NextToken: "page-2" }),
    );

    await expect(identity.listPasskeys(bearer)).rejects.toMatchObject({
      code: "provider_unavailable",
    });
    expect(upstream.requests.length).toBeLessThan(100);
  });
});

describe("sessions", () => {
  const session = (id: number, isCurrent = false) => ({
    SessionId: `tkn${id}`,
    CreateDate: 1_800_000_000 + id,
    IsCurrentSession: isCurrent,
  });
  const listing = { ...bearer, limit: 2 };

  it("are listed, the newest first", async () => {
    const young = {
      ...session(500),
      LastActiveDate: 1_800_000_600.7,
      DeviceType: "MOBILE",
    };
    const answer = answers({ Sessions: [session(1, true), young] });
    const { identity } = await scripted("ListUserSessions", answer);

    await expect(identity.listSessions(listing)).resolves.toEqual({
      items: [
        {
          id: "tkn500",
          createdAt: 1_800_000_500,
          lastActiveAt: 1_800_000_600,
          isCurrent: false,
          device: "MOBILE",
        },
        { id: "tkn1", createdAt: 1_800_000_001, isCurrent: true },
      ],
    });
  });

  it("come by pages of Cognito's, which are cut where they are too long", async () => {
    const first = answers({ Sessions: [1, 2, 3].map((id) => session(id)), NextToken: "page-2" });
    const second = answers({ Sessions: [session(4)] });
    const { upstream, identity } = await scripted("ListUserSessions", first, first, second);

    const pages = [await identity.listSessions(listing)];
    for (let cursor = pages[0]?.cursor; cursor !== undefined; cursor = pages.at(-1)?.cursor)
      pages.push(await identity.listSessions({ ...listing, cursor }));

    expect(pages.map(({ items }) => items.map(({ id }) => id))).toEqual([
      ["tkn3", "tkn2"],
      ["tkn1"],
      ["tkn4"],
    ]);
    const tokens = upstream.requests.map(({ input }) => input.NextToken);
    expect(tokens).toEqual([undefined, undefined, "page-2"]);
  });

  it.each([
    ["a text that is no cursor", "invented"],
    ["a list of something else", base64url.encode('[7,"tkn1"]')],
    ["a token that no page could have", base64url.encode('[""]')],
    ["a place that is none", base64url.encode('[null,"tkn1",7]')],
  ])("are not asked for with %s", async (_what, cursor) => {
    const { upstream, identity } = await scripted("ListUserSessions");

    await expect(identity.listSessions({ ...listing, cursor })).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["cursor"] }],
    });
    expect(upstream.requests).toEqual([]);
  });

  it("are ended by id", async () => {
    const { upstream, identity } = await scripted("RevokeUserSession", answers({}));

    await calls.endSession(identity);

    expect(upstream.requests[0]?.input).toEqual({ AccessToken: accessToken, SessionId: "tkn1" });
  });
});

describe("an answer about an account", () => {
  it.each<[Method, object]>([
    ["updateAttributes", { CodeDeliveryDetailsList: "email" }],
    ["listPasskeys", { Credentials: [null] }],
    ["listPasskeys", { Credentials: [{ CreatedAt: 1 }] }],
    ["listPasskeys", { Credentials: [{ CredentialId: "passkey1" }] }],
    ["listSessions", { Sessions: [null] }],
    ["listSessions", { Sessions: [{ CreateDate: 1 }] }],
    ["listSessions", { Sessions: [{ SessionId: "tkn1" }] }],
    ["listUserGroups", { Groups: [{}] }],
    ["startPasskeyRegistration", { CredentialCreationOptions: [] }],
    ["confirmTotp", { Status: "PERHAPS" }],
    ["createUser", {}],
  ])("to %s that is %j fails for the provider's fault", async (method, answer) => {
    const { identity } = await scripted(operations[method], answers(answer));

    await expect(calls[method](identity)).rejects.toMatchObject({ code: "provider_unavailable" });
  });

  it("to setMfa that refuses the token says so", async () => {
    const { identity } = await scripted(
      "GetUser",
      throws("NotAuthorizedException", "Access Token has been revoked"),
    );

    await expect(calls.setMfa(identity)).rejects.toMatchObject({ code: "token_revoked" });
  });
});
