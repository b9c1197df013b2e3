import { describe, expect, test } from "vitest";
import { createJweSeal } from "../src/adapters/jwe/index.ts";
import { readSession, renewSession, type SessionOptions } from "../src/session.ts";
import { createBrowser, startSessions } from "./http/session/support.ts";
import { type TestServiceOptions, username } from "./http/support.ts";

const [oldSecret, newSecret] = ["s".repeat(32), "n".repeat(32)];
const origin = "http://localhost:3000";
const hour = 3_600_000;

/** A site whose users sign in at a service on the same host, and a browser that has done so. */
async function signedIn(options: TestServiceOptions = {}) {
  const service = startSessions(options);
  await service.signUp();
  const browser = createBrowser(service);
  await browser.signIn();
  const asked: Request[] = [];
  const settings = {
    secrets: oldSecret,
    serviceUrl: origin,
    clock: service.clock,
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      asked.push(request);
      return service.app.request(request);
    },
  } satisfies SessionOptions;
  const request = (cookie = browser.cookie(), url = `${origin}/`) =>
    new Request(url, { headers: { Cookie: cookie } });
  const { serviceUrl: _url, ...unasked } = settings;
  return { ...service, browser, asked, settings, unasked, request };
}

/** The cookies that a browser sends after it was told to set some. */
function jarOf(lines: readonly string[]): string {
  return lines.map((line) => line.slice(0, line.indexOf(";"))).join("; ");
}

describe("a session that an application reads", () => {
  test("has the user and the token, and asks nobody", async () => {
    const { browser, unasked, request, asked, refreshes } = await signedIn();
    const { body } = await browser.send("GET", "/v1/session");

    const session = await readSession(request(), unasked);

    if (session.status !== "signed_in") throw new Error(session.status);
    expect(session.user).toMatchObject({ subject: body.sub, username: body.username });
    expect(session.claims).toMatchObject({ sub: body.sub, token_use: "access" });
    expect(session.accessExpiresAt).toBe(body.exp);
    expect(session.setCookies).toEqual([]);
    expect([asked.length, refreshes()]).toEqual([0, 0]);
  });

  test.each([
    ["of Node.js", (cookie: string) => ({ url: "/", headers: { host: "localhost", cookie } })],
    ["of Next.js", (Cookie: string) => ({ headers: new Headers({ Host: "localhost", Cookie }) })],
    [
      "with other cookies",
      (cookie: string) => ({
        url: `${origin}/`,
        headers: { cookie: `portico-theme=dark; a=b;${cookie}; c; =d` },
      }),
    ],
  ])("is found in a request %s", async (_name, make) => {
    const { browser, unasked } = await signedIn();

    const session = await readSession(make(browser.cookie()), unasked);

    expect(session.status).toBe("signed_in");
  });

  test("is each time an application's own, to change as it likes", async () => {
    const { unasked, request } = await signedIn();
    const first = await readSession(request(), unasked);
    if (first.status !== "signed_in") throw new Error(first.status);
    const untouched = structuredClone(first);

    Object.assign(first.user, { username: "eve", groups: ["admins"] });
    Object.assign(first.claims, { sub: "eve" });

    expect(await readSession(request(), unasked)).toEqual(untouched);
  });

  test("is over by the lives that the service has as well", async () => {
    const { unasked, request, clock } = await signedIn();
    const status = async (options: Partial<SessionOptions>) =>
      (await readSession(request(), { ...unasked, ...options })).status;
    clock.time += 2 * hour;

    expect(await status({})).toBe("renewal_due");
    expect(await status({ idleSeconds: 7200 })).toBe("signed_out");
    expect(await status({ absoluteSeconds: 7200 })).toBe("signed_out");
  });

  test("is none under names that a neighbouring host can set, where the site has TLS", async () => {
    const { unasked, request, browser } = await signedIn();
    const strange = request(undefined, "https://www.example.com/");
    const behindProxy = { ...unasked, publicUrl: "https://www.example.com" };
    const prefixed = browser.cookie().replaceAll("portico", "__Host-portico");

    expect((await readSession(strange, unasked)).status).toBe("signed_out");
    expect((await readSession(request(), behindProxy)).status).toBe("signed_out");
    expect((await readSession(request(prefixed), behindProxy)).status).toBe("signed_in");
    expect((await readSession({ headers: {} }, unasked)).status).toBe("signed_out");
  });
});

