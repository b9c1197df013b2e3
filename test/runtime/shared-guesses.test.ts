import { afterEach, beforeEach, expect, test } from "vitest";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { makeFullPool } from "../contract/cognito-strict-pool.ts";
import { type StrictCognito, startStrictCognito } from "../support/cognito-strict.ts";
import { layLine } from "../support/line.ts";
import { describeWithRedis } from "../support/redis.ts";
import { type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { strictEnvironment } from "./cognito-environment.ts";
import { expectProblem } from "./expectations.ts";
import { createProbe, newAccount, type Probe } from "./probe.ts";
import { lastCode } from "./running-service.ts";

const issuerBase = "https://strict.test";

describeWithRedis("processes of the service that share their state in Redis", (redis) => {
  let cognito: StrictCognito;
  let poolId: string;
  let environment: Readonly<Record<string, string>>;
  const running: RunningRuntime[] = [];

  beforeEach(async () => {
    cognito = await startStrictCognito({ issuerBase, passkeys: passkeyVerifier() });
    const { poolId: id, client } = await makeFullPool(cognito, { hidesUsers: true });
    poolId = id;
    const { endpoint } = cognito;
    environment = {
      ...strictEnvironment({ endpoint, poolId, client, issuerBase }),
      COGNITO_FEATURES: "totp_mfa,email_code_sign_in",
      SHARED_STATE: "redis",
      RATE_LIMITS: "on",
      // The counts of another run are none of ours.
      ACCOUNT_HASH_SECRET: crypto.randomUUID(),
      TRUSTED_PROXIES: "1",
    };
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((service) => service.kill()));
    await cognito?.close();
  });

  async function start(url: string): Promise<Probe> {
    const service = await startRuntime("node", { ...environment, REDIS_URL: url });
    running.push(service);
    const codeFor: Probe["codeFor"] = async (username, purpose) =>
      lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose);
    const promote = async () => undefined;
    const probe = createProbe({
      url: service.url,
      codeFor,
      promote,
      secrets: [],
      output: service.output,
    });
    // Nothing sends a code before the state was reached, which on a busy machine takes a while at first.
    const ask = () => call(probe, "/v1/password/forgot", { username: newAccount().username });
    await expect.poll(async () => (await ask()).status, { timeout: 10_000 }).toBe(202);
    return probe;
  }

  const call = (probe: Probe, path: string, value: unknown) =>
    probe.send("POST", path, {
      headers: { "content-type": "application/json", "x-forwarded-for": anyAddress() },
      body: JSON.stringify(value),
    });

  async function beginByCode(probe: Probe, username: string): Promise<string> {
    const { status, body } = await call(probe, "/v1/sign-in", { username, factor: "email_code" });
    expect(status).toBe(200);
    return JSON.parse(body).challenge.session;
  }

  test("take five codes of a challenge in all, from any number of addresses", async () => {
    const probes = await Promise.all([redis, redis, redis].map(start));
    const [first] = probes;
    if (!first) return expect.fail("no process was started");
    const { username } = await first.register();
    const session = await beginByCode(first, username);
    const right = await first.codeFor(username, "sign_in_code");
    const code = right === "123456" ? "654321" : "123456";

    const guesses = Array.from({ length: 6 }, () => probes).flat();
    const answers = await Promise.all(
      guesses.map((probe) =>
        call(probe, "/v1/sign-in/challenge", { type: "email_code", session, code }),
      ),
    );

    const codes = answers.map(({ body }) => JSON.parse(body).code);
    expect(codes.filter((found) => found === "code_mismatch")).toHaveLength(5);
    expect(codes.filter((found) => found === "too_many_attempts")).toHaveLength(13);
    for (const probe of probes) {
      const proof = { type: "email_code", session, code: right };
      expectProblem(await call(probe, "/v1/sign-in/challenge", proof), 429, "too_many_attempts");
    }
  });

  test("look at no code while Redis is gone, and sign in with passwords all the same", async () => {
    const line = await layLine(redis);
    const probe = await start(line.url);
    const account = await probe.register();
    const { username, password } = account;
    const session = await beginByCode(probe, username);
    const code = await probe.codeFor(username, "sign_in_code");
    await line.cut();

    const answer = await call(probe, "/v1/sign-in/challenge", {
      type: "email_code",
      session,
      code,
    });
    const { status } = await call(probe, "/v1/sign-in", { username, password });

    expectProblem(answer, 503, "provider_unavailable");
    expect(status).toBe(200);
    expect(running[0]?.output()).toContain('"event":"shared_state"');
    await line.mend();
    await expect
      .poll(
        async () =>
          (await call(probe, "/v1/sign-in/challenge", { type: "email_code", session, code }))
            .status,
        { timeout: 8000 },
      )
      .toBe(200);
    await line.cut();
  });
});

/** One of a network that is for documents: RFC 5737. */
function anyAddress(): string {
  const [a, b] = crypto.getRandomValues(new Uint8Array(2));
  return `203.${a}.113.${b}`;
}
