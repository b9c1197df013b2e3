import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import { serve } from "../../../src/node.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { password, type TestServiceOptions, username } from "../support.ts";
import { createBrowser, ownPage, setCookies, startSessions } from "./support.ts";

/** A browser whose user has signed in. */
async function signedIn(options: TestServiceOptions = {}) {
  const service = startSessions(options);
  await service.signUp();
  const browser = createBrowser(service);
  const answer = await browser.signIn();
  return { ...service, browser, answer };
}

const hour = 3_600_000;

describe("a session in cookies", () => {
  test("begins with a sign-in, whose answer has no token", async () => {
    const { answer, clock } = await signedIn();

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: "session_started",
      session: { expires_at: clock.time / 1000 + 7 * 86_400 },
    });
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
  });

  test("shows nothing of its tokens in the cookies", async () => {
    const { answer, browser, events } = await signedIn();

    expect([...browser.jar.keys()]).toEqual(["portico", "portico-access"]);
    const shown = [answer.text, ...setCookies(answer)].join();
    expect(shown).not.toContain(username);
    for (const value of browser.jar.values()) {
      const [header = "", key] = value.split(".");
      expect(JSON.parse(atob(header))).toMatchObject({ alg: "dir", enc: "A256GCM" });
      expect(key).toBe("");
    }
    expect(JSON.stringify(events)).not.toContain([...browser.jar.values()][0]);
  });

  test("is what every operation takes in the place of a token", async () => {
    const { browser } = await signedIn();

    const session = await browser.send("GET", "/v1/session");
    const profile = await browser.send("GET", "/v1/me");
    const changed = await browser.send("PATCH", "/v1/me", { attributes: { family_name: "L." } });

    expect([session.status, profile.status, changed.status]).toEqual([200, 200, 200]);
    expect(session.body).toMatchObject({ kind: "user", sub: profile.body.sub });
    expect(setCookies(profile)).toEqual([]);
  });

  test("has a new id with each sign-in, and the one before it ends", async () => {
    const { browser, send } = await signedIn();
    const before = browser.cookie();

    const { body } = await browser.signIn();

    expect(body.status).toBe("session_started");
    expect(browser.cookie()).not.toBe(before);
    expect([...browser.jar.keys()]).toHaveLength(2);
    const old = await createBrowser({ send }).send("GET", "/v1/me", undefined, { Cookie: before });
    expect([old.status, old.body.code]).toEqual([401, "token_revoked"]);
    expect((await browser.send("GET", "/v1/me")).status).toBe(200);
  });

  test("is in cookies for this machine only where the connection is nobody's to read", async () => {
    const { answer } = await signedIn();

    for (const line of setCookies(answer)) {
      expect(line).toMatch(/^portico(-access)?=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    }
  });

  test("is in cookies of the host alone elsewhere", async () => {
    const own = "https://id.example.com";
    const service = startSessions({ resource: { resource: own, authorizationServers: [] } });
    await service.signUp();
    const browser = createBrowser(service, { Origin: own });

    const lines = setCookies(await browser.signIn());

    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toMatch(
        /^__Host-portico(-access)?=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
      );
      expect(line.length).toBeLessThan(4096);
    }
    expect((await browser.send("GET", "/v1/session")).status).toBe(200);
  });

  test("outlives the browser where that is asked for, and stays so", async () => {
    const service = startSessions();
    await service.signUp();
    const browser = createBrowser(service);
    const body = { username, password };
    const answer = await browser.send("POST", "/v1/sign-in", body, {
      "Portico-Session": "cookie;keep",
    });
    service.clock.time += hour;
    const renewed = await browser.send("GET", "/v1/session");

    expect(setCookies(answer).every((line) => line.includes("; Max-Age=604800"))).toBe(true);
    expect(setCookies(renewed).every((line) => line.includes("; Max-Age=604800"))).toBe(true);
    expect(setCookies(renewed)).toHaveLength(2);
  });

  test("is not begun by a challenge, but by the answer to it", async () => {
    const service = startSessions();
    await service.signUp();
    const name = "grace@example.com";
    const invited = { username: name, attributes: { email: name }, invite: false };
    await service.identity.createUser({ ...invited, temporaryPassword: password });
    const browser = createBrowser(service);

    const begun = await browser.send("POST", "/v1/sign-in", { username: name, password });
    const { challenge }: { challenge: { session: string; type: string } } = JSON.parse(begun.text);
    const ended = await browser.send("POST", "/v1/sign-in/challenge", {
      type: "new_password",
      session: challenge.session,
      new_password: "Another-Horse-8",
    });

    expect(setCookies(begun)).toEqual([]);
    expect(challenge.type).toBe("new_password");
    expect(ended.body).toMatchObject({ status: "session_started" });
    expect((await browser.send("GET", "/v1/session")).body).toMatchObject({ kind: "user" });
  });
});

