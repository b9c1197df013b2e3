import { describe, expect, test } from "vitest";
import { startService, type TestServiceOptions, withoutKeys } from "../support.ts";

describe("getJwks", () => {
  test("gives the public keys, which may be kept for minutes", async () => {
    const { send } = startService();

    const { status, headers, body } = await send("GET", "/.well-known/jwks.json");

    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(body.keys).toContainEqual(expect.objectContaining({ kty: "RSA", use: "sig" }));
    expect(JSON.stringify(body)).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/);
  });

  test("says that the keys cannot be had, and when to try again", async () => {
    const { send } = startService({ ports: withoutKeys });

    const { status, headers, body } = await send("GET", "/.well-known/jwks.json");

    expect(status).toBe(503);
    expect(body.code).toBe("keys_unavailable");
    expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(headers.get("Cache-Control")).toBe("no-store");
  });
});

describe("health", () => {
  test("is live and ready", async () => {
    const { send } = startService();

    const live = await send("GET", "/health/live");
    const ready = await send("GET", "/health/ready");

    expect([live.status, live.body]).toEqual([200, { status: "live" }]);
    expect([ready.status, ready.body]).toEqual([200, { status: "ready" }]);
  });

  test("warns whoever runs the service of a proxy that nobody named, and is ready all the same", async () => {
    const { app } = startService();
    const call = (path: string, init: RequestInit, peer: string) =>
      app.fetch(new Request(`http://localhost${path}`, init), { peer: () => peer });
    const readiness = async (peer = "127.0.0.1") => (await call("/health/ready", {}, peer)).json();
    const signIn = (peer: string, headers: Readonly<Record<string, string>> = {}) => {
      const body = JSON.stringify({ username: "nobody@example.com", password: "Wrong-Horse-8" });
      const type = { "content-type": "application/json" };
      return call("/v1/sign-in", { method: "POST", headers: { ...type, ...headers }, body }, peer);
    };
    await signIn("10.0.0.1");
    await signIn("203.0.113.7", { "x-forwarded-for": "198.51.100.1" });
    const before = await readiness();

    await signIn("10.0.0.1", { "x-forwarded-for": "198.51.100.1" });

    expect(before).toEqual({ status: "ready" });
    expect(await readiness()).toEqual({ status: "ready", warnings: ["unlisted_proxy"] });
    expect(await readiness("10.0.0.1")).toEqual({ status: "ready" });
  });

  test("is live and not ready without keys", async () => {
    const { send } = startService({ ports: withoutKeys });

    const live = await send("GET", "/health/live");
    const ready = await send("GET", "/health/ready");

    expect(live.status).toBe(200);
    expect([ready.status, ready.body.code]).toEqual([503, "keys_unavailable"]);
  });

  describe("without its database", () => {
    const token = "m".repeat(32);
    const database = { name: "database", check: () => Promise.reject(new Error("secret address")) };
    const metrics = { tokens: [token], count: () => undefined, write: () => "" };
    const start = (options: TestServiceOptions = {}) =>
      startService({ ports: () => ({ readiness: [database] }), ...options });

    test("is live and not ready, and tells this machine why", async () => {
      const { send } = start();

      const live = await send("GET", "/health/live");
      const ready = await send("GET", "/health/ready");

      expect(live.status).toBe(200);
      expect([ready.status, ready.body.code]).toEqual([503, "provider_unavailable"]);
      expect(ready.body.detail).toBe("Out of reach: database.");
      expect(ready.text).not.toContain("secret");
    });

    test("tells whoever has the operator's token, and nobody else", async () => {
      const { send } = start({ metrics });
      const ask = (shown?: string) =>
        send("GET", "/health/ready", shown === undefined ? {} : { token: shown });

      const answers = [await ask(token), await ask(), await ask("another"), await ask(`${token}x`)];

      expect(answers.map(({ status, body }) => [status, body.detail])).toEqual([
        [503, "Out of reach: database."],
        [503, undefined],
        [503, undefined],
        [503, undefined],
      ]);
    });

    test("tells nobody elsewhere where there is no such token", async () => {
      const { send } = start();

      const forwarded = await send("GET", "/health/ready", {
        headers: { "X-Forwarded-For": "203.0.113.7" },
      });

      expect([forwarded.status, forwarded.body.detail]).toEqual([503, undefined]);
    });
  });

  test("is live and not ready once the instance is being stopped", async () => {
    let stopping = false;
    const { send } = startService({ isDraining: () => stopping });
    const before = await send("GET", "/health/ready");
    stopping = true;

    const live = await send("GET", "/health/live");
    const ready = await send("GET", "/health/ready");

    expect([before.status, live.status, ready.status]).toEqual([200, 200, 503]);
    expect(ready.body.code).toBe("provider_unavailable");
  });
});
