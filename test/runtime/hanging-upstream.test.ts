import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "../../src/node.ts";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { makeFullPool } from "../contract/cognito-strict-pool.ts";
import { startStrictCognito } from "../support/cognito-strict.ts";
import { readExposition } from "../support/exposition.ts";
import { describeOnRuntime, startRuntime } from "../support/runtimes.ts";
import { timed } from "../support/timed.ts";
import { strictEnvironment } from "./cognito-environment.ts";
import { bearer, createProbe } from "./probe.ts";
import { lastCode } from "./running-service.ts";

/**
 * Row U1 of the checklist is of a minute with calls of four seconds. Here all goes on eight times as fast, so that as many time
 * limits go by, and as many requests come while each call hangs.
 */
const timeoutMs = 500;
const perSecond = 100;
const seconds = 8;

describeOnRuntime("node", "sign-ins that nobody answers", () => {
  let place: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    place = await start();
  });
  afterAll(() => place?.stop());

  test("cost few calls, no memory and no time of others", {
    ...timed,
    timeout: 60_000,
  }, async () => {
    const { faults, madeCalls, signIn, session, metrics } = place;
    faults.clear();
    await expect.poll(async () => (await signIn()).status, { timeout: 10_000 }).toBe(200);
    await metrics();
    const quiet = await atOnceEach(session, 2);
    const idle = await metrics();
    faults.inject({ kind: "lost_answer", operations: ["AdminInitiateAuth"] });
    const callsBefore = madeCalls("AdminInitiateAuth");

    const warming = await Promise.all([atOnceEach(signIn, 3, 10), atOnceEach(session, 3)]);
    const warm = await metrics();
    const rest = await Promise.all([
      atOnceEach(signIn, seconds - 3, 10),
      atOnceEach(session, seconds - 3),
    ]);
    const end = await metrics();

    const [signIns, sessions] = [warming[0].concat(rest[0]), warming[1].concat(rest[1])];
    expect(signIns).toHaveLength(perSecond * seconds);
    // The fifty that are let out at once, as many again that had waited, and one try each five seconds.
    expect(madeCalls("AdminInitiateAuth") - callsBefore).toBeLessThanOrEqual(110);
    expect(new Set(signIns.map(({ status }) => status))).toEqual(new Set([503, 504]));
    for (const { retryAfter } of signIns) expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(slowest(signIns)).toBeLessThan(5_000);
    expect(new Set(sessions.map(({ status }) => status))).toEqual(new Set([200]));
    // The bound is that of a quiet machine; one that is busy with other things was slower without all this as well.
    expect(slowest(sessions)).toBeLessThan(Math.max(250, 10 * slowest(quiet)));
    expect(end.eventLoopP99).toBeLessThan(Math.max(0.05, 10 * idle.eventLoopP99));
    // Whether it stays flat over half an hour, the soak tells.
    expect((end.memory - warm.memory) / 1e6).toBeLessThan(32);
  });

  // Row U2.
  test("are answered again within ten seconds of an answer", { timeout: 60_000 }, async () => {
    place.faults.clear();

    const status = async () => (await place.signIn()).status;

    await expect.poll(status, { timeout: 10_000, interval: 200 }).toBe(200);
  });
});

/** An answer, and how long it took. */
interface Timed {
  readonly status: number;
  readonly ms: number;
  readonly retryAfter: string | null;
}

async function answerTo(url: string, init: RequestInit): Promise<Timed> {
  const started = performance.now();
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  const { status, headers } = answer;
  return { status, ms: performance.now() - started, retryAfter: headers.get("Retry-After") };
}

/** Asks ten times a second for so many seconds, so many requests at once, whether or not those before were answered. */
async function atOnceEach(ask: () => Promise<Timed>, forSeconds: number, atOnce = 1) {
  const answers: Promise<Timed>[] = [];
  const startedAt = performance.now();
  for (let tick = 0; tick < forSeconds * 10; tick += 1) {
    for (let one = 0; one < atOnce; one += 1) answers.push(ask());
    await delay(Math.max(0, startedAt + (tick + 1) * 100 - performance.now()));
  }
  return Promise.all(answers);
}

/** Gives the time that no more than one in a hundred took, in milliseconds. */
function slowest(answers: readonly Timed[]): number {
  const times = answers.map(({ ms }) => ms).toSorted((left, right) => left - right);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

/** Starts the service on a strict server, whose calls are counted as they come. */
async function start() {
  const issuerBase = "https://strict.test";
  const cognito = await startStrictCognito({ issuerBase, passkeys: passkeyVerifier() });
  const { poolId, client } = await makeFullPool(cognito, { hidesUsers: true });
  const made = new Map<string, number>();
  const counting = await serve({
    port: 0,
    fetch(request) {
      const [, operation = ""] = request.headers.get("X-Amz-Target")?.split(".") ?? [];
      made.set(operation, (made.get(operation) ?? 0) + 1);
      return cognito.server.fetch(request);
    },
  });
  const endpoint = `http://127.0.0.1:${counting.port}`;
  const service = await startRuntime("node", {
    ...strictEnvironment({ endpoint, poolId, client, issuerBase }),
    COGNITO_TIMEOUT_MS: String(timeoutMs),
    RATE_LIMITS: "off",
    METRICS: "on",
    LOG_LEVEL: "warn",
  });
  const probe = createProbe({
    url: service.url,
    secrets: [],
    codeFor: async (username, purpose) =>
      lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose),
    promote: async () => expect.fail("nobody is promoted here"),
    output: service.output,
  });
  const account = await probe.register();
  // The pool makes its keys for the first sign-in, which can take longer than a call may.
  const first = await probe.signIn(account).catch(() => probe.signIn(account));
  const { username, password, accessToken } = first;
  const body = JSON.stringify({ username, password });
  const headers = { "Content-Type": "application/json" };
  return {
    signIn: () => answerTo(`${service.url}/v1/sign-in`, { method: "POST", headers, body }),
    session: () => answerTo(`${service.url}/v1/session`, { headers: bearer(accessToken) }),
    faults: cognito.server.faults,
    madeCalls: (operation: string) => made.get(operation) ?? 0,
    async metrics() {
      const page = readExposition(await (await fetch(`${service.url}/metrics`)).text());
      const readingOf = (name: string) => page.get(name)?.lines[0]?.value ?? Number.NaN;
      return {
        memory: readingOf("process_memory_usage_bytes"),
        eventLoopP99: readingOf("nodejs_eventloop_delay_p99_seconds"),
      };
    },
    async stop() {
      await service.stop();
      await counting.close();
      await cognito.close();
    },
  };
}
