import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { document } from "../contract-check.ts";
import { account, startService, username } from "../support.ts";

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
