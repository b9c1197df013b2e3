import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serve } from "../../src/node.ts";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { makeFullPool } from "../contract/cognito-strict-pool.ts";
import { type StrictCognito, startStrictCognito } from "../support/cognito-strict.ts";
import { layLine } from "../support/line.ts";
import { describeWithRedis } from "../support/redis.ts";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { freePort } from "../support/server-process.ts";
import { strictEnvironment } from "./cognito-environment.ts";
import { createProbe, type Probe } from "./probe.ts";
import { lastCode } from "./running-service.ts";
import { secretsIn } from "./secrets.ts";

const issuerBase = "https://strict.test";

/** A pool whose refresh tokens are good for one use and no more, and how often they were used. */
async function startPool() {
  const cognito: StrictCognito = await startStrictCognito({
    issuerBase,
    passkeys: passkeyVerifier(),
  });
  const { poolId, client } = await makeFullPool(cognito, { rotationGraceSeconds: 0 });
  let refreshes = 0;
  let hold: Promise<void> = Promise.resolve();
  const counting = await serve({
    port: 0,
    async fetch(request) {
      if (/GetTokensFromRefreshToken$/.test(request.headers.get("x-amz-target") ?? "")) {
        refreshes += 1;
        await hold;
      }
      return cognito.server.fetch(request);
    },
  });
  return {
    environment: {
      ...strictEnvironment({
        endpoint: `http://127.0.0.1:${counting.port}`,
        poolId,
        client,
        issuerBase,
      }),
      COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
      SESSION_SECRETS: crypto.randomUUID(),
    },
    codeFor: async (username: string, purpose: Parameters<Probe["codeFor"]>[1]) =>
      lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose),
    refreshes: () => refreshes,
    holdRefreshes(until: Promise<void>) {
      hold = until;
    },
    async close() {
      await counting.close();
      await cognito.close();
    },
  };
}

let pool: Awaited<ReturnType<typeof startPool>>;
const running: RunningRuntime[] = [];

beforeEach(async () => {
  pool = await startPool();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.kill()));
  await pool.close();
});

function probeOf(url: string, output: () => string): Probe {
  const { codeFor } = pool;
  return createProbe({ url, codeFor, promote: async () => undefined, secrets: [], output });
}

async function start(settings: Readonly<Record<string, string>>): Promise<Probe> {
  const service = await startRuntime("node", { ...pool.environment, ...settings });
  running.push(service);
  return probeOf(service.url, service.output);
}

