import { describe, expect, test } from "vitest";
import { startService } from "../support.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("security headers", () => {
  test.each([
    ["GET", "/health/live"],
    ["GET", "/v1/session"],
    ["GET", "/nowhere"],
    ["PUT", "/v1/me"],
    ["POST", "/v1/sign-in"],
    ["HEAD", "/v1/me"],
  ])("are on the answer to %s %s", async (method, path) => {
    const { app } = startService();

    const { headers } = await app.request(path, { method });

    expect(Object.fromEntries(headers)).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "no-referrer",
      "strict-transport-security": expect.stringMatching(/^max-age=(3153600\d|[4-9]\d{7})/),
      "x-content-type-options": "nosniff",
      "x-request-id": expect.stringMatching(uuid),
    });
    expect(headers.has("X-Powered-By")).toBe(false);
  });

  test("are on an answer to what nobody foresaw", async () => {
    const { app } = startService({
      ports: () => ({
        tokens: {
          verify() {
            throw "neither an Error nor a promise";
          },
        },
      }),
    });

    const response = await app.request("/v1/session", { headers: { Authorization: "Bearer a" } });

    expect(response.status).toBe(500);
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  test("and bodies never repeat what the request says of its host", async () => {
    const { app } = startService();

    const response = await app.request("http://evil.example/nowhere", {
      headers: { "X-Forwarded-Host": "evil.example", Forwarded: "host=evil.example" },
    });

    const answer = JSON.stringify([...response.headers]) + (await response.text());
    expect(answer).not.toContain("evil");
  });
});

describe("the request id", () => {
  test("is new for each request", async () => {
    const { send } = startService();

    const first = await send("GET", "/health/live");
    const second = await send("GET", "/health/live");

    expect(first.headers.get("X-Request-Id")).not.toBe(second.headers.get("X-Request-Id"));
  });

  test("is the client's where that is a plain UUID", async () => {
    const { send } = startService();
    const id = "0C6F3A52-9A3E-4F0B-8A49-6D3D6D1F2B11";

    const { headers } = await send("GET", "/v1/session", { headers: { "X-Request-Id": id } });

    expect(headers.get("X-Request-Id")).toBe(id.toLowerCase());
  });

  test.each([
    ["short", "1"],
    ["long", "x".repeat(4000)],
    ["made to forge an entry of the log", '"},{"forged":"entry'],
  ])("is not the client's where that is %s", async (_what, id) => {
    const { send } = startService();

    const { headers } = await send("GET", "/health/live", { headers: { "X-Request-Id": id } });

    expect(headers.get("X-Request-Id")).toMatch(uuid);
  });
});

describe("CORS", () => {
  const origin = "https://app.example.com";
  const corsOrigins = [origin, "http://localhost:5173"];

  test("lets a listed origin read answers, errors included", async () => {
    const { send } = startService({ corsOrigins });

    const { headers } = await send("GET", "/v1/session", { headers: { Origin: origin } });

    expect(headers.get("Access-Control-Allow-Origin")).toBe(origin);
    expect(headers.get("Access-Control-Expose-Headers")).toContain("X-Request-Id");
    // Cookies count only together with a header that no page may send unasked.
    expect(headers.get("Access-Control-Allow-Credentials")).toBe("true");
    expect(headers.get("Vary")).toBe("Origin");
  });

  test.each([
    "https://evil.example",
    "null",
    "https://app.example.com.evil.example",
    "https://evilapp.example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "*",
  ])("does not let %s", async (foreign) => {
    const { send } = startService({ corsOrigins });

    const { headers } = await send("GET", "/health/live", { headers: { Origin: foreign } });

    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(headers.get("Vary")).toBe("Origin");
  });

  test("answers the preflight of a listed origin", async () => {
    const { app } = startService({ corsOrigins });

    const response = await app.request("/v1/sign-in", {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
    });

    expect(response.status).toBe(204);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(origin);
    expect(response.headers.get("Access-Control-Allow-Methods")).toContain("POST");
    expect(response.headers.get("Access-Control-Allow-Headers")).toContain("Authorization");
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  test("refuses the preflight of any other origin", async () => {
    const { app } = startService({ corsOrigins });

    const response = await app.request("/v1/sign-in", {
      method: "OPTIONS",
      headers: { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" },
    });

    expect(response.status).toBe(405);
    expect(response.headers.has("Access-Control-Allow-Origin")).toBe(false);
  });

  test("is off by default", async () => {
    const { send } = startService();

    const { headers } = await send("GET", "/health/live", { headers: { Origin: origin } });

    expect(headers.has("Access-Control-Allow-Origin")).toBe(false);
    expect(headers.has("Vary")).toBe(false);
  });
});
