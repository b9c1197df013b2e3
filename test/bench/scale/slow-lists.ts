import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { createClient } from "@redis/client";
import {
  createDurableObjectRevocationList,
  createKvRevocationList,
  RevocationListObject,
  type RevocationNamespace,
} from "../../../src/adapters/cloudflare/index.ts";
import { revocationText } from "../../../src/adapters/jwt/revocations/revocation-text.ts";
import { createRedisRevocationList } from "../../../src/adapters/redis/index.ts";
import type { Revocation } from "../../../src/domain/revocation.ts";
import type { RevocationList } from "../../../src/ports/index.ts";
import { layLine } from "../../support/line.ts";

/** A list, over a link that can be made narrow. */
export interface SlowList {
  readonly name: string;
  /** Opens the list, with the time that one call of it may take. */
  open(timeoutMs: number): RevocationList;
  narrow(bytesPerSecond: number): void;
  received(): number;
  close(): Promise<void>;
}

/** A list on a real Redis, behind a TCP proxy. */
export async function redisOf(url: string, revocations: readonly Revocation[]): Promise<SlowList> {
  const key = `bench:${crypto.randomUUID()}`;
  const redis = createClient({ url });
  await redis.connect();
  for (let from = 0; from < revocations.length; from += 5000)
    await Promise.all(
      revocations.slice(from, from + 5000).map((each) => {
        const entry = { revocation: revocationText(each), until: String(each.until) };
        return redis.xAdd(key, "*", entry);
      }),
    );
  const line = await layLine(url);
  const lists: ReturnType<typeof createRedisRevocationList>[] = [];
  return {
    name: "Redis",
    open(timeoutMs) {
      const list = createRedisRevocationList({ url: line.url, key, timeoutMs });
      lists.push(list);
      return list;
    },
    narrow: line.narrow,
    received: line.received,
    async close() {
      for (const list of lists) await list.close();
      await line.cut();
      await redis.del(key);
      await redis.close();
    },
  };
}

/** A link in this process: what comes over it comes one after another, as fast as it is wide. */
function createLink() {
  let rate = Number.POSITIVE_INFINITY;
  let received = 0;
  let freeAt = 0;
  return {
    narrow(bytesPerSecond: number) {
      rate = bytesPerSecond;
    },
    received: () => received,
    async carry(bytes: number) {
      received += bytes;
      freeAt = Math.max(freeAt, performance.now()) + (bytes / rate) * 1000;
      const aheadMs = freeAt - performance.now();
      if (aheadMs > 0) await delay(aheadMs);
    },
  };
}

/** The class of the Durable Object itself, on a database as it has in workerd. */
export function durableObjectOf(revocations: readonly Revocation[]): SlowList {
  const database = new DatabaseSync(":memory:");
  const exec = (query: string, ...bindings: readonly (string | number)[]) => {
    const rows = database.prepare(query).all(...bindings);
    return { toArray: () => rows };
  };
  const storage = { sql: { exec }, getAlarm: async () => 1, setAlarm: async () => undefined };
  const object = new RevocationListObject({ storage });
  const insert = database.prepare("INSERT INTO revocations (text, until) VALUES (?, ?)");
  database.exec("BEGIN");
  for (const each of revocations) insert.run(revocationText(each), each.until);
  database.exec("COMMIT");
  const { narrow, received, carry } = createLink();
  const get = () => ({
    async fetch(url: string, init?: { readonly method: string; readonly body: string }) {
      const answer = await object.fetch(new Request(url, init));
      const body = await answer.text();
      await carry(body.length);
      return new Response(body, answer);
    },
  });
  return {
    name: "Durable Object",
    open: (timeoutMs) =>
      createDurableObjectRevocationList({
        namespace: { idFromName: (name) => name, get },
        timeoutMs,
      }),
    narrow,
    received,
    close: async () => database.close(),
  };
}

/** Lists as Workers KV does: by the names in order, a thousand at a time. */
export function kvOf(revocations: readonly Revocation[]): SlowList {
  const { narrow, received, carry } = createLink();
  const span = Math.floor(Date.now() / 300_000);
  const keys = revocations
    .map((each) => ({
      name: `revocation:${span}:${crypto.randomUUID()}`,
      metadata: revocationText(each),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const namespace: RevocationNamespace = {
    put: async () => undefined,
    async list({ prefix, limit = 1000, cursor = "0" }) {
      const from = Number(cursor);
      const found = prefix === "revocation:" || prefix.includes(`:${span}:`) ? keys : [];
      const page = found.slice(from, from + limit);
      const isComplete = from + limit >= found.length;
      await carry(JSON.stringify(page).length);
      return {
        keys: page,
        list_complete: isComplete,
        ...(!isComplete && { cursor: String(from + limit) }),
      };
    },
  };
  return {
    name: "Workers KV",
    open: (timeoutMs) => createKvRevocationList({ namespace, timeoutMs }),
    narrow,
    received,
    close: async () => undefined,
  };
}
