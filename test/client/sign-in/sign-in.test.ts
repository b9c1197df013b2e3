import { describe, expect, test } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import type { PorticoClient, Schemas } from "../../../src/client.ts";
import { password, type TestServiceOptions, username } from "../../http/support.ts";
import {
  changesOf,
  createGate,
  expectStep,
  problem,
  rejection,
  signIn,
  startWithUser,
} from "../support.ts";

type Provider = NonNullable<TestServiceOptions["provider"]>;

const signedIn = { type: "signed_in" };
const other = "Correct-Horse-8";

async function opened(provider: Provider = {}) {
  const service = await startWithUser({ provider });
  const browser = service.browser();
  return { ...service, browser, auth: browser.open() };
}

/** A user with an authenticator app, whose codes are those of the service's time. */
async function openedWithApp(provider: Provider = {}) {
  const service = await opened(provider);
  const { auth, clock } = service;
  await signIn(auth);
  const account = await auth.account();
  const { secret } = await account.startTotp();
  const code = () => totpAt(secret, clock.time);
  await account.confirmTotp({ code: await code(), device_name: "phone" });
  await account.setMfa({ enabled: ["totp"] });
  clock.time += 30_000;
  return { ...service, code, account };
}

const begin = (auth: PorticoClient, more: Partial<Schemas["SignInRequest"]> = { password }) =>
  auth.signIn({ username, ...more });

/** An operator's questions: two sums. */
const sums: Provider["customChallenge"] = {
  next({ rounds, user }) {
    if (rounds.some(({ isRight }) => !isRight)) return { action: "refuse" };
    if (rounds.length === 2) return { action: user ? "admit" : "refuse" };
    return {
      action: "ask",
      parameters: { sum: `${rounds.length + 1}+1` },
      expected: `${rounds.length + 2}`,
    };
  },
};