/** Sends what a page of the service's own would. */
function send(probe: Probe, method: string, path: string, cookie: string, body?: unknown) {
  const headers = {
    "portico-session": "cookie",
    "sec-fetch-site": "same-origin",
    ...(cookie !== "" && { cookie }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  return probe.send(method, path, {
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

type Sent = Awaited<ReturnType<typeof send>>;

/** The cookies that were set, of which a browser lost the access token's: it has to be had anew. */
function expiredSession({ headers }: Sent): string {
  const lines = headers.getSetCookie().filter((line) => /^portico(?:\.\d)?=/.test(line));
  return lines.map((line) => line.slice(0, line.indexOf(";"))).join("; ");
}

async function signIn(probe: Probe): Promise<Sent> {
  const { username, password } = await probe.register();
  return send(probe, "POST", "/v1/sign-in", "", { username, password });
}

/** Fifty requests at once with one session that has to be refreshed, spread over instances. */
async function fifty(instances: readonly Probe[], old: string): Promise<readonly Sent[]> {
  const requests = Array.from({ length: 50 }, (_, index) => {
    const instance = instances[index % instances.length] ?? expect.fail("there is no instance");
    return send(instance, "GET", "/v1/session", old);
  });
  return Promise.all(requests);
}

/** Expects one refresh for all of them, and a session that can be refreshed again. */
async function expectOneRefresh(instances: readonly Probe[]): Promise<void> {
  const [first = expect.fail("there is no instance")] = instances;
  // Each reaches the store, which on a busy machine takes a while at first.
  for (const instance of instances) await refresh(instance);
  const before = pool.refreshes();
  const old = expiredSession(await signIn(first));
  // Refreshes of one second are one refresh.
  await delay(1100);

  const answers = await fifty(instances, old);
  const [late, next] = [await fifty(instances, old), answers[7] ?? expect.fail("no answer")];

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(late.map(({ status }) => status)).toEqual(late.map(() => 200));
  expect(pool.refreshes() - before).toBe(1);
  expect(new Set(answers.flatMap(({ headers }) => headers.getSetCookie())).size).toBe(2);
  await fifty(instances, expiredSession(next));
  expect(pool.refreshes() - before).toBe(2);
}

/** Refreshes a session of a user of its own. */
async function refresh(instance: Probe): Promise<void> {
  const old = expiredSession(await signIn(instance));
  expect((await send(instance, "GET", "/v1/session", old)).status).toBe(200);
}

describeWithRedis("processes that share refreshes in Redis", (redis) => {
  const shared = { SHARED_STATE: "redis", REDIS_URL: redis };

  test("make one for fifty requests with one expired session", async () => {
    await expectOneRefresh(await Promise.all([shared, shared, shared].map(start)));
  }, 60_000);

  test("end a session with the tokens that another has just been given", async () => {
    const [one, two] = await Promise.all([start(shared), start(shared)]);
    for (const instance of [one, two]) await refresh(instance);
    const before = pool.refreshes();
    const old = expiredSession(await signIn(one));
    await delay(1100);
    const gate = Promise.withResolvers<void>();
    pool.holdRefreshes(gate.promise);

    const refreshing = send(one, "GET", "/v1/session", old);
    await expect.poll(pool.refreshes).toBe(before + 1);
    const ending = send(two, "POST", "/v1/sign-out", old);
    gate.resolve();
    const [refreshed, ended] = await Promise.all([refreshing, ending]);

    expect([refreshed.status, ended.status]).toEqual([200, 204]);
    const after = await send(one, "POST", "/v1/token/refresh", expiredSession(refreshed));
    expect([after.status, JSON.parse(after.body).code]).toEqual([401, "invalid_refresh_token"]);
    const again = await send(two, "GET", "/v1/session", old);
    expect(again.status).toBe(401);
  }, 60_000);

  test("keep no token there that can be read", async () => {
    const line = await layLine(redis);
    const probe = await start({ ...shared, REDIS_URL: line.url });
    const signedIn = await signIn(probe);
    const sent: string[] = [];
    const { connectToRedis } = await import("../../src/adapters/redis/connection.ts");
    const connection = connectToRedis(redis, 5000);
    const before = new Set((await connection.send("KEYS", "portico:work:*")) as string[]);

    await send(probe, "GET", "/v1/session", expiredSession(signedIn));

    const keys = ((await connection.send("KEYS", "portico:work:*")) as string[]).filter(
      (key) => !before.has(key),
    );
    for (const key of keys) {
      sent.push(JSON.stringify(await connection.send("HGETALL", key)));
      expect(Number(await connection.send("TTL", key))).toBeLessThanOrEqual(60);
    }
    await connection.close();
    await line.cut();
    expect(sent.length).toBeGreaterThan(0);
    expect(secretsIn(sent.join(), new Headers())).toEqual([]);
  }, 60_000);

  test("refresh each for itself while Redis is gone, and say so", async () => {
    const line = await layLine(redis);
    const probe = await start({ ...shared, REDIS_URL: line.url });
    const old = expiredSession(await signIn(probe));
    await line.cut();

    const answers = await fifty([probe], old);

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(pool.refreshes()).toBe(1);
    expect(running[0]?.output()).toContain('"event":"shared_state"');
  }, 60_000);
});

describeOnRuntime("worker", "isolates that share refreshes in Durable Objects", () => {
  test("make one for fifty requests with one expired session", async () => {
    const twinPort = await freePort();
    const settings = { ...pool.environment, SHARED_STATE: "durable-object" };
    const service = await startRuntime("worker", settings, { twinPort });
    running.push(service);

    await expectOneRefresh(
      [service.url, `http://127.0.0.1:${twinPort}`].map((url) => probeOf(url, service.output)),
    );
  }, 60_000);
});

describe("processes that share nothing", () => {
  test("make one each at least, of which a provider that replaces tokens takes the first", async () => {
    const instances = await Promise.all([start({}), start({})]);
    const [first = expect.fail("there is no instance")] = instances;

    await fifty(instances, expiredSession(await signIn(first)));

    expect(pool.refreshes()).toBeGreaterThan(1);
  }, 60_000);
});