describe("the tokens of a session in cookies", () => {
  test.each([
    ["that stay", undefined],
    ["that are replaced", { graceSeconds: 0 }],
  ])("are had anew once for fifty requests at once: refresh tokens %s", async (_name, rotation) => {
    const { browser, clock, refreshes } = await signedIn({
      provider: { ...(rotation && { refreshRotation: rotation }) },
    });
    const old = browser.cookie();
    clock.time += hour;

    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        browser.send("GET", "/v1/session", undefined, { Cookie: old }),
      ),
    );
    // One that was on its way with the cookies of before.
    const late = await browser.send("GET", "/v1/session", undefined, { Cookie: old });

    expect(answers.map(({ status }) => status)).toEqual(Array.from(answers, () => 200));
    expect(late.status).toBe(200);
    expect(refreshes()).toBe(1);
    expect(new Set(answers.flatMap(setCookies)).size).toBe(2);
    clock.time += hour;
    expect((await browser.send("GET", "/v1/session")).status).toBe(200);
    expect(refreshes()).toBe(2);
  });

  test("are had anew when they are asked for", async () => {
    const { browser, refreshes } = await signedIn();

    const answer = await browser.send("POST", "/v1/token/refresh");

    expect([answer.status, answer.text, refreshes()]).toEqual([204, "", 1]);
    expect(setCookies(answer)).toHaveLength(2);
  });

  test.each(["provider_unavailable", "provider_timeout", "overloaded", "rate_limited"] as const)(
    "are had later where the provider says %s, and nobody is signed out",
    async (code) => {
      let isDown = false;
      const { browser, clock } = await signedIn({
        ports: ({ identity }) => ({
          identity: {
            ...identity,
            async refresh(input) {
              if (isDown) throw new IdentityError(code, { retryAfterSeconds: 7 });
              return identity.refresh(input);
            },
          },
        }),
      });
      const before = browser.cookie();
      clock.time += hour;
      isDown = true;

      const answer = await browser.send("GET", "/v1/session");

      expect([answer.status, answer.body.code]).toEqual([503, "provider_unavailable"]);
      expect(answer.headers.get("Retry-After")).toBe("7");
      expect(setCookies(answer)).toEqual([]);
      expect(browser.cookie()).toBe(before);
      isDown = false;
      expect((await browser.send("GET", "/v1/session")).status).toBe(200);
    },
  );

  test("are gone where the provider has ended the session: the cookies are too", async () => {
    const { browser, clock, identity } = await signedIn();
    await identity.disableUser({ username });
    clock.time += hour;

    const answer = await browser.send("GET", "/v1/session");

    expect([answer.status, answer.body.code]).toEqual([401, "token_revoked"]);
    expect(setCookies(answer)).toHaveLength(2);
    expect(browser.jar.size).toBe(0);
  });
});