describe("cookies that somebody made up", () => {
  test.each([
    "portico=",
    "portico; portico-access",
    "portico=a.b.c.d.e; portico-access=a.b.c.d.e",
    "portico=eyJhbGciOiJkaXIifQ....; portico-access=eyJhbGciOiJkaXIifQ....",
    `portico=${"x".repeat(8000)}; portico.1=${"y".repeat(8000)}; portico-access=%00%ff`,
    `${"portico=a;".repeat(2000)}`,
    "__proto__=1; constructor=2; portico=\u00ff\u00fe",
  ])("are no session, and throw nothing: %s", async (cookie) => {
    const { unasked, request } = await signedIn();

    const session = await readSession(request(cookie), unasked);

    expect(session).toEqual({ status: "signed_out", setCookies: [] });
  });

  test("are not renewed, and nobody is asked about them", async () => {
    const { settings, request, asked, browser } = await signedIn();
    const mixed = browser.cookie().replace(/portico=[^;]+/, "portico=a.b.c.d.e");

    expect((await renewSession(request(mixed), settings)).status).toBe("signed_out");
    expect(asked).toEqual([]);
  });
});

describe("a session whose access token is over", () => {
  test("says so, where no service is named", async () => {
    const { unasked, request, clock } = await signedIn();
    clock.time += hour;

    expect(await readSession(request(), unasked)).toEqual({
      status: "renewal_due",
      setCookies: [],
    });
  });

  test("is renewed by the service, with its own cookies and no others", async () => {
    const { settings, request, clock, asked, browser, refreshes } = await signedIn();
    const before = await readSession(request(), settings);
    clock.time += hour;
    const cookie = browser.cookie();

    const session = await readSession(request(`theme=dark; ${cookie}; id=7`), {
      ...settings,
      callerAddress: "192.0.2.7",
    });

    if (session.status !== "signed_in") throw new Error(session.status);
    expect(session.user).toEqual(before.status === "signed_in" && before.user);
    expect(session.setCookies).toHaveLength(2);
    expect(asked[0]?.headers.get("Cookie")).toBe(cookie);
    expect(asked[0]?.headers.get("X-Forwarded-For")).toBe("192.0.2.7");
    expect(refreshes()).toBe(1);
    const next = await readSession(request(jarOf(session.setCookies)), settings);
    expect([next.status, next.setCookies, asked.length]).toEqual(["signed_in", [], 1]);
  });

  test("is renewed where the cookie of the token is lost", async () => {
    const { settings, request, browser } = await signedIn();
    const [alone = ""] = browser.cookie().split("; ");

    expect((await readSession(request(alone), settings)).status).toBe("signed_in");
  });

  test("is signed out by the provider's word, and the browser forgets it", async () => {
    const { settings, request, clock, identity } = await signedIn();
    await identity.disableUser({ username });
    clock.time += hour;

    const session = await readSession(request(), settings);

    expect(session.status).toBe("signed_out");
    expect(session.setCookies).toHaveLength(2);
    for (const line of session.setCookies) expect(line).toContain("; Max-Age=0");
  });

  test.each([
    [
      "answers 503",
      async () => new Response("busy", { status: 503, headers: { "Retry-After": "9" } }),
      9,
    ],
    ["answers 429", async () => new Response("busy", { status: 429 }), undefined],
    ["cannot be reached", async () => Promise.reject(new TypeError("fetch failed")), undefined],
  ])("stays where the service %s", async (_name, fetch, retryAfterSeconds) => {
    const { settings, request, clock } = await signedIn();
    clock.time += hour;

    const session = await readSession(request(), { ...settings, fetch });

    expect(session).toMatchObject({ status: "unavailable", setCookies: [] });
    expect(session).toHaveProperty("cause");
    expect("retryAfterSeconds" in session ? session.retryAfterSeconds : undefined).toBe(
      retryAfterSeconds,
    );
  });

  test("stays where the service says nothing in time", async () => {
    const { settings, request, clock } = await signedIn();
    clock.time += hour;
    const fetch = (_input: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });

    const session = await readSession(request(), { ...settings, fetch, timeoutMs: 50 });

    expect(session.status).toBe("unavailable");
  });

  test.each([404, 403, 301, 200, 501])("is a fault where a service answers %i", async (status) => {
    const { settings, request, clock } = await signedIn();
    clock.time += hour;
    const fetch = async () => new Response(null, { status });

    await expect(readSession(request(), { ...settings, fetch })).rejects.toThrow(`with ${status}`);
  });

  test("is a fault where the service seals with other secrets", async () => {
    const other = await signedIn({
      ports: () => ({ seal: createJweSeal({ secrets: [newSecret, oldSecret] }) }),
    });
    const old = await signedIn();
    old.clock.time += hour;
    const { settings, request } = old;
    const fetch = async () => {
      const answer = await other.browser.send("POST", "/v1/token/refresh");
      return new Response(null, { status: 204, headers: answer.headers });
    };

    await expect(readSession(request(), { ...settings, fetch })).rejects.toThrow("other secrets");
  });
});

