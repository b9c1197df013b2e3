import { describe, expect, test } from "vitest";
import { createClient, isPorticoError, type PorticoClient } from "../../src/client.ts";
import { password, username } from "../http/support.ts";
import { problem, rejection, signIn, startWithUser, url } from "./support.ts";

const newcomer = { username: "eve@example.com", password: "Correct-Horse-8" };

describe.each(["cookie", "memory"] as const)("a client with its tokens in %s", (tokens) => {
  const opened = async () => {
    const service = await startWithUser();
    const browser = service.browser();
    return { ...service, browser, auth: browser.open({ tokens }) };
  };

  test("signs up, confirms and signs in", async () => {
    const { auth, lastCode } = await opened();
    const attributes = { email: newcomer.username };

    const { status } = await auth.signUp({ ...newcomer, attributes });
    await auth.resendConfirmation({ username: newcomer.username });
    const code = lastCode(newcomer.username);
    const confirmed = await auth.confirmSignUp({ username: newcomer.username, code });
    const step = await auth.signIn(newcomer);

    expect([status, confirmed.status]).toEqual(["confirmation_required", "confirmed"]);
    expect(step).toEqual({ type: "signed_in" });
  });

  test("tells who is signed in, until they sign out", async () => {
    const { auth } = await opened();
    const before = await auth.session();

    await signIn(auth);
    const during = await auth.session();
    await auth.signOut();

    expect(before).toBeUndefined();
    expect(during).toMatchObject({ kind: "user", sub: expect.any(String) });
    expect(await auth.session()).toBeUndefined();
  });

  test("tells listeners what becomes of the session, until they stop", async () => {
    const { auth } = await opened();
    const heard: string[] = [];
    const stop = auth.onChange((change) => heard.push(change));

    await signIn(auth);
    await auth.signOut();
    stop();
    await signIn(auth);

    expect(heard).toEqual(["signed_in", "signed_out"]);
  });

  test("ends the session at the service with the sign-out", async () => {
    const { auth, browser } = await opened();
    await signIn(auth);
    const { body } = browser.sent[0] ?? expect.fail();
    const jar = new Map(browser.jar);
    expect(body).toContain(password);

    await auth.signOut();

    for (const [name, value] of jar) browser.jar.set(name, value);
    expect(await browser.open({ tokens }).session()).toBeUndefined();
  });

  test("ends every session of the user", async () => {
    const { auth, clock, browser } = await opened();
    const other = browser.open({ tokens: "memory" });
    await signIn(other);
    clock.time += 1_000;
    await signIn(auth);
    clock.time += 1_000;

    await auth.signOutEverywhere();

    expect(await auth.session()).toBeUndefined();
    expect(await rejection((await other.account()).profile())).toMatchObject({ status: 401 });
  });

  test("resets a forgotten password", async () => {
    const { auth, lastCode } = await opened();

    await auth.forgotPassword({ username });
    const code = lastCode();
    await auth.resetPassword({ username, code, new_password: newcomer.password });

    expect(await rejection(auth.signIn({ username, password }))).toMatchObject({
      code: "invalid_credentials",
    });
    expect(await auth.signIn({ username, password: newcomer.password })).toEqual({
      type: "signed_in",
    });
  });

  test("gives errors of the service by their code", async () => {
    const { auth } = await opened();

    const error = await rejection(auth.signUp({ username: "", password }));

    expect(isPorticoError(error, "validation_failed")).toBe(true);
    expect(error).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([{ pointer: "/username", reason: "too_short" }]),
      requestId: expect.any(String),
    });
  });

  test("does nothing for a signal that was given before", async () => {
    const { auth, browser } = await opened();
    const signal = AbortSignal.abort(new Error("no more"));
    const calls: ((auth: PorticoClient) => Promise<unknown>)[] = [
      (auth) => auth.signIn({ username, password }, { signal }),
      (auth) => auth.signUp({ username, password }, { signal }),
      (auth) => auth.session({ signal }),
      (auth) => auth.signOut({ signal }),
    ];

    for (const call of calls) {
      expect(await rejection(call(auth))).toBe(signal.reason);
    }
    expect(browser.routes()).toEqual([]);
  });
});

test("a client asks once what the service can do, unless that failed", async () => {
  const { browser } = await startWithUser();
  const { open, intercept, routes } = browser();
  const auth = open();
  const restore = intercept("GET /v1/capabilities", () => problem(503, "overloaded"));

  const error = await rejection(auth.capabilities());
  restore();
  const [one, other] = await Promise.all([auth.capabilities(), auth.capabilities()]);

  expect(error).toMatchObject({ code: "overloaded" });
  expect(one).toMatchObject({ sign_up: { status: "open" }, browser_sessions: true });
  expect(other).toBe(one);
  expect(routes()).toHaveLength(2);
});

test("a client asks for an address where there is no page", () => {
  expect(() => createClient()).toThrow(TypeError);
});

test("a client keeps tokens in memory where there is no page, and hears of no other client", async () => {
  const { browser } = await startWithUser();
  const { fetch, jar } = browser();
  const auth = createClient({ url, fetch });

  await signIn(auth);

  expect(jar.size).toBe(0);
  expect(await auth.session()).toMatchObject({ kind: "user" });
});
