import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../contract-check.ts";
import { account, startService, username } from "../support.ts";

test("whoever asks for nothing in particular is told what this is and where to read on", async () => {
  const { app } = startService();

  const response = await app.request("/");

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ name: "Portico", documentation: "/docs" });
});

describe("the OpenAPI document", () => {
  test("is served as JSON", async () => {
    const { app } = startService();

    const response = await app.request("/openapi.json");

    expect(response.headers.get("Content-Type")).toBe("application/json");
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(await response.json()).toEqual(document);
  });

  test("is served as YAML", async () => {
    const { app } = startService();

    const response = await app.request("/openapi.yaml");

    const text = await response.text();
    expect(response.headers.get("Content-Type")).toBe("application/yaml");
    expect(parse(text)).toEqual(document);
    expect(text).toBe(readFileSync("openapi.yaml", "utf8"));
  });
});

describe("the documentation page", () => {
  const parts = ["/docs", "/docs/app.js", "/docs/style.css"];

  test.each(parts)("serves %s with a policy that allows only what is its own", async (path) => {
    const { app } = startService();

    const response = await app.request(path);

    const policy = response.headers.get("Content-Security-Policy");
    expect(response.status).toBe(200);
    expect(policy).toMatch(
      /default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/,
    );
    expect(policy).not.toMatch(/unsafe|http|data:|\*/);
  });

  test("names nothing on another origin, and has no script or style inline", async () => {
    const { app } = startService();

    const all = await Promise.all(parts.map(async (path) => (await app.request(path)).text()));

    expect(all.join()).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(all[0]).not.toMatch(/<script(?![^>]*src)|<style|style=|\son\w+=/);
    expect(all[1]).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|localStorage|sessionStorage|cookie/,
    );
  });

  test("has a script that is JavaScript", async () => {
    const { app } = startService();
    const script = await (await app.request("/docs/app.js")).text();

    expect(() => new Function(`return async () => {${script}}`)).not.toThrow();
  });
});

describe("the outbox", () => {
  test("shows the messages to a user", async () => {
    const { send, outbox } = startService();
    const shown = startService({ outbox });
    await send("POST", "/v1/sign-up", { body: account });

    const response = await shown.app.request(`/dev/outbox?username=${username}`);

    expect(await response.json()).toEqual({
      messages: [
        {
          username: expect.any(String),
          medium: "email",
          destination: username,
          purpose: "sign_up_confirmation",
          code: outbox.messagesFor(username)[0]?.code,
          sent_at: expect.any(Number),
        },
      ],
    });
  });

  test.each([
    ["a page of elsewhere", { Origin: "https://evil.example" }],
    ["a page of nowhere", { Origin: "null" }],
    ["a page of another port", { Host: "localhost:8080", Origin: "http://localhost:3000" }],
    ["another name of this machine's", { Host: "evil.example:8080" }],
    ["a name that only begins like this machine's", { Host: "localhost.evil.example" }],
    ["whoever is behind a proxy", { "X-Forwarded-For": "192.0.2.7" }],
    ["whoever is behind a proxy that says so by the standard", { Forwarded: "for=192.0.2.7" }],
  ])("shows nothing to %s", async (_who, headers) => {
    const { app } = startService({
      outbox: startService().outbox,
      corsOrigins: ["https://evil.example", "http://localhost:3000"],
    });

    const response = await app.request(`/dev/outbox?username=${username}`, { headers });

    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "rejected_by_policy" });
  });

  test.each([
    ["127.0.0.1", 200],
    ["::1", 200],
    ["::ffff:127.0.0.1", 200],
    ["192.0.2.7", 403],
    ["fe80::1", 403],
    ["127.0.0.1.evil.example", 403],
  ])("answers a peer at %s with %i", async (address, status) => {
    const { app } = startService({ outbox: startService().outbox });

    const response = await app.request(
      `/dev/outbox?username=${username}`,
      { headers: { Host: "localhost:8080" } },
      { peer: () => address },
    );

    expect(response.status).toBe(status);
  });

  test.each([
    ["Node.js", { incoming: {}, outgoing: {} }],
    ["Deno", { remoteAddr: { hostname: "192.0.2.7" } }],
    ["Bun", new (class Server {})()],
    ["Workers", Object.freeze({ SOME_BINDING: "x" })],
  ])(
    "shows nothing through a server of %s that does not tell who asks",
    async (_which, connection) => {
      const { app } = startService({ outbox: startService().outbox });

      const response = await app.request(
        `/dev/outbox?username=${username}`,
        { headers: { Host: "localhost:8080" } },
        connection,
      );

      expect(response.status).toBe(403);
    },
  );

  test("shows its own page what it asks for", async () => {
    const { app } = startService({ outbox: startService().outbox });

    for (const origin of ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"]) {
      const headers = { Host: new URL(origin).host, Origin: origin };
      const response = await app.request(`${origin}/dev/outbox?username=${username}`, { headers });
      expect(response.status, origin).toBe(200);
    }
  });

  test("asks whose messages are meant", async () => {
    const shown = startService({ outbox: startService().outbox });

    const { status, body } = await shown.send("GET", "/dev/outbox");

    expect(status).toBe(400);
    expect(body.errors).toEqual([{ pointer: "/username", reason: "required" }]);
  });

  test("is not there where the provider has none", async () => {
    const { send } = startService();

    const { status } = await send("GET", "/dev/outbox?username=ada");

    expect(status).toBe(404);
  });
});

test("neither the document nor its page is served where that is turned off", async () => {
  const { send } = startService({ docs: false });

  for (const path of ["/", "/openapi.json", "/openapi.yaml", "/docs", "/docs/app.js"]) {
    expect((await send("GET", path)).status, path).toBe(404);
  }
  expect((await send("GET", "/health/live")).status).toBe(200);
});
