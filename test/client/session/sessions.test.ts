import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type Browser,
  changesOf,
  createGate,
  createSharedStorage,
  problem,
  rejection,
  signIn,
  startWithUser,
  url,
} from "../support.ts";

const orders = "https://api.example.com";

/** A user who is signed in, and a service of the application's own beside it. */
async function opened(options: Parameters<Browser["open"]>[0] = {}) {
  const service = await startWithUser();
  const browser = service.browser();
  const storage = createSharedStorage();
  const auth = browser.open({ tokens: storage, origins: [`${orders}/v1`], ...options });
  await signIn(auth);
  return { ...service, browser, storage, auth };
}

const unauthorized = (challenge = "Bearer") =>
  new Response(null, { status: 401, headers: { "WWW-Authenticate": challenge } });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("fetch with tokens", () => {
  test("sends the access token to origins that are listed, and to the service", async () => {
    const { auth, browser, storage } = await opened();
    browser.intercept("GET /orders", () => Response.json([]));

    const responses = [await auth.fetch(`${orders}/orders`), await auth.fetch(`${url}/v1/me`)];

    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    const bearer = `Bearer ${storage.kept()?.access_token}`;
    expect(browser.sent.slice(-2).map(({ headers }) => headers.get("Authorization"))).toEqual([
      bearer,
      bearer,
    ]);
  });

  test.each([
    "https://evil.example.com/orders",
    "https://api.example.com.evil.com/orders",
    "http://api.example.com/orders",
    "https://api.example.com:8443/orders",
    "data:text/plain,orders",
  ])("sends nothing to %s", async (address) => {
    const { auth, browser } = await opened();
    const before = browser.sent.length;

    for (const input of [address, new URL(address), new Request(address)]) {
      expect(await rejection(auth.fetch(input))).toMatchObject({ code: "origin_not_listed" });
    }
    expect(browser.sent).toHaveLength(before);
  });

  test("sends a request once more after a refresh, body and all", async () => {
    const { auth, browser, refreshes } = await opened();
    const tokens: (string | null)[] = [];
    browser.intercept("POST /orders", async (request) => {
      tokens.push(request.headers.get("Authorization"));
      return tokens.length === 1 ? unauthorized() : new Response(await request.text());
    });
    const body = new Blob(["a long ", "order"]).stream();
    const init = { method: "POST", body, duplex: "half" } as const;

    const answer = await auth.fetch(new Request(`${orders}/orders`, init));

    expect(await answer.text()).toBe("a long order");
    expect(new Set(tokens).size).toBe(2);
    expect(refreshes()).toBe(1);
  });

  test("gives the second refusal as it is", async () => {
    const { auth, browser, refreshes } = await opened();
    browser.intercept("GET /orders", () => unauthorized('Bearer error="invalid_token"'));

    const { status } = await auth.fetch(`${orders}/orders`);

    expect([status, refreshes()]).toEqual([401, 1]);
    expect(browser.routes().filter((route) => route === "GET /orders")).toHaveLength(2);
    expect(await auth.session()).toBeDefined();
  });

  test("refreshes nothing where an API wants something else than a newer token", async () => {
    const { auth, browser, refreshes } = await opened();
    browser.intercept("GET /orders", () =>
      unauthorized('Bearer error="insufficient_user_authentication", max_age="5"'),
    );

    const { status } = await auth.fetch(`${orders}/orders`);

    expect([status, refreshes()]).toEqual([401, 0]);
  });

  test("fails as a refresh does that cannot be made now, and signs nobody out", async () => {
    const { auth, browser } = await opened();
    browser.intercept("GET /orders", () => unauthorized());
    const restore = browser.intercept("POST /v1/token/refresh", () => problem(503, "overloaded"));

    const error = await rejection(auth.fetch(`${orders}/orders`));
    restore();

    expect(error).toMatchObject({ code: "overloaded" });
    expect(await auth.session()).toBeDefined();
  });

  test("sends no token where nobody is signed in", async () => {
    const { auth, browser } = await opened();
    await auth.signOut();
    browser.intercept("GET /orders", () => unauthorized());

    const { status } = await auth.fetch(`${orders}/orders`);

    expect(status).toBe(401);
    expect(browser.sent.at(-1)?.headers.has("Authorization")).toBe(false);
  });

  test("ends with its signal", async () => {
    const { auth } = await opened();
    const signal = AbortSignal.abort(new Error("enough"));

    expect(await rejection(auth.fetch(`${orders}/orders`, { signal }))).toBe(signal.reason);
  });

  test("takes addresses relative to the page", async () => {
    vi.stubGlobal("location", new URL(`${url}/pages/home`));
    const { auth } = await opened();

    const { status } = await auth.fetch("/v1/me");

    expect(status).toBe(200);
  });
});

