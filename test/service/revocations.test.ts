import { createClient } from "@redis/client";
import { afterAll, describe, expect, test } from "vitest";
import { createMemoryRevocationList } from "../../src/adapters/memory/index.ts";
import type { LogSeverity } from "../../src/adapters/system/json-lines.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { compose } from "../../src/service/compose.ts";
import { readRevocationSettings } from "../../src/service/revocations.ts";
import { readEnvironment, SettingsError, settingNames } from "../../src/service/settings.ts";
import { describeWithRedis } from "../support/redis.ts";

const principal: Principal = {
  kind: "user",
  subject: "subject-1",
  issuer: "https://issuer.example",
  clientId: "client-1",
  username: "ada",
  groups: [],
  scopes: [],
  sessionId: "session-1",
  issuedAt: 0,
  expiresAt: 9_999_999_999,
};

function faultsOf(environment: Record<string, unknown>): string {
  try {
    readEnvironment(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error("the settings were taken");
}

/** The revocations of a service with these settings, and what it logs. */
function revocationsWith(environment: Record<string, unknown>) {
  const logged: [LogSeverity, unknown][] = [];
  const read = readRevocationSettings(environment);
  if (!read.ok) throw new Error(read.faults.join());
  const log = (severity: LogSeverity, entry: object) => void logged.push([severity, entry]);
  const sharedList = createMemoryRevocationList();
  return { logged, revocations: read.value({ clock: Date, log, sharedList }) };
}

describe("the settings of revocations", () => {
  test("keep the list in memory, and for a day, where there are none", async () => {
    const { ports } = compose(readEnvironment({}));

    expect(ports.revocations?.longestTokenSeconds).toBe(86_400);
  });

  test.each([
    ["REVOCATION_LIST", { REVOCATION_LIST: "secret-list" }],
    ["REVOCATION_LIST_UNAVAILABLE", { REVOCATION_LIST_UNAVAILABLE: "secret-side" }],
    ["REVOCATION_LIST_STALE_SECONDS", { REVOCATION_LIST_STALE_SECONDS: "3601" }],
    ["REVOCATION_LIST_MAX_ENTRIES", { REVOCATION_LIST_MAX_ENTRIES: "999" }],
    ["REVOCATION_LIST_MAX_ENTRIES", { REVOCATION_LIST_MAX_ENTRIES: "10000001" }],
    ["ACCESS_TOKEN_MAX_SECONDS", { ACCESS_TOKEN_MAX_SECONDS: "59" }],
    ["ACCESS_TOKEN_MAX_SECONDS", { ACCESS_TOKEN_MAX_SECONDS: "86401" }],
    ["REDIS_URL", { REVOCATION_LIST: "redis" }],
    ["REDIS_URL", { REVOCATION_LIST: "redis", REDIS_URL: "secret-host:6379" }],
    ["REDIS_URL", { REVOCATION_LIST: "redis", REDIS_URL: "http://secret-host" }],
    ["REVOCATIONS", { REVOCATION_LIST: "kv" }],
    ["REVOCATIONS", { REVOCATION_LIST: "kv", REVOCATIONS: "secret-namespace" }],
    ["REVOCATION_LIST_OBJECT", { REVOCATION_LIST: "durable-object", REVOCATION_LIST_OBJECT: {} }],
  ])("find %s at fault in %j, and tell no value", (name, environment) => {
    const message = faultsOf({ PORT: "x", ...environment });

    expect(message).toContain(`  ${name}: `);
    expect(message).toContain("  PORT: ");
    expect(message).not.toContain("secret-");
  });

  test("leave alone what another list would need", () => {
    expect(() =>
      readEnvironment({ REDIS_URL: "nothing", REVOCATION_LIST: "memory" }),
    ).not.toThrow();
  });

  test("name no bindings of Workers among the variables", () => {
    expect(settingNames()).toContain("REDIS_URL");
    expect(settingNames()).not.toContain("REVOCATIONS");
  });

  test("take a list that is bound, and refuse tokens or take them while it fails", async () => {
    const failing = () => Promise.reject(new TypeError("secret-reason"));
    const bound = { REVOCATION_LIST: "kv", REVOCATIONS: { put: failing, list: failing } };
    const open = revocationsWith(bound);
    const closed = revocationsWith({ ...bound, REVOCATION_LIST_UNAVAILABLE: "refuse" });

    const taken = await open.revocations.isRevoked(principal);
    const refused = Promise.resolve(closed.revocations.isRevoked(principal));

    expect(taken).toBe(false);
    await expect(refused).rejects.toMatchObject({ code: "provider_unavailable" });
    expect(open.logged).toEqual([
      ["error", { event: "revocation_list", outcome: "failure", reason: "TypeError" }],
    ]);
  });

  test("say how many entries are kept, which is warned of when it is nearly so many, and when it is", async () => {
    const { logged, revocations } = revocationsWith({ REVOCATION_LIST_MAX_ENTRIES: "1000" });
    const until = Math.floor(Date.now() / 1000) + 600;
    const { issuer } = principal;
    for (let index = 0; index <= 1000; index += 1)
      await revocations.add({ kind: "session", issuer, sessionId: `session-${index}`, until });

    expect(await revocations.isRevoked({ ...principal, sessionId: "session-0" })).toBe(true);

    const event = "revocation_list";
    expect(logged).toEqual([
      ["warn", { event, reason: "nearly_full", entries: 800, max_entries: 1000 }],
      ["warn", { event, reason: "full", entries: 1000, max_entries: 1000 }],
    ]);
  });

  test("say how long tokens live, and so how long they are refused", () => {
    const { revocations } = revocationsWith({ ACCESS_TOKEN_MAX_SECONDS: "3600" });

    expect(revocations.longestTokenSeconds).toBe(3600);
  });
});

describeWithRedis("the log of a service", (url) => {
  // A database of its own, as the list is kept under one name.
  const REDIS_URL = new URL("/9", url).href;
  const redis = createClient({ url: REDIS_URL });
  afterAll(() => redis.destroy());

  test("says that Redis has come back without the list", { timeout: 10_000 }, async () => {
    await redis.connect();
    await redis.flushDb();
    const { logged, revocations } = revocationsWith({ REVOCATION_LIST: "redis", REDIS_URL });
    const until = Math.floor(Date.now() / 1000) + 600;
    await revocations.add({
      kind: "session",
      issuer: "https://issuer.example",
      sessionId: "1",
      until,
    });
    await revocations.isRevoked(principal);

    await redis.flushDb();

    const ask = async () => {
      await revocations.isRevoked(principal);
      return logged;
    };
    const reason = "lost_entries";
    await expect
      .poll(ask, { timeout: 6000 })
      .toEqual([["error", { event: "revocation_list", outcome: "failure", reason, restored: 1 }]]);
    await redis.flushDb();
  });
});
