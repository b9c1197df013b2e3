import { describe, expect, test } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import { failing, startService } from "../support.ts";

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

    expect([status, body]).toEqual([200, { enabled: [] }]);
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
    expect(after).toEqual({ enabled: ["totp"], preferred: "totp" });
  });

  test("are switched off by what is left out", async () => {
    const call = await start();
    await call("PUT", "/v1/me/mfa", { enabled: ["email_code"] });

    const { status } = await call("PUT", "/v1/me/mfa", { enabled: [] });

    expect(status).toBe(204);
    expect((await call("GET", "/v1/me/mfa")).body).toEqual({ enabled: [] });
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
