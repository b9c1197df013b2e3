import { describe, expect, test } from "vitest";
import type { MachinePrincipal, UserPrincipal } from "../../../src/domain/principal.ts";
import {
  confirmTotp,
  createRecoveryCodes,
  getMfa,
  setMfa,
  startTotp,
  totpUri,
} from "../../../src/domain/use-cases/second-factors.ts";
import { claimsOf, createCore } from "./support.ts";

/** The claims that tell a user from a program. */
type Who =
  | Pick<UserPrincipal, "kind" | "username" | "groups">
  | { readonly kind: MachinePrincipal["kind"] };

describe("the preferences of second factors", () => {
  test("are refused where the preferred one is not enabled, before the provider is asked", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();

    const outcome = setMfa(ports, user, { enabled: ["email_code"], preferred: "totp" });

    await expect(outcome).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["preferred"], reason: "not_enabled" }],
    });
    expect(events).toEqual([]);
    expect(await getMfa(ports, user)).toEqual({ enabled: [], recoveryCodesLeft: 0 });
  });

  test("that the provider refuses are an event of the caller's with its code", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    const outcome = setMfa(ports, user, { enabled: ["totp"], preferred: "totp" });

    const code = "mfa_not_available";
    await expect(outcome).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "mfa_change", outcome: "failure", subject, code }]);
  });

  test("that are set are an event of the caller's", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;

    await setMfa(ports, user, { enabled: [] });

    expect(events).toMatchObject([{ type: "mfa_change", outcome: "success", subject }]);
  });
});

describe("recovery codes", () => {
  test("that are made are an event of the caller's, without the codes", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;
    await setMfa(ports, user, { enabled: ["email_code"] });

    const codes = await createRecoveryCodes(ports, user);

    expect(events.at(-1)).toMatchObject({
      type: "recovery_codes_creation",
      outcome: "success",
      subject,
    });
    for (const code of codes) expect(JSON.stringify(events)).not.toContain(code);
    expect(await getMfa(ports, user)).toMatchObject({ recoveryCodesLeft: codes.length });
  });

  test("that the provider refuses are an event of the caller's with its code", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();

    const code = "mfa_not_available";
    await expect(createRecoveryCodes(ports, user)).rejects.toMatchObject({ code });
    expect(events).toMatchObject([{ type: "recovery_codes_creation", outcome: "failure", code }]);
  });
});

describe("an authenticator app", () => {
  test.each<[string, Who, string?]>([
    ["the user's name", { kind: "user", username: "ada", groups: [] }, "ada"],
    ["the subject of whoever has no name", { kind: "machine" }],
  ])(
    "is given the secret under the issuer and %s, and nothing is recorded",
    async (_whose, who, account) => {
      const { ports, caller, events } = createCore();
      const { accessToken, principal } = await caller();

      const named = { accessToken, principal: { ...claimsOf(principal), ...who } };
      const { secret, uri } = await startTotp(ports, named, "Portico");

      expect(uri).toBe(totpUri(secret, "Portico", account ?? principal.subject));
      expect(events).toEqual([]);
    },
  );

  test("that shows a wrong code is an event of the caller's, which tells neither code nor secret", async () => {
    const { ports, caller, events } = createCore();
    const user = await caller();
    const { subject } = user.principal;
    await startTotp(ports, user, "Portico");

    const outcome = confirmTotp(ports, user, { code: "wrong" });

    const code = "code_mismatch";
    await expect(outcome).rejects.toMatchObject({ code });
    const at = expect.any(Number);
    expect(events).toEqual([{ type: "mfa_change", outcome: "failure", at, subject, code }]);
  });
});

describe("the address of a secret", () => {
  test("keeps an issuer and an account apart that have colons, spaces and ampersands", () => {
    expect(totpUri("ABC", "Tea & Co: Ltd", "ada:1")).toBe(
      "otpauth://totp/Tea%20%26%20Co%3A%20Ltd:ada%3A1?secret=ABC&issuer=Tea%20%26%20Co%3A%20Ltd",
    );
  });

  test("names the issuer alone where nobody knows yet whose it is", () => {
    expect(totpUri("ABC", "Portico")).toBe("otpauth://totp/Portico?secret=ABC&issuer=Portico");
  });
});