describe("an event of a session in cookies", () => {
  test("tells which request it is of: of a refresh that it took, of one that was asked for, and of its end", async () => {
    const { browser, clock, events } = await signedIn();
    clock.time += hour;
    events.length = 0;

    const answers = [
      await browser.send("GET", "/v1/session"),
      await browser.send("POST", "/v1/token/refresh"),
      await browser.send("POST", "/v1/sign-out"),
    ];

    expect(events.map(({ type }) => type)).toEqual(["token_refresh", "token_refresh", "sign_out"]);
    expect(events.map(({ requestId }) => requestId)).toEqual(
      answers.map(({ headers }) => headers.get("X-Request-Id")),
    );
  });

  test("tells it of a session that another sign-in took the place of", async () => {
    const { browser, events } = await signedIn();
    events.length = 0;

    const { headers } = await browser.signIn();

    expect(events.map(({ type, requestId }) => [type, requestId])).toEqual(
      ["sign_in", "sign_out"].map((type) => [type, headers.get("X-Request-Id")]),
    );
  });
});

describe("the end of a session in cookies", () => {
  test("is a sign-out, after which nothing of it is good", async () => {
    const { browser } = await signedIn();
    const before = browser.cookie();

    const answer = await browser.send("POST", "/v1/sign-out");

    expect([answer.status, browser.jar.size]).toEqual([204, 0]);
    for (const target of ["/v1/session", "/v1/me"]) {
      const { status, body } = await browser.send("GET", target, undefined, { Cookie: before });
      expect([status, body.code]).toEqual([401, "token_revoked"]);
    }
    const again = await browser.send("POST", "/v1/token/refresh", undefined, { Cookie: before });
    expect([again.status, again.body.code]).toEqual([401, "invalid_refresh_token"]);
  });

  test("is no error where there is none", async () => {
    const browser = createBrowser(startSessions());

    const answer = await browser.send("POST", "/v1/sign-out");

    expect([answer.status, setCookies(answer)]).toEqual([204, []]);
  });

  test.each([
    ["POST", "/v1/sign-out/everywhere"],
    ["DELETE", "/v1/me"],
  ])("is %s %s", async (method, target) => {
    const { browser } = await signedIn();

    const answer = await browser.send(method, target);

    expect([answer.status, browser.jar.size]).toEqual([204, 0]);
  });

  test.each([
    ["without use, after the idle time", 7 * 24, 7 * 24],
    ["in any case, after the absolute one", 24, 30 * 24],
  ])("comes %s", async (_name, hoursBetween, hoursTillEnd) => {
    const { browser, clock, identity } = await signedIn({
      provider: { tokenSeconds: { refresh: 60 * 86_400 } },
    });
    const startedAt = clock.time;
    while (clock.time + hoursBetween * hour < startedAt + hoursTillEnd * hour) {
      clock.time += hoursBetween * hour;
      expect((await browser.send("GET", "/v1/session")).status).toBe(200);
    }
    clock.time = startedAt + hoursTillEnd * hour;

    const answer = await browser.send("GET", "/v1/session");

    expect([answer.status, answer.body.code, browser.jar.size]).toEqual([401, "token_expired", 0]);
    expect(identity.capabilities.has("sign_out")).toBe(true);
  });
});

describe("a refresh that is under way", () => {
  const rotation = { provider: { refreshRotation: { graceSeconds: 0 } } } as const;

  test("ends with the session, and whoever waits for it is signed out", async () => {
    const gate = Promise.withResolvers<void>();
    let isHeld = false;
    const { browser, clock, send } = await signedIn({
      ...rotation,
      ports: ({ identity }) => ({
        identity: {
          ...identity,
          async refresh(input) {
            const tokens = await identity.refresh(input);
            if (isHeld) await gate.promise;
            return tokens;
          },
        },
      }),
    });
    const old = browser.cookie();
    clock.time += hour;
    isHeld = true;
    const waiting = browser.send("GET", "/v1/me", undefined, { Cookie: old });
    const ending = browser.send("POST", "/v1/sign-out", undefined, { Cookie: old });
    gate.resolve();
    const [late, ended] = await Promise.all([waiting, ending]);

    expect([late.status, late.body.code]).toEqual([401, "token_revoked"]);
    expect(ended.status).toBe(204);
    expect(browser.jar.size).toBe(0);
    expect(
      [...setCookies(late), ...setCookies(ended)].every((line) => line.includes("Max-Age=0")),
    ).toBe(true);
    const after = await createBrowser({ send }).send("GET", "/v1/session", undefined, {
      Cookie: old,
    });
    expect(after.status).toBe(401);
  });

  test("is not lost where the new access token cannot be read at once", async () => {
    let isDown = false;
    const { browser, clock } = await signedIn({
      ...rotation,
      ports: ({ tokens }) => ({
        tokens: {
          async verify(token) {
            if (isDown) throw new IdentityError("keys_unavailable");
            return tokens.verify(token);
          },
        },
      }),
    });
    clock.time += hour;
    isDown = true;
    const answer = await browser.send("GET", "/v1/session");
    isDown = false;

    expect([answer.status, answer.body.code]).toEqual([503, "keys_unavailable"]);
    expect((await browser.send("GET", "/v1/session")).status).toBe(200);
    clock.time += hour;
    expect((await browser.send("GET", "/v1/session")).status).toBe(200);
  });
});

