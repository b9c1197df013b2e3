import { describe, expect, test } from "vitest";
import { identityErrorCodes } from "../../../src/domain/errors.ts";
import { problems } from "../../../src/http/problem.ts";
import { document } from "../contract-check.ts";
import { startService } from "../support.ts";

const start = () => startService({ pages: {} });

describe("the pages on problems", () => {
  test.each(identityErrorCodes)("/problems/%s says what it is, and what to do", async (code) => {
    const { app } = start();
    const [status, title] = problems[code];

    const response = await app.request(`/problems/${code}`);
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(text).toContain(`<title>${code}: ${title}</title>`);
    expect(text).toContain(`${status} <code>${code}</code>`);
    expect(text).not.toMatch(/undefined|`|<script|\son\w+=|\sstyle=|https?:/);
  });

  test("list the operations that answer with the code, as the document does", async () => {
    const { app } = start();
    const page = async (code: string) => (await app.request(`/problems/${code}`)).text();
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );

    const before = await page("method_not_allowed");
    const listed = [...(await page("alias_taken")).matchAll(/<li><code>(\w+)/g)].map(
      ([, id]) => id,
    );

    expect(listed).toContain("confirmSignUp");
    expect(listed.filter((id) => id === undefined || !ids.includes(id))).toEqual([]);
    expect(before).toContain("None by itself");
    expect(await page("internal_error")).toContain("Every one.");
  });

  test("have a policy that allows their style and nothing else", async () => {
    const { app } = start();

    const response = await app.request("/problems/not_found");
    const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(await response.text()) ?? [];
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    const hash = Buffer.from(digest).toString("base64");

    expect(response.headers.get("Content-Security-Policy")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=300");
  });

  test("are pointed to by every problem, whose type is as it was", async () => {
    const { send } = start();

    const answers = await Promise.all([
      send("GET", "/v1/session"),
      send("GET", "/nowhere"),
      send("PUT", "/v1/sign-in"),
      send("POST", "/v1/sign-in", { body: {} }),
    ]);

    expect(answers.map(({ headers }) => headers.get("Link"))).toEqual([
      '</problems/invalid_token>; rel="help"',
      '</problems/not_found>; rel="help"',
      '</problems/method_not_allowed>; rel="help"',
      '</problems/validation_failed>; rel="help"',
    ]);
    expect(answers[0]?.body.type).toBe("urn:problem-type:portico:invalid_token");
  });

  test("are of no code that there is not", async () => {
    const { send } = start();

    const { status, body } = await send("GET", "/problems/constructor");

    expect([status, body.code]).toEqual([404, "not_found"]);
  });

  test("are neither there nor pointed to without the pages", async () => {
    const { send } = startService();

    const { status, headers } = await send("GET", "/problems/not_found");

    expect([status, headers.get("Link")]).toEqual([404, null]);
  });
});
