import { afterEach, describe, expect, test, vi } from "vitest";
import type { ClientOptions, PorticoClient } from "../../../src/client.ts";
import { password, username } from "../../http/support.ts";
import {
  changesOf,
  createGate,
  createSharedStorage,
  problem,
  rejection,
  signIn,
  startWithUser,
} from "../support.ts";

const refresh = "POST /v1/token/refresh";
const provider = { refreshRotation: { graceSeconds: 0 } };

/** Two tabs of one browser, on the storage that they share. */
async function twoTabs(options: ClientOptions = {}) {
  const service = await startWithUser({ provider });
  const browser = service.browser();
  const storage = createSharedStorage();
  const tabs = `tabs ${crypto.randomUUID()}`;
  const open = () => browser.open({ tokens: storage, tabs, ...options });
  const [one, other] = [open(), open()];
  await signIn(one);
  await vi.waitFor(async () => expect(await other.session()).toBeDefined());
  const isDead = async (refreshToken: string | undefined) => {
    const body = { refresh_token: refreshToken };
    return (await service.send("POST", "/v1/token/refresh", { body })).status === 401;
  };
  return { ...service, browser, storage, tabs, one, other, isDead };
}

const profile = async (client: PorticoClient) => (await client.account()).profile();

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(["the browser's locks", "messages alone"])("tabs with %s", (means) => {
  const opened = async () => {
    if (means === "messages alone") vi.stubGlobal("navigator", {});
    return twoTabs();
  };

  test("refresh once, however many requests they have", async () => {
    const { one, other, storage, refreshes } = await opened();
    storage.expire();

    const calls = Array.from({ length: 20 }, (_, index) => profile(index % 2 ? one : other));
    const profiles = await Promise.all(calls);

    expect(new Set(profiles.map(({ username }) => username)).size).toBe(1);
    expect(refreshes()).toBe(1);
  });

  test("refresh one after the other where each token is refused again", async () => {
    const { one, other, storage, refreshes } = await opened();

    for (let round = 1; round <= 3; round += 1) {
      storage.expire();
      await Promise.all([profile(one), profile(other)]);
      expect(refreshes()).toBe(round);
    }
  });
});

describe("a refresh", () => {
  test.each([
    [503, "provider_unavailable"],
    [504, "provider_timeout"],
    [429, "rate_limited"],
    [500, "internal_error"],
    [403, "blocked"],
  ])("that ends in %i %s signs nobody out", async (status, code) => {
    const { one, other, storage, browser } = await twoTabs();
    const changes = [changesOf(one), changesOf(other)];
    storage.expire();
    const restore = browser.intercept(refresh, () => problem(status, code));

    const errors = [await rejection(profile(one)), await rejection(other.session())];
    restore();

    expect(errors).toMatchObject([{ code }, { code }]);
    expect(await one.session()).toBeDefined();
    expect(changes).toEqual([[], []]);
  });

  test("without a connection signs nobody out", async () => {
    const { one, storage, browser } = await twoTabs();
    storage.expire();
    const restore = browser.intercept(refresh, () => Promise.reject(new TypeError("offline")));

    const error = await rejection(one.session());
    restore();

    expect(error).toMatchObject({ code: "network_error", status: 0 });
    expect(await one.session()).toBeDefined();
  });

  test("that fails while the token is good for a little longer is not missed", async () => {
    const { one, storage, browser } = await twoTabs();
    const tokens = storage.kept();
    await storage.save(tokens && { ...tokens, expires_at: Math.floor(Date.now() / 1000) + 5 });
    browser.intercept(refresh, () => problem(503, "provider_unavailable"));

    expect(await profile(one)).toBeDefined();
    expect(browser.routes()).toContain(refresh);
  });

  test("that says that the session is over ends it in all tabs", async () => {
    const { one, other, storage, send } = await twoTabs();
    const changes = [changesOf(one), changesOf(other)];
    const body = { refresh_token: storage.kept()?.refresh_token };
    await send("POST", "/v1/sign-out", { body });
    storage.expire();

    expect(await one.session()).toBeUndefined();
    expect(await rejection(profile(other))).toMatchObject({ code: "signed_out" });
    expect(storage.kept()).toBeUndefined();
    await vi.waitFor(() => expect(changes).toEqual([["signed_out"], ["signed_out"]]));
  });

  test("goes on for others when one who waits for it gives up", async () => {
    const { one, storage, browser } = await twoTabs();
    const gate = createGate();
    storage.expire();
    browser.intercept(refresh, async (_, serve) => {
      await gate.opened;
      return serve();
    });
    const controller = new AbortController();

    const impatient = rejection(one.session({ signal: controller.signal }));
    const patient = one.session();
    controller.abort(new Error("enough"));

    expect(await impatient).toBe(controller.signal.reason);
    gate.open();
    expect(await patient).toBeDefined();
  });

  test("under which the user signs out leaves no token, here or at the service", async () => {
    const { one, other, storage, browser, isDead } = await twoTabs();
    const gate = createGate();
    let refreshed: string | undefined;
    storage.expire();
    browser.intercept(refresh, async (_, serve) => {
      await gate.opened;
      const answer = await serve();
      refreshed = (await answer.clone().json()).tokens.refresh_token;
      return answer;
    });

    const waiting = other.session();
    await vi.waitFor(() => expect(browser.routes()).toContain(refresh));
    const signedOut = one.signOut();
    await vi.waitFor(() => expect(storage.kept()).toBeUndefined());
    gate.open();
    await signedOut;

    expect(await waiting).toBeUndefined();
    expect(storage.kept()).toBeUndefined();
    expect(refreshed).toBeDefined();
    await vi.waitFor(async () => expect(await isDead(refreshed)).toBe(true));
  });

  test("whose tokens are kept while the user signs out is undone", async () => {
    const { one, browser, storage, tabs, isDead } = await twoTabs();
    const kept: (string | undefined)[] = [];
    let signedOut: Promise<void> | undefined;
    const other = browser.open({
      tabs,
      tokens: {
        // Whoever reads before the sign-out, and writes after it.
        async load() {
          const tokens = await storage.load();
          if (browser.routes().includes(refresh) && !signedOut) {
            signedOut = one.signOut();
            await vi.waitFor(() => expect(storage.kept()).toBeUndefined());
          }
          return tokens;
        },
        async save(tokens) {
          kept.push(tokens?.refresh_token);
          await storage.save(tokens);
        },
      },
    });
    storage.expire();

    await other.session();
    await signedOut;

    expect(kept).toEqual([expect.any(String)]);
    expect(storage.kept()).toBeUndefined();
    expect(await isDead(kept[0])).toBe(true);
  });

  test("under which somebody signs in does not take their place", async () => {
    const { one, other, storage, browser } = await twoTabs();
    const gate = createGate();
    storage.expire();
    const { id } = storage.kept() ?? expect.fail();
    browser.intercept(refresh, async (_, serve) => {
      const answer = await serve();
      await gate.opened;
      return answer;
    });

    const waiting = other.session();
    await vi.waitFor(() => expect(browser.routes()).toContain(refresh));
    const signedIn = one.signIn({ username, password });
    gate.open();
    await signedIn;
    await waiting;

    expect(storage.kept()?.id).not.toBe(id);
    expect(await one.session()).toBeDefined();
  });
});