describe("fetch with cookies", () => {
  test("asks the service in the session's name", async () => {
    const { auth, browser } = await opened({ tokens: "cookie" });

    const { status } = await auth.fetch(`${url}/v1/me`);

    expect(status).toBe(200);
    expect(browser.sent.at(-1)?.headers.get("Portico-Session")).toBe("cookie");
  });

  test("sends nothing elsewhere", async () => {
    const { auth } = await opened({ tokens: "cookie", origins: [] });

    expect(await rejection(auth.fetch(`${orders}/orders`))).toMatchObject({
      code: "origin_not_listed",
    });
  });
});

describe("the session", () => {
  test("is asked for once by all who ask at the same time, and for a minute", async () => {
    const { auth, browser } = await opened();

    const sessions = await Promise.all([auth.session(), auth.session(), auth.session()]);
    await auth.session();

    expect(new Set(sessions).size).toBe(1);
    expect(browser.routes().filter((route) => route === "GET /v1/session")).toHaveLength(1);
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ["Date"] });
    await auth.session();
    vi.useRealTimers();
    expect(browser.routes().filter((route) => route === "GET /v1/session")).toHaveLength(2);
  });

  test("is asked for again by others when one who asked gives up", async () => {
    const { auth } = await opened();
    const controller = new AbortController();

    const impatient = rejection(auth.session({ signal: controller.signal }));
    const patient = auth.session();
    controller.abort(new Error("enough"));

    expect(await impatient).toBe(controller.signal.reason);
    expect(await patient).toBeDefined();
  });

  test("that cannot be asked for is not taken for none", async () => {
    const { auth, browser } = await opened();
    const changes = changesOf(auth);
    const restore = browser.intercept("GET /v1/session", () => problem(503, "keys_unavailable"));

    const error = await rejection(auth.session());
    restore();

    expect(error).toMatchObject({ code: "keys_unavailable" });
    expect(await auth.session()).toBeDefined();
    expect(changes).toEqual([]);
  });

  test("is over for listeners when an operation finds that it is", async () => {
    const { auth, browser } = await opened({ tokens: "cookie" });
    const changes = changesOf(auth);
    const account = await auth.account();
    browser.jar.clear();

    const error = await rejection(account.profile());

    expect(error).toMatchObject({ code: "invalid_token", status: 401 });
    expect(changes).toEqual(["signed_out"]);
    expect(await auth.session()).toBeUndefined();
  });

  test("is not over when an operation of the one before it finds that that is", async () => {
    const { auth, browser } = await opened({ tokens: "cookie" });
    const account = await auth.account();
    const gate = createGate();
    const restore = browser.intercept("GET /v1/me", async () => {
      await gate.opened;
      return problem(401, "token_revoked");
    });

    const old = rejection(account.profile());
    await vi.waitFor(() => expect(browser.routes()).toContain("GET /v1/me"));
    await signIn(auth);
    const changes = changesOf(auth);
    gate.open();
    await old;
    restore();

    expect(changes).toEqual([]);
    expect(await account.profile()).toBeDefined();
  });

  test("is not over when an operation refuses for another reason", async () => {
    const { auth } = await opened({ tokens: "cookie" });
    const changes = changesOf(auth);
    const account = await auth.account();
    const passwords = { current_password: "Wrong-Horse-7", new_password: "Correct-Horse-9" };

    const error = await rejection(account.changePassword(passwords));

    expect(error).toMatchObject({ code: "invalid_credentials", status: 401 });
    expect(changes).toEqual([]);
  });

  test("is told of to every listener, even where one of them fails", async () => {
    const { auth } = await opened();
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    auth.onChange(() => {
      throw new Error("a bug");
    });
    const changes = changesOf(auth);

    await auth.signOut();

    expect(changes).toEqual(["signed_out"]);
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });

  test("is told of to nobody after the client was closed", async () => {
    const { browser } = await startWithUser();
    const { open } = browser();
    const tabs = `tabs ${crypto.randomUUID()}`;
    const [one, other] = [open({ tabs }), open({ tabs })];
    const [changes, others] = [changesOf(one), changesOf(other)];

    one.close();
    await signIn(other);
    await signIn(one);

    expect(others).toEqual(["signed_in"]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(changes).toEqual([]);
  });
});
