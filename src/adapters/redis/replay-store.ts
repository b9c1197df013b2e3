import type { Clock, ReplayStore } from "../../ports/index.ts";
import { connectToRedis } from "./connection.ts";

/** The options of {@link createRedisReplayStore}. */
export interface RedisReplayStoreOptions {
  /** `redis://user:password@host:port/database`, or `rediss://…` for TLS. */
  readonly url: string;
  /** The beginning of the key of each id. @default "portico:replays" */
  readonly prefix?: string;
  /** The time that a command may take, connecting included, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** A replay store that can be left. */
export interface RedisReplayStore extends ReplayStore {
  /** Ends the connection. */
  close(): Promise<void>;
}

/**
 * Remembers in Redis or Valkey what may be used once, for all processes that reach it. A Redis that may drop keys when
 * it is full (`maxmemory-policy` other than `noeviction`) may let a proof be used again. Of Redis's commands it needs SET,
 * INFO and PING.
 */
export function createRedisReplayStore(options: RedisReplayStoreOptions): RedisReplayStore {
  const { url, prefix = "portico:replays", timeoutMs = 1000, clock = Date } = options;
  const connection = connectToRedis(url, timeoutMs);
  return {
    async add(id, until) {
      const leftMs = Math.ceil(until * 1000 - clock.now());
      const key = `${prefix}:${id}`;
      // An id that is over may be forgotten, but two who show it at once are still told apart.
      const args = ["NX", "PX", String(Math.max(1000, leftMs))];
      return (await connection.send("SET", key, "1", ...args)) === "OK";
    },

    close: connection.close,
  };
}
