import { describe, expect, onTestFinished, test } from "vitest";
import {
  createSiteverifyCaptcha,
  type SiteverifyOptions,
} from "../../../src/adapters/siteverify/index.ts";
import { outcomeOf } from "../memory/support.ts";
import { startSiteverifyServer } from "./siteverify-server.ts";

const secret = "newest-secret";
const operation = "signUp";
const callerAddress = "203.0.113.7";

/** Starts a check over a service. */
async function start(
  options: Partial<SiteverifyOptions> = {},
  ...[known = [secret], answer]: Partial<Parameters<typeof startSiteverifyServer>>
) {
  const server = await startSiteverifyServer(known, answer);
  onTestFinished(server.close);
  const terms = { url: server.url, secrets: [secret], timeoutMs: 300, ...options };
  const { verify } = createSiteverifyCaptcha(terms);
  return { ...server, server, verify: (token: string) => outcomeOf(verify({ token, operation })) };
}

describe("a captcha service that speaks siteverify", () => {
  test("is asked once, with the secret, the token and the address in the body alone", async () => {
    const { url, server, pass } = await start();
    const token = pass();
    const { verify } = createSiteverifyCaptcha({ url, secrets: [secret] });
    await verify({ token, operation, callerAddress });

    expect(server.questions).toEqual([{ secret, response: token, remoteip: callerAddress }]);
    expect(server.targets).toEqual(["/siteverify"]);
  });

  test("is asked with the next secret where it does not know the newest, and the token is good still", async () => {
    const secrets = [secret, "older-secret"];
    const { server, pass, verify } = await start({ secrets }, ["older-secret"]);

    expect(await verify(pass())).toBe("done");
    expect(server.questions.map((question) => question.secret)).toEqual(secrets);
  });

  test("is not asked again where it knows the secret and not the token", async () => {
    const { server, verify } = await start({ secrets: [secret, "older-secret"] });

    expect(await verify("invented")).toBe("rejected_by_policy");
    expect(server.questions).toHaveLength(1);
  });

  test("that knows no secret is a fault of ours", async () => {
    const { pass, verify } = await start({}, ["another"]);

    expect(await verify(pass())).toBe("provider_misconfigured");
  });

  test("says whose page it was, and what for, where that is checked", async () => {
    const { pass, verify } = await start({ hostnames: ["app.example.com"], checksAction: true });
    const outcomes = [
      await verify(pass({ action: operation })),
      await verify(pass({ action: operation, hostname: "evil.example" })),
      await verify(pass({ action: "forgotPassword" })),
      await verify(pass()),
    ];

    const refused = Array(3).fill("rejected_by_policy");
    expect(outcomes).toEqual(["done", ...refused]);
  });

  test("is not asked of what no token looks like", async () => {
    const { server, verify } = await start();
    for (const token of ["", "two words", "x".repeat(8193)])
      expect(await verify(token)).toBe("rejected_by_policy");

    expect(server.questions).toEqual([]);
  });

  const say = (content: unknown) => JSON.stringify(content);
  test.each<[string, string, NonNullable<Parameters<typeof startSiteverifyServer>[1]>]>([
    ["no answer", "provider_unavailable", () => undefined],
    ["half an answer", "provider_unavailable", (_, response) => response.write('{"success"')],
    ["503", "provider_unavailable", (_, response) => response.writeHead(503).end("{}")],
    ["429", "provider_unavailable", (_, response) => response.writeHead(429).end("{}")],
    [
      "trouble of its own",
      "provider_unavailable",
      (_, response) => response.end(say({ success: false, "error-codes": ["internal-error"] })),
    ],
    [
      "a word that nobody knows",
      "rejected_by_policy",
      (_, response) => response.end(say({ success: false, "error-codes": ["bad-request"] })),
    ],
    ["no reason", "rejected_by_policy", (_, response) => response.end(say({ success: false }))],
    ["a page", "provider_misconfigured", (_, response) => response.end("<!doctype html>")],
    ["null", "provider_misconfigured", (_, response) => response.end("null")],
    ["yes", "provider_misconfigured", (_, response) => response.end(say({ success: "yes" }))],
    ["404", "provider_misconfigured", (_, response) => response.writeHead(404).end("{}")],
    [
      "a way elsewhere",
      "provider_misconfigured",
      (_, response) => response.writeHead(307, { Location: "/elsewhere" }).end("{}"),
    ],
  ])("that answers with %s is taken for %s", async (_answer, outcome, answer) => {
    const { server, verify } = await start({}, [secret], answer);

    expect((await verify("a-token")).replace(/ for \d+ s$/, "")).toBe(outcome);
    expect(server.questions).toHaveLength(1);
  });

  test("is asked so many at once, and the rest is told to come back", async () => {
    const { server, verify } = await start({}, [secret], () => undefined);
    const outcomes = await Promise.all(Array.from({ length: 400 }, () => verify("a-token")));

    expect(new Set(outcomes.map((outcome) => outcome.replace(/ for \d+ s$/, "")))).toEqual(
      new Set(["provider_unavailable", "overloaded"]),
    );
    expect(server.questions.length).toBeLessThanOrEqual(64);
  });
});
