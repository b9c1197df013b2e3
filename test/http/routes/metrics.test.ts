import { describe, expect, test } from "vitest";
import type { CountedRequest } from "../../../src/http/exchange/answering.ts";
import { startService } from "../support.ts";

const newest = "newest-token-of-operators-0123456789";
const oldest = "oldest-token-of-operators-0123456789";

function startCounted(tokens: readonly string[] = []) {
  const counted: CountedRequest[] = [];
  const metrics = {
    tokens,
    count: (request: CountedRequest) => counted.push(request),
    write: () => "# HELP a A.\n# TYPE a gauge\na 1\n",
  };
  return { ...startService({ metrics }), counted };
}

describe("getMetrics", () => {
  test("is not there unless it was asked for", async () => {
    const { status, body } = await startService().send("GET", "/metrics");

    expect([status, body.code]).toEqual([404, "not_found"]);
  });

  test("answers this machine with the text of Prometheus", async () => {
    const { status, headers, text } = await startCounted().send("GET", "/metrics");

    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(text).toBe("# HELP a A.\n# TYPE a gauge\na 1\n");
  });

  test.each([
    ["a peer of elsewhere", {}, "203.0.113.7"],
    ["a peer that is not known", {}, undefined],
    ["a proxy on this machine", { "X-Forwarded-For": "203.0.113.7" }, "127.0.0.1"],
    ["a page of elsewhere", { Origin: "https://evil.example" }, "127.0.0.1"],
    ["a name made this machine's", { Host: "evil.example" }, "127.0.0.1"],
  ])(
    "answers without a token no request from %s",
    async (_who, headers: Record<string, string>, peer) => {
      const { app } = startCounted();

      const response = await app.request(
        "http://localhost/metrics",
        { headers },
        { peer: () => peer },
      );

      expect(response.status).toBe(403);
    },
  );

  test.each([newest, oldest])("takes each of its tokens: %s", async (token) => {
    const { send } = startCounted([newest, oldest]);

    expect((await send("GET", "/metrics", { token })).status).toBe(200);
  });

  test("asks for its token, on this machine as well, and for no other", async () => {
    const { send, signedIn } = startCounted([newest]);
    const { access_token } = await signedIn();

    const without = await send("GET", "/metrics");
    expect([without.status, without.body.code]).toEqual([401, "invalid_token"]);
    expect(without.headers.get("WWW-Authenticate")).toBe('Bearer realm="portico"');
    for (const token of [access_token, oldest, `${newest}x`, newest.slice(1)]) {
      const { status, body, headers } = await send("GET", "/metrics", { token });
      expect([status, body.code]).toEqual([401, "invalid_token"]);
      expect(headers.get("WWW-Authenticate")).toContain('error="invalid_token"');
    }
  });

  test.each([
    ["in the query", `/metrics?access_token=${newest}`, {}],
    ["by another scheme", "/metrics", { Authorization: `Basic ${btoa(`x:${newest}`)}` }],
  ])("takes no token %s", async (_where, target, headers) => {
    const { send } = startCounted([newest]);

    expect((await send("GET", target, { headers })).status).toBe(401);
  });

  test("counts each request by its route and never by its path", async () => {
    const { send, counted } = startCounted();

    await send("GET", "/v1/admin/users/ada@example.com");
    await send("GET", "/nothing/ada@example.com");

    expect(counted).toMatchObject([
      { method: "GET", route: "/v1/admin/users/{username}", status: 401 },
      { method: "GET", route: undefined, status: 404 },
    ]);
    expect(counted.every(({ seconds }) => seconds > 0 && seconds < 10)).toBe(true);
  });
});