describe("a sign-in", () => {
  test("with a code of an authenticator app takes a right one after a wrong one", async () => {
    const { auth, code } = await openedWithApp();
    const step = expectStep(await begin(auth), "totp");

    const error = await rejection(step.answer({ code: "000000" }));
    const next = await step.answer({ code: await code() });

    expect(step.device_name).toBe("phone");
    expect(error).toMatchObject({ code: "code_mismatch", status: 422 });
    expect(next).toEqual(signedIn);
    expect(await auth.session()).toBeDefined();
  });

  test("never shows the session of a challenge", async () => {
    const { auth, browser } = await openedWithApp();

    const step = await begin(auth);

    expect(JSON.stringify(step)).toBe('{"type":"totp","device_name":"phone"}');
    expect(Object.keys(step)).not.toContain("session");
    expect(browser.routes().at(-1)).toBe("POST /v1/sign-in");
  });

  test("with a recovery code takes each of them once", async () => {
    const { auth, account } = await openedWithApp();
    const [code = ""] = await account.createRecoveryCodes();

    const first = await expectStep(await begin(auth), "totp").recover({ code });
    const { recovery_codes: left } = await account.mfa();
    const again = await rejection(expectStep(await begin(auth), "totp").recover({ code }));

    expect(first).toEqual(signedIn);
    expect(left).toEqual({ left: 9 });
    expect(again).toMatchObject({ code: "code_mismatch" });
  });

  test("with a code by mail has it sent again", async () => {
    const { auth, lastCode } = await opened();
    const step = expectStep(await begin(auth, { factor: "email_code" }), "email_code");
    const before = lastCode();

    await step.resend();
    const next = await step.answer({ code: lastCode() });

    expect(step.delivery).toEqual({ medium: "email", destination: "a***@e***" });
    expect(lastCode()).not.toBe(before);
    expect(next).toEqual(signedIn);
  });

  test("of which nothing is said asks what to begin with", async () => {
    const { auth } = await opened();
    const step = expectStep(await begin(auth, {}), "select_factor");

    const next = await step.answer({ factor: "password", password });

    expect(step.factors).toEqual(expect.arrayContaining(["password", "email_code"]));
    expect(next).toEqual(signedIn);
  });

  test("with a temporary password asks for one of the user's own", async () => {
    const { auth, identity } = await opened();
    await identity.createUser({
      username: "eve@example.com",
      attributes: { email: "eve@example.com" },
      temporaryPassword: password,
    });
    const step = expectStep(
      await auth.signIn({ username: "eve@example.com", password }),
      "new_password",
    );

    const error = await rejection(step.answer({ new_password: "12345678" }));
    const next = await step.answer({ new_password: other });

    expect(step.required_attributes).toEqual([]);
    expect(error).toMatchObject({
      code: "password_policy_violation",
      errors: expect.arrayContaining([{ pointer: "/new_password", reason: "missing_symbol" }]),
    });
    expect(next).toEqual(signedIn);
  });

  test("that needs a second factor sets one up, with a picture to scan", async () => {
    const { auth, clock } = await opened({ mfa: "required", mfaMethods: ["totp"] });
    const step = expectStep(await begin(auth), "mfa_setup");

    const before = await step.qr();
    const next = expectStep(await step.answer({ method: "totp" }), "mfa_setup");
    const picture = await next.qr();
    const { secret = "" } = next.totp ?? {};
    const last = await next.answer({ code: await totpAt(secret, clock.time) });

    expect([step.methods, before]).toEqual([["totp"], undefined]);
    expect(next.totp?.uri).toContain(secret);
    expect(picture).toMatch(/^<svg .*<\/svg>$/s);
    expect(picture).not.toContain(secret);
    expect(last).toEqual(signedIn);
  });

  test("with two second factors asks for one of them", async () => {
    const { auth, account, code } = await openedWithApp();
    await account.setMfa({ enabled: ["totp", "email_code"] });
    const step = expectStep(await begin(auth), "select_mfa");

    const next = expectStep(await step.answer({ method: "totp" }), "totp");

    expect(step.methods.toSorted()).toEqual(["email_code", "totp"]);
    expect(await next.answer({ code: await code() })).toEqual(signedIn);
  });

  test("with questions of the operator's shows them one after the other", async () => {
    const { auth } = await opened({ customChallenge: sums });
    const first = expectStep(await begin(auth, { factor: "custom" }), "custom");

    const second = expectStep(await first.answer({ answer: "2" }), "custom");

    expect([first.parameters, second.parameters]).toEqual([{ sum: "1+1" }, { sum: "2+1" }]);
    expect(await second.answer({ answer: "3" })).toEqual(signedIn);
  });

  test("with a challenge that is newer than the client can be gone on with", async () => {
    const { auth, browser } = await opened();
    browser.intercept("POST /v1/sign-in", () =>
      Response.json({
        status: "challenge",
        challenge: { type: "palm_reading", session: "s-1", hand: "left" },
      }),
    );
    browser.intercept("POST /v1/sign-in/challenge", (_, serve) => serve());
    const step = expectStep(await begin(auth), "unknown");

    const error = await rejection(step.answer({ lines: 3 }));

    expect(step).toMatchObject({ name: "palm_reading", parameters: { hand: "left" } });
    expect(step.parameters).not.toHaveProperty("session");
    expect(error).toMatchObject({ code: "validation_failed" });
    const { body = "" } = browser.sent.at(-1) ?? {};
    expect(JSON.parse(body)).toEqual({ type: "palm_reading", session: "s-1", lines: 3 });
  });

  test("tells listeners once it has ended, and not before", async () => {
    const { auth, code } = await openedWithApp();
    await auth.signOut();
    const changes = changesOf(auth);

    const step = expectStep(await begin(auth), "totp");
    const before = [...changes];
    await step.answer({ code: await code() });

    expect([before, changes]).toEqual([[], ["signed_in"]]);
  });

  test("is kept as its beginning said, to the last step", async () => {
    const { auth, browser, code } = await openedWithApp();
    const step = await auth.signIn({ username, password, keepSignedIn: true });
    await expectStep(step, "totp").answer({ code: await code() });

    const [challenge] = browser.sent.filter(({ route }) => route === "POST /v1/sign-in/challenge");
    expect(challenge?.headers.get("Portico-Session")).toBe("cookie;keep");
  });

  test("that is called off while it is answered begins no session", async () => {
    const { auth, browser, code } = await openedWithApp();
    await auth.signOut();
    const changes = changesOf(auth);
    const gate = createGate();
    browser.intercept("POST /v1/sign-in/challenge", async () => {
      await gate.opened;
      return problem(503, "overloaded");
    });
    const step = expectStep(await begin(auth), "totp");
    const controller = new AbortController();

    const error = rejection(step.answer({ code: await code() }, { signal: controller.signal }));
    controller.abort(new Error("enough"));
    gate.open();

    expect(await error).toBe(controller.signal.reason);
    expect(changes).toEqual([]);
  });

  test.each([
    ["invalid_credentials", { username, password: "Wrong-Horse-7" }],
    ["invalid_credentials", { username: "nobody@example.com", password }],
  ])("is refused with %s", async (code, input) => {
    const { auth } = await opened();

    expect(await rejection(auth.signIn(input))).toMatchObject({ code, status: 401 });
  });

  test("that took too long begins anew", async () => {
    const { auth, code, clock } = await openedWithApp();
    const step = expectStep(await begin(auth), "totp");
    clock.time += 3_600_000;

    expect(await rejection(step.answer({ code: await code() }))).toMatchObject({
      code: "challenge_expired",
    });
  });
});
