import { describe, expect, test } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import { challengeOf, failing, password, startService, username } from "../support.ts";

const noCodes = { recovery_codes: { left: 0 } };

async function start(options: Parameters<typeof startService>[0] = {}) {
  const { send, signedIn } = startService(options);
  const { access_token: token } = await signedIn();
  return (method: string, target: string, body?: object) =>
    send(method, target, { token, ...(body && { body }) });
}

describe("second factors", () => {
  test("are none at first", async () => {
    const call = await start();

    const { status, body } = await call("GET", "/v1/me/mfa");

    expect([status, body]).toEqual([200, { enabled: [], ...noCodes }]);
  });

  test("are an authenticator app, once it was confirmed and switched on", async () => {
    const call = await start({ totpIssuer: "Ada & Co" });

    const { status, body } = await call("POST", "/v1/me/mfa/totp");
    const early = await call("PUT", "/v1/me/mfa", { enabled: ["totp"] });
    const wrong = await call("POST", "/v1/me/mfa/totp/confirm", { code: "12345" });
    const code = await totpAt(String(body.secret), Date.now());
    const confirmed = await call("POST", "/v1/me/mfa/totp/confirm", { code });
    const set = await call("PUT", "/v1/me/mfa", { enabled: ["totp"], preferred: "totp" });
    const { body: after } = await call("GET", "/v1/me/mfa");

    expect(status).toBe(200);
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/Ada%20%26%20Co:[\w%.-]+\?/);
    expect(new URL(String(body.uri)).searchParams.get("secret")).toBe(body.secret);
    expect(new URL(String(body.uri)).searchParams.get("issuer")).toBe("Ada & Co");
    expect([early.status, early.body.code]).toEqual([409, "mfa_not_available"]);
    expect([wrong.status, wrong.body.code]).toEqual([422, "code_mismatch"]);
    expect([confirmed.status, set.status]).toEqual([204, 204]);
    expect(after).toEqual({ enabled: ["totp"], preferred: "totp", ...noCodes });
  });

  test("are switched off by what is left out", async () => {
    const call = await start();
    await call("PUT", "/v1/me/mfa", { enabled: ["email_code"] });

    const { status } = await call("PUT", "/v1/me/mfa", { enabled: [] });

    expect(status).toBe(204);
    expect((await call("GET", "/v1/me/mfa")).body).toEqual({ enabled: [], ...noCodes });
  });

  test.each([
    [{}, "/enabled", "required"],
    [{ enabled: "totp" }, "/enabled", "invalid_type"],
    [{ enabled: ["fax"] }, "/enabled/0", "invalid_value"],
    [{ enabled: ["totp", "totp"] }, "/enabled", "repeated"],
    [{ enabled: [], preferred: "totp" }, "/preferred", "not_enabled"],
    [{ enabled: [], preferred: null }, "/preferred", "invalid_value"],
  ])("refuse %j", async (body, pointer, reason) => {
    const call = await start();

    const refused = await call("PUT", "/v1/me/mfa", body);

    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([{ pointer, reason }]);
  });

  test("are not there where the provider has none", async () => {
    const call = await start({ ports: failing("getMfa", new IdentityError("not_supported")) });

    const { status, body } = await call("GET", "/v1/me/mfa");

    expect([status, body.code]).toEqual([501, "not_supported"]);
  });
});

/** A user with codes by mail for a second factor, and recovery codes. */
async function startWithCodes() {
  const service = startService();
  const { access_token: token } = await service.signedIn();
  await service.send("PUT", "/v1/me/mfa", { token, body: { enabled: ["email_code"] } });
  const made = await service.send("POST", "/v1/me/mfa/recovery-codes", { token });
  const codes: readonly string[] = JSON.parse(made.text).codes;
  const begin = async () =>
    challengeOf(await service.send("POST", "/v1/sign-in", { body: { username, password } }));
  const show = async (code = "") => {
    const { session } = await begin();
    const body = { type: "recovery_code", session, code };
    return service.send("POST", "/v1/sign-in/challenge", { body });
  };
  const left = async () => (await service.send("GET", "/v1/me/mfa", { token })).body.recovery_codes;
  return { ...service, token, made, codes, show, left };
}

describe("recovery codes", () => {
  test("are made for whoever has a second factor, told once, and never kept on the way", async () => {
    const { made, codes, left } = await startWithCodes();

    expect(made.status).toBe(200);
    expect(made.headers.get("Cache-Control")).toBe("no-store");
    expect(codes).toHaveLength(10);
    expect(await left()).toEqual({ left: 10 });
  });

  test("are not made for whoever has none", async () => {
    const { send, signedIn } = startService();
    const { access_token: token } = await signedIn();

    const { status, body } = await send("POST", "/v1/me/mfa/recovery-codes", { token });

    expect([status, body.code]).toEqual([409, "mfa_not_available"]);
  });

  test("end a sign-in in the place of the second factor, each once", async () => {
    const { show, codes, left, events } = await startWithCodes();

    const first = await show(codes[0]);
    const again = await show(codes[0]);
    const other = await show(codes[1]);

    expect([first.status, first.body.status]).toEqual([200, "signed_in"]);
    expect([again.status, again.body.code]).toEqual([422, "code_mismatch"]);
    expect([other.status, other.body.status]).toEqual([200, "signed_in"]);
    expect(await left()).toEqual({ left: 8 });
    expect(events.filter(({ type }) => type.startsWith("recovery_code"))).toMatchObject([
      { type: "recovery_codes_creation", outcome: "success" },
      { type: "recovery_code_use", outcome: "success" },
      { type: "recovery_code_use", outcome: "failure", code: "code_mismatch" },
      { type: "recovery_code_use", outcome: "success" },
    ]);
    expect(JSON.stringify(events)).not.toContain(codes[0]);
  });

  test("are worthless once new ones were made", async () => {
    const { send, token, show, codes } = await startWithCodes();
    await send("POST", "/v1/me/mfa/recovery-codes", { token });

    expect((await show(codes[0])).body.code).toBe("code_mismatch");
  });

  test("are neither made nor taken where the provider has none", async () => {
    const notSupported = new IdentityError("not_supported");
    const service = startService({ ports: failing("createRecoveryCodes", notSupported) });
    const { access_token: token } = await service.signedIn();
    const { send } = startService({ provider: { mfa: "off" } });
    const body = { type: "recovery_code", session: "any", code: "any" };

    const made = await service.send("POST", "/v1/me/mfa/recovery-codes", { token });
    const shown = await send("POST", "/v1/sign-in/challenge", { body });

    expect([made.status, made.body.code]).toEqual([501, "not_supported"]);
    expect([shown.status, shown.body.code]).toEqual([501, "not_supported"]);
  });

  test("ask for a code, and for nothing that they are not", async () => {
    const { send } = startService();
    const answer = (body: object) =>
      send("POST", "/v1/sign-in/challenge", {
        body: { type: "recovery_code", session: "s", ...body },
      });

    expect((await answer({})).body.errors).toEqual([{ pointer: "/code", reason: "required" }]);
    expect((await answer({ code: "a", method: "totp" })).body.errors).toEqual([
      { pointer: "/method", reason: "unknown_member" },
    ]);
  });
});
