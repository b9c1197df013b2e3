import { describe, expect, test, vi } from "vitest";
import { createTransport } from "../../src/client/transport.ts";
import { createClient } from "../../src/client.ts";
import { problem, rejection } from "./support.ts";

const address = "https://id.example.com/auth";
const user = { username: "ada@example.com" };

const answering = (answer: () => Response | Promise<Response>, timeout = 1_000) =>
  createTransport(address, async () => answer(), timeout);

/** An answer that never comes, as `fetch` has it. */
const silent = (...[, init]: Parameters<typeof fetch>) =>
  new Promise<Response>((_, reject) => {
    init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  });

const forgot = (transport: ReturnType<typeof createTransport>, signal?: AbortSignal) =>
  transport.send("post", "/v1/password/forgot", { body: user, signal });

describe("a request to the service", () => {
  test("goes to its address, with what belongs to it", async () => {
    const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) =>
      Response.json({ ok: true }),
    );
    const transport = createTransport(address, fetch, 1_000);

    await transport.send("post", "/v1/me/attributes/{name}/verification/confirm", {
      params: { name: "a/b ?" },
      query: { limit: 5, cursor: undefined },
      body: { code: "123456" },
      captcha: "solved",
      headers: { Authorization: "Bearer a" },
    });

    const [url, init] = fetch.mock.calls[0] ?? [];
    expect(url).toBe(`${address}/v1/me/attributes/a%2Fb%20%3F/verification/confirm?limit=5`);
    expect(init).toMatchObject({
      method: "POST",
      body: '{"code":"123456"}',
      redirect: "manual",
      headers: {
        Authorization: "Bearer a",
        "Content-Type": "application/json",
        "Portico-Captcha": "solved",
      },
    });
    expect(init).not.toHaveProperty("credentials");
  });

  test.each([
    ["", "required"],
    [".", "dot_segment"],
    ["..", "dot_segment"],
  ])("for %j is none, as its path would be that of something else", async (username, reason) => {
    const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) => Response.json({}));
    const transport = createTransport(address, fetch, 1_000);
    const resetMfa = transport.send("delete", "/v1/admin/users/{username}/mfa", {
      params: { username },
    });

    expect(await rejection(resetMfa)).toMatchObject({
      code: "validation_failed",
      errors: [{ pointer: "/username", reason }],
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test("takes the cookies along only where it is one of a session", async () => {
    const fetch = vi.fn(async (..._: Parameters<typeof globalThis.fetch>) => Response.json({}));
    const transport = createTransport(address, fetch, 1_000);

    await transport.send("get", "/v1/me", { headers: { "Portico-Session": "cookie" } });

    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ credentials: "include" });
  });

  test.each([
    [500, "<h1>Bad Gateway</h1>"],
    [502, ""],
    [404, "null"],
    [403, '"blocked"'],
    [401, '{"message":"Unauthorized"}'],
    [200, "<h1>Welcome to our Wi-Fi</h1>"],
    [200, ""],
  ])("that something else answers with %i %j is told so", async (status, body) => {
    const error = await rejection(forgot(answering(() => new Response(body, { status }))));

    expect(error).toMatchObject({ code: "unexpected_answer", status });
  });

  test("is not taken elsewhere by a redirect", async () => {
    const redirect = () => new Response(null, { status: 307, headers: { Location: "/else" } });

    expect(await rejection(forgot(answering(redirect)))).toMatchObject({
      code: "unexpected_answer",
    });
  });

  test("that is refused tells when to come back, and which request it was", async () => {
    const refused = () => {
      const answer = problem(429, "too_many_attempts");
      answer.headers.set("Retry-After", "30");
      answer.headers.set("X-Request-Id", "r-1");
      return answer;
    };

    expect(await rejection(forgot(answering(refused)))).toMatchObject({
      name: "PorticoError",
      code: "too_many_attempts",
      status: 429,
      retryAfter: 30,
      requestId: "r-1",
      errors: [],
    });
  });

  test("without a connection is an error of its own, with its cause", async () => {
    const cause = new TypeError("Failed to fetch");

    const error = await rejection(forgot(answering(() => Promise.reject(cause))));

    expect(error).toMatchObject({ code: "network_error", status: 0, cause });
  });

  test("that breaks off is one without a connection", async () => {
    const broken = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.error(new TypeError("terminated"));
          },
        }),
      );

    expect(await rejection(forgot(answering(broken)))).toMatchObject({ code: "network_error" });
  });

  test("has a limit of time", async () => {
    const auth = createClient({ url: address, fetch: silent, timeout: 20 });

    expect(await rejection(auth.forgotPassword(user))).toMatchObject({ code: "request_timeout" });
  });

  test("ends with its signal, whose reason it gives", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");

    const error = rejection(forgot(createTransport(address, silent, 1_000), controller.signal));
    controller.abort(reason);

    expect(await error).toBe(reason);
  });
});
