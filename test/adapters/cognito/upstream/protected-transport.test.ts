import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  createProtectedTransport,
  type ProtectionTerms,
} from "../../../../src/adapters/cognito/upstream/protected-transport.ts";
import { createTransport as createFetchTransport } from "../../../../src/adapters/cognito/wire/transport-fetch.ts";
import { createTransport as createSdkTransport } from "../../../../src/adapters/cognito/wire/transport-sdk.ts";
import type { UpstreamCall } from "../../../../src/ports/index.ts";
import type { CognitoFault } from "../../../../src/testing/index.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../../../support/cognito-strict.ts";
import { timed } from "../../../support/timed.ts";
import { startUpstream } from "../fixtures.ts";

const started: StrictCognito[] = [];

/** The answers of a firewall or a proxy in Cognito's place, and the state of the breaker after thirty of each. */
const strangers = [
  [403, "<html>Request blocked</html>", "closed"],
  [403, '{"message":"Forbidden"}', "closed"],
  [404, "", "closed"],
  [408, "<html>too slow</html>", "open"],
  [429, "<html>too many</html>", "open"],
  [503, "<html>maintenance</html>", "open"],
] as const;

// Which takes longer on a busy machine than a call may.
beforeAll(() => import("../../../../src/adapters/cognito/wire/client-sdk.ts"), 30_000);
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