describe("cookies of a session", () => {
  test.each([
    ["\u00a0", ""],
    ["\u00a0", ".1"],
  ])("are none under a name with other space before it: %j%s", async (space, part) => {
    const { browser, ...service } = await signedIn();
    const other = createBrowser(service);
    await other.signIn();
    const tossed = [...other.jar]
      .map(([name, value]) => `${space}${name}${part}=${value}`)
      .join("; ");

    const both = await browser.send("GET", "/v1/me", undefined, {
      Cookie: `${browser.cookie()}; ${tossed}`,
    });
    const alone = await browser.send("GET", "/v1/me", undefined, { Cookie: tossed });

    expect([both.status, setCookies(both), alone.status]).toEqual([200, [], 401]);
  });

  test.each([
    ["that are none", "portico=abc; portico-access=def"],
    ["in each other's place", ""],
  ])("%s are as good as none", async (name, cookie) => {
    const { browser } = await signedIn();
    const swapped = [...browser.jar.values()].toReversed();
    const Cookie = cookie || `portico=${swapped[0]}; portico-access=${swapped[1]}`;

    const answer = await browser.send("GET", "/v1/session", undefined, { Cookie });

    expect([name, answer.status, answer.body.code]).toEqual([name, 401, "invalid_token"]);
    expect(setCookies(answer).every((line) => line.endsWith("; Max-Age=0"))).toBe(true);
  });

  test("of two sessions do not go together", async () => {
    const { browser, refreshes, ...service } = await signedIn();
    const other = createBrowser(service);
    await other.signIn();

    const mixed = `portico=${browser.jar.get("portico")}; portico-access=${other.jar.get("portico-access")}`;
    const answer = await browser.send("GET", "/v1/session", undefined, { Cookie: mixed });

    expect([answer.status, refreshes()]).toEqual([200, 1]);
  });

  test("are nothing without the header", async () => {
    const { browser, send } = await signedIn();

    const answer = await send("GET", "/v1/session", {
      headers: { Cookie: browser.cookie(), ...ownPage },
    });

    expect([answer.status, answer.body.code]).toEqual([401, "invalid_token"]);
  });

  test("are taken in parts where they are long", async () => {
    const groups = Array.from(
      { length: 60 },
      (_, number) => `a-group-with-a-rather-long-name-${number}`,
    );
    const service = startSessions();
    await service.signUp();
    for (const group of groups) {
      service.groups.create({ name: group });
      await service.identity.addToGroup({ username, group });
    }
    const browser = createBrowser(service);
    const answer = await browser.signIn();

    expect(setCookies(answer).every((line) => line.length < 4096)).toBe(true);
    expect([...browser.jar.keys()]).toContain("portico-access.1");
    expect((await browser.send("GET", "/v1/session")).body).toMatchObject({
      groups: groups.toSorted(),
    });
  });
});

