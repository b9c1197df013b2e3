import { describe, expect, onTestFinished, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { createSiteverifyCaptcha } from "../../../src/adapters/siteverify/index.ts";
import { captchaOperations } from "../../../src/domain/captcha.ts";
import { defaultLimitPolicies } from "../../../src/domain/rate-limit-policies.ts";
import { startSiteverifyServer } from "../../adapters/siteverify/siteverify-server.ts";
import { account, password, startService, username } from "../../http/support.ts";

const secret = "secret-of-the-captcha-service";

/** The input of each operation that can ask for a captcha. */
const requests = [
  ["signUp", "/v1/sign-up", account],
  ["resendConfirmation", "/v1/sign-up/resend", { username }],
  ["forgotPassword", "/v1/password/forgot", { username }],
] as const;

/** A service that asks for captchas, and whoever says that they were passed. */
async function start(
  operations: readonly (typeof captchaOperations)[number][] = captchaOperations,
) {
  const captchas = await startSiteverifyServer([secret]);
  onTestFinished(captchas.close);
  const verifier = createSiteverifyCaptcha({ url: captchas.url, secrets: [secret] });
  const limiter = createMemoryRateLimiter();
  const service = startService({
    corsOrigins: ["https://app.example.com"],
    ports: () => ({
      captcha: { verifier, operations },
      limits: { limiter, policies: defaultLimitPolicies },
    }),
  });
  const post = (path: string, body: unknown, token?: string) =>
    service.send("POST", path, { body, ...(token && { headers: { "Portico-Captcha": token } }) });
  return { ...service, captchas, post };
}

describe("a captcha", () => {
  test.each(requests)("has to be passed for %s, once for each time", async (_id, path, body) => {
    const { captchas, post } = await start();
    const token = captchas.pass();
    const taken = await post(path, body, token);
    const others = [
      await post(path, body),
      await post(path, body, token),
      await post(path, body, "x"),
    ];

    expect([200, 201, 202]).toContain(taken.status);
    expect(others.map(({ status, body: { code } }) => [status, code])).toEqual(
      Array(3).fill([403, "rejected_by_policy"]),
    );
  });

  test.each(requests)(
    "is refused for %s before anything is sent, or counted but for the address",
    async (_id, path, body) => {
      const { captchas, post, outbox, events, identity } = await start();
      await identity.signUp(account);
      const before = outbox.messagesFor(username).length;
      for (let count = 0; count < 20; count += 1) await post(path, body);
      const taken = await post(path, body, captchas.pass());

      expect(outbox.messagesFor(username).slice(before).length).toBeLessThanOrEqual(1);
      expect(taken.status).toBeLessThan(300);
      expect(events.filter(({ type }) => type === "captcha")).toHaveLength(20);
      expect(events.map(({ type }) => type)).not.toContain("rate_limit");
    },
  );

  test.each(requests)(
    "is asked about for %s as often as the address may try, and a refusal counts for it alone",
    async (_id, path, body) => {
      const { app, captchas, identity } = await start();
      await identity.signUp(account);
      const ask = async (address: string, token: string) => {
        const { status } = await app.request(
          path,
          {
            method: "POST",
            headers: { "Content-Type": "application/json", "Portico-Captcha": token },
            body: JSON.stringify(body),
          },
          { peer: () => address },
        );
        return status;
      };
      const statuses: number[] = [];
      while (statuses.length < 15) statuses.push(await ask("203.0.113.7", "x"));

      expect(statuses).toEqual([...Array(10).fill(403), ...Array(5).fill(429)]);
      expect(captchas.questions).toHaveLength(10);
      expect(await ask("203.0.113.8", captchas.pass())).toBeLessThan(300);
    },
  );

  test("that nobody can be asked about is not counted", async () => {
    const { app, captchas } = await start();
    await captchas.close();
    const ask = () =>
      app.request(
        "/v1/password/forgot",
        {
          method: "POST",
          headers: { "Content-Type": "application/json", "Portico-Captcha": "x" },
          body: JSON.stringify({ username }),
        },
        { peer: () => "203.0.113.7" },
      );
    const answers = [];
    while (answers.length < 15) answers.push((await ask()).status);

    expect(answers).toEqual(Array(15).fill(503));
  });

  test("is not asked about where what was sent has not the right form", async () => {
    const { captchas, post } = await start();
    const token = captchas.pass();
    const short = await post("/v1/sign-up", { ...account, password: "short" }, token);
    const odd = await post("/v1/password/forgot", { username: "two names" }, token);

    expect([short.body.code, odd.body.code]).toEqual([
      "password_policy_violation",
      "validation_failed",
    ]);
    expect(captchas.questions).toEqual([]);
    expect((await post("/v1/sign-up", account, token)).status).toBe(201);
  });

  test("is asked for whether or not there is such a user", async () => {
    const { post, identity } = await start();
    await identity.signUp(account);
    const names = [username, "nobody@example.com"];
    const answers = await Promise.all(
      names.map((name) => post("/v1/password/forgot", { username: name })),
    );

    const told = answers.map(({ status, body }) => [status, body.code, body.detail]);
    expect(told[0]).toEqual(told[1]);
  });

  test("is asked for by the operations that are named, and no other", async () => {
    const { post, captchas } = await start(["forgotPassword"]);
    const signUp = await post("/v1/sign-up", account);
    const forgot = await post("/v1/password/forgot", { username });
    const signIn = await post("/v1/sign-in", { username, password });

    expect([signUp.status, forgot.status, signIn.body.code]).toEqual([
      201,
      403,
      "user_not_confirmed",
    ]);
    expect(captchas.questions).toEqual([]);
  });

  test("that nothing can be said of is nobody's fault, and is told by no secret", async () => {
    const { captchas, post } = await start();
    const token = captchas.pass();
    await captchas.close();
    const { status, body, headers, text } = await post("/v1/sign-up", account, token);

    expect([status, body.code]).toEqual([503, "provider_unavailable"]);
    expect(headers.get("Retry-After")).toMatch(/^\d+$/);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(token);
  });

  test("can be sent along by pages of origins that may call", async () => {
    const { app } = await start();
    const { headers } = await app.request("/v1/sign-up", {
      method: "OPTIONS",
      headers: {
        Origin: "https://app.example.com",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "portico-captcha",
      },
    });

    expect(headers.get("Access-Control-Allow-Headers")?.split(", ")).toContain("Portico-Captcha");
  });
});