describe.each([
  ["the SDK", createSdkTransport],
  ["fetch", createFetchTransport],
])("over %s", (_way, createTransport) => {
  /** A transport on a strict server, and a clock that goes by itself and can be put ahead. */
  async function start(terms: Partial<ProtectionTerms> = {}) {
    const cognito = await startStrictCognito();
    started.push(cognito);
    const poolId = await makePool(cognito, {});
    const client = await makeClient(cognito, poolId, {});
    const { timeoutMs = 4_000 } = terms;
    let aheadMs = 0;
    const made: UpstreamCall[] = [];
    const bare = createTransport({
      region: strictRegion,
      credentials: anyCredentials,
      endpoint: cognito.endpoint,
      timeoutMs,
    });
    let sent = 0;
    const { transport, states, startBudget } = createProtectedTransport(
      (operation, input, budget) => {
        sent += 1;
        return bare(operation, input, budget);
      },
      {
        timeoutMs,
        now: () => performance.now() + aheadMs,
        observer: { onCall: (call) => made.push(call), onBreaker: () => undefined },
        ...terms,
      },
    );
    const wrongPassword = () =>
      transport("AdminInitiateAuth", {
        UserPoolId: poolId,
        ClientId: client.id,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "nobody", PASSWORD: "Wrong-horse-7" },
      });
    const listUsers = () => transport("ListUsers", { UserPoolId: poolId, Limit: 1 });
    return {
      faults: cognito.server.faults,
      poolId,
      transport,
      startBudget,
      states,
      listUsers,
      wrongPassword,
      sent: () => sent,
      outcomes: () =>
        Object.entries(Object.groupBy(made, ({ outcome }) => outcome)).map(([name, all]) => [
          name,
          all.length,
        ]),
      advance: (ms: number) => {
        aheadMs += ms;
      },
    };
  }

  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => "answered",
      (error: { readonly code?: string; readonly name: string }) => error.code ?? error.name,
    );
  const codesOf = async (count: number, call: () => Promise<unknown>) => {
    const codes = await Promise.all(Array.from({ length: count }, () => codeOf(call())));
    return Object.fromEntries(
      Object.entries(Object.groupBy(codes, (code) => code)).map(([code, all = []]) => [
        code,
        all.length,
      ]),
    );
  };

  const sick: readonly CognitoFault[] = [
    { kind: "server_error" },
    { kind: "throttling" },
    { kind: "malformed_answer" },
    { kind: "lost_answer" },
  ];

  test.each(sick)(
    "stops calling after twenty times $kind, and heals within ten seconds",
    async (fault) => {
      const { faults, listUsers, sent, advance, outcomes } = await start({ timeoutMs: 500 });
      faults.inject(fault);
      await codesOf(20, listUsers);
      expect(sent()).toBe(20);

      expect(await codesOf(50, listUsers)).toEqual({ provider_unavailable: 50 });
      expect(sent()).toBe(20);
      expect(outcomes()).toContainEqual(["spared", 50]);
      await expect(listUsers()).rejects.toMatchObject({ retryAfterSeconds: 5 });

      // One of many tries, and finds it as sick as before.
      advance(5_000);
      await codesOf(50, listUsers);
      expect(sent()).toBe(21);

      faults.clear();
      advance(5_000);
      expect(await codeOf(listUsers())).toBe("answered");
      expect(await codesOf(20, listUsers)).toEqual({ answered: 20 });
    },
  );

  test("answers at once while it is open, by no timer", timed, async () => {
    const { faults, listUsers } = await start();
    faults.inject({ kind: "server_error" });
    await codesOf(20, listUsers);
    const timers = vi.spyOn(globalThis, "setTimeout");
    const begun = performance.now();

    await codesOf(100, listUsers);

    expect(performance.now() - begun).toBeLessThan(100 * 5);
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });

  test("is never opened by what users do wrong", async () => {
    const { wrongPassword, states, sent } = await start();

    for (let round = 0; round < 4; round += 1)
      expect(Object.keys(await codesOf(25, wrongPassword))).not.toContain("provider_unavailable");

    expect(sent()).toBe(100);
    expect(states()).toMatchObject([{ category: "user_authentication", breaker: "closed" }]);
  });

  test.each(strangers)("answered by %d with %j leaves the breaker %s", async (...stranger) => {
    const [status, body, expected] = stranger;
    const upstream = await startUpstream();
    upstream.script("ListUsers", (_request, response) => {
      response.writeHead(status, { "retry-after": "60" }).end(body);
    });
    const { endpoint } = upstream;
    const terms = { region: strictRegion, credentials: anyCredentials, timeoutMs: 4_000 };
    const { transport, states } = createProtectedTransport(
      createTransport({ ...terms, endpoint }),
      terms,
    );
    const listUsers = () => transport("ListUsers", { UserPoolId: "us-east-1_example" });

    await codeOf(listUsers());
    expect(states()).toMatchObject([{ breaker: "closed" }]);
    await codesOf(29, listUsers);

    expect(states()).toMatchObject([{ breaker: expected }]);
  });

  test("lets no category take another's room or time", timed, async () => {
    const { faults, listUsers, wrongPassword, states } = await start();
    faults.inject({ kind: "lost_answer", operations: ["ListUsers"] });
    const hanging = codesOf(60, listUsers);
    await delay(200);
    expect(states()).toMatchObject([{ category: "user_list", underWay: 50, waiting: 10 }]);

    const begun = performance.now();
    await wrongPassword().catch(() => undefined);

    expect(performance.now() - begun).toBeLessThan(500);
    expect(await hanging).toEqual({ provider_timeout: 50, overloaded: 10 });
  });

  test("refuses what there is no room for, and makes no call of it", async () => {
    const { faults, listUsers, sent, outcomes } = await start({
      most: 2,
      mostWaiting: 3,
      timeoutMs: 1_000,
    });
    faults.inject({ kind: "lost_answer" });
    const begun = performance.now();

    const first = codesOf(5, listUsers);
    expect(await codesOf(20, listUsers)).toEqual({ overloaded: 20 });
    expect(performance.now() - begun).toBeLessThan(500);

    expect(await first).toEqual({ overloaded: 3, provider_timeout: 2 });
    expect(sent()).toBe(2);
    expect(outcomes()).toEqual([
      ["refused", 23],
      ["timed_out", 2],
    ]);
  });

  test("lets whoever waits have the next turn", async () => {
    const { faults, listUsers } = await start({ most: 2 });
    faults.inject({ kind: "latency", delayMs: 50 });

    expect(await codesOf(10, listUsers)).toEqual({ answered: 10 });
  });

  test("has fewer calls at once after throttling, and comes back", async () => {
    const { faults, listUsers, states, outcomes } = await start();
    faults.inject({ kind: "throttling", times: 3 });
    const concurrency = () => states()[0]?.concurrency;

    await codeOf(listUsers());
    expect(concurrency()).toBe(25);
    await delay(5);
    await codeOf(listUsers());
    await delay(5);
    await codeOf(listUsers());
    expect(concurrency()).toBe(6);
    expect(outcomes()).toEqual([["throttled", 3]]);

    await codesOf(60, listUsers);
    expect(concurrency()).toBeGreaterThan(9);
  });

  test("has one time for all calls of a request", timed, async () => {
    const { faults, transport, poolId, startBudget } = await start({ timeoutMs: 1_000 });
    faults.inject({ kind: "lost_answer" });
    const budget = startBudget();
    const begun = performance.now();
    const call = () => codeOf(transport("ListUsers", { UserPoolId: poolId, Limit: 1 }, budget));

    const codes = [await call(), await call(), await call()];

    expect(codes).toEqual(Array(3).fill("provider_timeout"));
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  test("blames no category for a call that had too little time left", async () => {
    const { faults, transport, poolId, startBudget, states } = await start({ timeoutMs: 1_000 });
    faults.inject({ kind: "lost_answer" });
    const late = async () => {
      const budget = startBudget();
      await delay(1_000);
      return transport("ListUsers", { UserPoolId: poolId, Limit: 1 }, budget);
    };

    expect(await codesOf(30, late)).toEqual({ provider_timeout: 30 });

    expect(states()).toMatchObject([{ breaker: "closed" }]);
  });
});

test("is neither freed nor frozen by a system clock that jumps five minutes", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  let isWell = false;
  const { transport } = createProtectedTransport(
    async () => {
      if (!isWell) throw new TypeError("fetch failed");
      return {};
    },
    { timeoutMs: 4_000 },
  );
  const call = () => transport("ListUsers", { UserPoolId: "us-east-1_example" });
  const spared = () => expect(call()).rejects.toMatchObject({ code: "provider_unavailable" });
  for (let calls = 0; calls < 20; calls += 1) await expect(call()).rejects.toThrow("fetch failed");
  const opened = performance.now();

  vi.setSystemTime(Date.now() + 300_000);
  await spared();
  vi.setSystemTime(Date.now() - 600_000);
  await spared();
  isWell = true;
  await delay(5_001 - (performance.now() - opened));

  expect(await call()).toEqual({});
}, 15_000);