describe("tokens that are too long for cookies", () => {
  /** A sign-in of a user who is in so many groups. */
  async function signInWithGroups(count: number) {
    const faults: unknown[] = [];
    const service = startSessions({ log: (_level, entry) => void faults.push(entry) });
    await service.signUp();
    for (let number = 0; number < count; number += 1) {
      const name = `a-group-with-a-rather-long-name-${number}`;
      service.groups.create({ name });
      await service.identity.addToGroup({ username, group: name });
    }
    const browser = createBrowser(service);
    return { answer: await browser.signIn(), browser, faults };
  }

  test("end the sign-in with a fault that the log explains, and no cookie", async () => {
    const { answer, browser, faults } = await signInWithGroups(200);

    expect([answer.status, answer.body.code]).toEqual([500, "provider_misconfigured"]);
    expect(setCookies(answer)).toEqual([]);
    expect(browser.jar.size).toBe(0);
    expect(JSON.stringify(faults)).toMatch(
      /take \d+ bytes of cookies, and there is room for 13000/,
    );
  });

  test("are none as long as Node reads a request with them, beside all else that a browser sends", async () => {
    const { answer, browser } = await signInWithGroups(90);

    expect(answer.status).toBe(200);
    const cookies = [...browser.jar].map(([name, value]) => `${name}=${value}`).join("; ");
    expect(cookies.length).toBeGreaterThan(10_000);
    const server = await serve({
      port: 0,
      fetch: (request) => new Response(request.headers.get("Cookie")),
    });
    const headers = { Cookie: cookies, "User-Agent": "x".repeat(2_000) };
    const { status } = await fetch(`http://127.0.0.1:${server.port}`, { headers });
    await server.close();
    expect(status).toBe(200);
  });
});

describe("a request for a session in cookies", () => {
  const listed = "https://app.example.com";

  test.each([
    ["the service's own origin", { Origin: "http://localhost", Host: "localhost" }, 200],
    ["a listed origin", { Origin: listed }, 200],
    ["no page, and no other site", { "Sec-Fetch-Site": "same-origin" }, 200],
    ["an origin that is not listed", { Origin: "https://evil.example" }, 403],
    ["the same host without TLS", { Origin: "http://id.example.com", Host: "id.example.com" }, 403],
    ["the origin null", { Origin: "null" }, 403],
    ["another port of this machine", { Origin: "http://localhost:9", Host: "localhost" }, 403],
    ["nowhere", {}, 403],
    ["another site", { "Sec-Fetch-Site": "cross-site" }, 403],
    ["the same site", { "Sec-Fetch-Site": "same-site" }, 403],
    ["an address that is typed", { "Sec-Fetch-Site": "none" }, 403],
    [
      "an unlisted origin of the same origin",
      { Origin: "https://evil.example", "Sec-Fetch-Site": "same-origin" },
      403,
    ],
  ])("of %s", async (_name, page, status) => {
    const service = startSessions({ corsOrigins: [listed] });
    await service.signUp();
    const browser = createBrowser(service, page);

    const answer = await browser.signIn();

    expect(answer.status).toBe(status);
    if (status === 403) {
      expect(answer.body.code).toBe("origin_not_allowed");
      expect(setCookies(answer)).toEqual([]);
    }
  });

  test.each(["", "cookies", "cookie;", "cookie; stay", "COOKIE", "token"])(
    "in the form %j is refused",
    async (header) => {
      const { browser } = await signedIn();

      const answer = await browser.send("GET", "/v1/session", undefined, {
        "Portico-Session": header,
      });

      expect([answer.status, answer.body.code]).toEqual([400, "malformed_request"]);
    },
  );

  test("with a token as well is refused", async () => {
    const { browser, signIn } = await signedIn();
    const { access_token: token } = await signIn();

    const answer = await browser.send("GET", "/v1/session", undefined, {
      Authorization: `Bearer ${token}`,
    });

    expect([answer.status, answer.body.code]).toEqual([400, "malformed_request"]);
  });

  test("is refused where no secret is set", async () => {
    const service = startSessions({ ports: (): Partial<Ports> => ({ seal: undefined }) });
    await service.signUp();

    const answer = await createBrowser(service).signIn();

    expect([answer.status, answer.body.code]).toEqual([501, "not_supported"]);
  });
});