describe("secrets that are replaced", () => {
  const rotated = `${newSecret},${oldSecret}`;

  test("have the cookies sealed anew, once, and nobody signed out", async () => {
    const { unasked, request } = await signedIn();
    const options = { ...unasked, secrets: rotated };

    const session = await readSession(request(), options);
    const twin = await readSession(request(), options);

    if (session.status !== "signed_in") throw new Error(session.status);
    expect(session.setCookies).toHaveLength(2);
    expect(twin.setCookies).toEqual(session.setCookies);
    const newest = { ...unasked, secrets: [newSecret] };
    const after = await readSession(request(jarOf(session.setCookies)), newest);
    expect(after).toMatchObject({ status: "signed_in", user: session.user, setCookies: [] });
    expect(after).toHaveProperty("endsAt", session.endsAt);
  });

  test("leave cookies alone whose token is nearly over, as the service may be replacing them", async () => {
    const { unasked, request, clock } = await signedIn();
    clock.time += hour - 100_000;

    const session = await readSession(request(), { ...unasked, secrets: rotated });

    expect([session.status, session.setCookies]).toEqual(["signed_in", []]);
  });

  test("open nothing once they are off the list", async () => {
    const { unasked, request } = await signedIn();

    const session = await readSession(request(), { ...unasked, secrets: newSecret });

    expect(session).toEqual({ status: "signed_out", setCookies: [] });
  });
});

describe("options that are no use", () => {
  test.each([
    [{ secrets: undefined }, "SESSION_SECRETS"],
    [{ secrets: "" }, "SESSION_SECRETS"],
    [{ secrets: [] }, "SESSION_SECRETS"],
    [{ secrets: "too-short-7" }, "32 to 256"],
    [{ secrets: `${newSecret},too-short-7` }, "Secret 2 of 2"],
    [{ secrets: newSecret, publicUrl: "www.example.com" }, "publicUrl"],
    [{ secrets: newSecret, idleSeconds: 0 }, "idleSeconds"],
  ])("are told, and no value with them: %j", async (options, word) => {
    const reading = readSession({ headers: {} }, options);

    await expect(reading).rejects.toThrow(TypeError);
    await expect(reading).rejects.toThrow(word);
    await expect(reading).rejects.not.toThrow("too-short-7");
  });

  test.each([
    { serviceUrl: "portico" },
    { serviceUrl: "file:///etc/passwd" },
    { serviceUrl: "http://service?x=1" },
    { callerAddress: "192.0.2.7\r\nCookie: a" },
  ])("are told of a renewal too: %j", async (options) => {
    const { settings, request } = await signedIn();

    await expect(renewSession(request(), { ...settings, ...options })).rejects.toThrow(TypeError);
  });
});

test("a service that replaces refresh tokens renews a session as often as it is over", async () => {
  const { settings, request, clock, browser } = await signedIn({
    provider: { refreshRotation: { graceSeconds: 0 } },
  });
  let cookie = browser.cookie();
  for (let round = 0; round < 3; round += 1) {
    clock.time += hour;
    const session = await readSession(request(cookie), settings);
    expect(session.status).toBe("signed_in");
    cookie = jarOf(session.setCookies);
  }
});
