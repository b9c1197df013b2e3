import { afterEach, describe, expect, test, vi } from "vitest";
import { newDevice, passkeyVerifier } from "../../adapters/webauthn/support.ts";
import { username } from "../../http/support.ts";
import { type BrowserPasskeysOptions, browserPasskeys } from "../browser-passkeys.ts";
import { expectStep, rejection, signIn, startWithUser } from "../support.ts";

/** A user in a browser with passkeys. */
async function opened(options: BrowserPasskeysOptions = { hasJson: true }) {
  const service = await startWithUser({ provider: { passkeys: passkeyVerifier() } });
  const device = newDevice();
  const { asked, ...globals } = browserPasskeys(device, options);
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  const browser = service.browser();
  const auth = browser.open();
  const passkeys = await auth.passkeys();
  return { ...service, browser, auth, passkeys, asked, device };
}

async function openedWithPasskey(options?: BrowserPasskeysOptions) {
  const service = await opened(options);
  await signIn(service.auth);
  await service.passkeys.register();
  await service.auth.signOut();
  return service;
}

/** A user who does nothing, until a ceremony is called off. */
const idle = () => new Promise<never>(() => undefined);

const refused = (name: string) => () => Promise.reject(new DOMException("refused", name));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe.each([
  ["that knows their JSON", true],
  ["that knows no JSON", false],
])("passkeys in a browser %s", (_case, hasJson) => {
  test("are registered, listed, signed in with and removed", async () => {
    const { auth, passkeys, device } = await opened({ hasJson });
    await signIn(auth);

    await passkeys.register();
    const [listed, ...others] = await passkeys.list();
    await auth.signOut();
    const step = await passkeys.signIn({ username });
    await passkeys.remove(listed?.id ?? "");

    expect([listed?.id, others]).toEqual([device.ids[0], []]);
    expect(step).toEqual({ type: "signed_in" });
    expect(await passkeys.list()).toEqual([]);
  });

  test("are a step of any sign-in", async () => {
    const { auth } = await openedWithPasskey({ hasJson });

    const step = expectStep(await auth.signIn({ username, factor: "passkey" }), "passkey");

    expect(step.options).toMatchObject({ challenge: expect.any(String) });
    expect(await step.answer()).toEqual({ type: "signed_in" });
  });
});

describe("passkeys", () => {
  test("are offered where fields are filled in", async () => {
    const { passkeys, asked } = await openedWithPasskey();

    const step = await passkeys.autofill({ username });

    expect(step).toEqual({ type: "signed_in" });
    expect(asked.map(({ mediation }) => mediation)).toEqual([undefined, "conditional"]);
    expect([passkeys.isAvailable(), await passkeys.isAutofillAvailable()]).toEqual([true, true]);
  });

  test("that are offered for long are asked for anew, before their challenge expires", async () => {
    let isThere = false;
    const pick = () => (isThere ? Promise.resolve() : idle());
    const { passkeys, asked, browser } = await openedWithPasskey({
      hasJson: true,
      pick: ({ mediation }) => (mediation ? pick() : Promise.resolve()),
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

    const signedIn = passkeys.autofill({ username });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    isThere = true;
    await vi.advanceTimersByTimeAsync(120_000);

    expect(await signedIn).toEqual({ type: "signed_in" });
    expect(asked).toHaveLength(3);
    expect(browser.routes().filter((route) => route === "POST /v1/sign-in")).toHaveLength(3);
  });

  test("are offered until a signal says no more", async () => {
    const { passkeys, asked } = await openedWithPasskey({
      hasJson: true,
      pick: ({ mediation }) => (mediation ? idle() : Promise.resolve()),
    });
    const controller = new AbortController();

    const error = rejection(passkeys.autofill({ username }, { signal: controller.signal }));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    controller.abort(new Error("enough"));

    expect(await error).toBe(controller.signal.reason);
  });

  test("that are asked for call off those that are offered", async () => {
    const { passkeys, asked } = await openedWithPasskey({
      hasJson: true,
      pick: ({ mediation }) => (mediation ? idle() : Promise.resolve()),
    });

    const offered = rejection(passkeys.autofill({ username }));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    const step = await passkeys.signIn({ username });

    expect(step).toEqual({ type: "signed_in" });
    expect(await offered).toMatchObject({ code: "passkey_cancelled" });
  });

  test.each([
    ["NotAllowedError", "passkey_cancelled"],
    ["InvalidStateError", "passkey_exists"],
    ["SecurityError", "passkey_unavailable"],
    ["NotSupportedError", "passkey_unavailable"],
  ])("that a browser refuses with %s are %s", async (name, code) => {
    const { auth, passkeys } = await opened({ hasJson: true, pick: refused(name) });
    await signIn(auth);

    const error = await rejection(passkeys.register());

    expect(error).toMatchObject({ code, cause: { name } });
  });

  test("are not to be had in a browser without them", async () => {
    const { browser } = await startWithUser({ provider: { passkeys: passkeyVerifier() } });
    const auth = browser().open();
    await signIn(auth);
    const passkeys = await auth.passkeys();

    expect(await rejection(passkeys.register())).toMatchObject({ code: "passkey_unavailable" });
    expect([passkeys.isAvailable(), await passkeys.isAutofillAvailable()]).toEqual([false, false]);
  });
});