describe("tokens", () => {
  test("are seen, and seen to be gone, in every tab", async () => {
    const { one, other, storage } = await twoTabs();
    const changes = [changesOf(one), changesOf(other)];

    await one.signOut();
    await vi.waitFor(() => expect(changes[1]).toEqual(["signed_out"]));
    const after = await other.session();
    await signIn(other);

    expect(after).toBeUndefined();
    await vi.waitFor(() => {
      expect(changes).toEqual([
        ["signed_out", "signed_in"],
        ["signed_out", "signed_in"],
      ]);
    });
    expect(await one.session()).toBeDefined();
    expect(storage.kept()).toBeDefined();
  });

  test("of a session that another takes the place of are ended", async () => {
    const { one, storage, isDead } = await twoTabs();
    const before = storage.kept()?.refresh_token;

    await signIn(one);

    await vi.waitFor(async () => expect(await isDead(before)).toBe(true));
    expect(await isDead(storage.kept()?.refresh_token)).toBe(false);
  });

  test("are forgotten with the sign-out even where the service cannot be reached", async () => {
    const { one, other, storage, browser } = await twoTabs();
    browser.intercept("POST /v1/sign-out", () => problem(503, "provider_unavailable"));

    const error = await rejection(one.signOut());

    expect(error).toMatchObject({ code: "provider_unavailable" });
    expect(storage.kept()).toBeUndefined();
    expect([await one.session(), await other.session()]).toEqual([undefined, undefined]);
  });

  test("in memory are each tab's own, and end with a sign-out in any", async () => {
    const { browser } = await startWithUser();
    const { open, routes } = browser();
    const tabs = `tabs ${crypto.randomUUID()}`;
    const [one, other] = [open({ tokens: "memory", tabs }), open({ tokens: "memory", tabs })];
    const changes = changesOf(other);
    await signIn(one);
    const before = await other.session();
    await signIn(other);

    await one.signOut();

    expect(before).toBeUndefined();
    await vi.waitFor(() => expect(changes).toEqual(["signed_in", "signed_out"]));
    expect(await other.session()).toBeUndefined();
    await vi.waitFor(() => {
      expect(routes().filter((route) => route === "POST /v1/sign-out")).toHaveLength(2);
    });
  });

  test("are gone from here when a sign-out is called off that waits for the service", async () => {
    const { one, storage, browser } = await twoTabs();
    browser.intercept("POST /v1/sign-out", () => new Promise<never>(() => undefined));
    const controller = new AbortController();

    const error = rejection(one.signOut({ signal: controller.signal }));
    await vi.waitFor(() => expect(browser.routes()).toContain("POST /v1/sign-out"));
    controller.abort(new Error("enough"));

    expect(await error).toBe(controller.signal.reason);
    expect(storage.kept()).toBeUndefined();
  });

  test("that have expired and cannot be renewed are a session that is over", async () => {
    const { one, storage, browser } = await twoTabs();
    const changes = changesOf(one);
    const { refresh_token, ...tokens } = storage.kept() ?? expect.fail();
    await storage.save(tokens);
    storage.expire();

    expect(await one.session()).toBeUndefined();
    expect(browser.routes()).not.toContain(refresh);
    expect(changes).toEqual(["signed_out"]);
    expect(refresh_token).toBeDefined();
  });

  test("that a service keeps back are no session", async () => {
    const { browser } = await startWithUser();
    const { open, intercept } = browser();
    intercept("POST /v1/sign-in", () =>
      Response.json({ status: "session_started", session: { expires_at: 0 } }),
    );

    expect(await rejection(signIn(open({ tokens: "memory" })))).toMatchObject({
      code: "unexpected_answer",
    });
  });
});
