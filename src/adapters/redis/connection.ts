import { IdentityError } from "../../domain/errors.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { missingPeer } from "../shared/peers/missing-peer.ts";

/** The part of the package that we use, which is there only for whoever uses this adapter. */
interface RedisPackage {
  createClient(options: object): RedisClient;
}

interface RedisClient {
  readonly isOpen: boolean;
  on(event: "error", listener: () => void): unknown;
  connect(): Promise<unknown>;
  sendCommand(args: readonly string[]): Promise<unknown>;
  destroy(): void;
}

/** A connection to Redis that is made when it is first needed, and made again whenever it breaks. */
export interface RedisConnection {
  /** @throws {IdentityError} `provider_unavailable` — there was no answer in time, or an error for an answer */
  send(...command: readonly string[]): Promise<unknown>;
  /** Ends it. Nothing can be sent any more. */
  close(): Promise<void>;
}

/** The code of the error that a Redis Cluster is refused with. */
export const clusterRefusal = "redis_cluster_not_supported";

const longestPauseMs = 2000;

/**
 * Connects to Redis through node-redis, where a process can open a TCP socket: on Node.js, Deno and Bun.
 *
 * @param url - `redis://user:password@host:port/database`, or `rediss://…` for TLS
 * @param timeoutMs - how long a command may take, the first one's connecting included
 */
export function connectToRedis(url: string, timeoutMs: number): RedisConnection {
  let connected: Promise<RedisClient> | undefined;
  let current: RedisClient | undefined;
  let isClosed = false;

  async function connect(): Promise<RedisClient> {
    const { createClient } = await load();
    const client = createClient({
      url,
      // A command that cannot be sent now fails now.
      disableOfflineQueue: true,
      // The client reads the environment for these notifications, beyond the permissions that Deno is given.
      maintNotifications: "disabled",
      // A connection that nobody answers on is found out, though nobody closed it.
      pingInterval: 4000,
      socket: {
        connectTimeout: timeoutMs,
        socketTimeout: 10_000,
        reconnectStrategy: (tries: number) => Math.min(longestPauseMs, 50 * 2 ** tries),
      },
    });
    // Unheard, the event would end the process. Each command that it fails says so itself.
    client.on("error", () => undefined);
    current = client;
    await client.connect();
    await refuseCluster(client);
    return client;
  }

  function client(): Promise<RedisClient> {
    connected ??= connect().catch((error) => {
      abandon();
      throw error;
    });
    return connected;
  }

  function abandon(): void {
    connected = undefined;
    if (current?.isOpen) current.destroy();
  }

  return {
    async send(...command) {
      try {
        if (isClosed) throw new Error("The connection was closed.");
        const answer = client().then((ready) => ready.sendCommand(command));
        return await withinDeadline(answer, timeoutMs);
      } catch (cause) {
        throw new IdentityError("provider_unavailable", { cause });
      }
    },

    async close() {
      isClosed = true;
      abandon();
    },
  };
}

/**
 * Refuses a node of a Redis Cluster: keys of one list or replay store are in different slots there, and nobody follows
 * where it moves them. A server that tells nothing, as to a user who may not ask, is taken for one that is by itself.
 *
 * @see https://redis.io/docs/latest/commands/info/
 */
async function refuseCluster(client: RedisClient): Promise<void> {
  const info = await client.sendCommand(["INFO", "cluster"]).catch(() => "");
  if (!/^cluster_enabled:1/m.test(String(info))) return;
  const message =
    "The address is that of a Redis Cluster, which is not supported: name a single server, or one behind Sentinel's address.";
  throw Object.assign(new Error(message), { code: clusterRefusal });
}

/** By a name that no bundler sees, as whoever has no use for Redis, and every Worker, shall not carry its package. */
async function load(): Promise<RedisPackage> {
  const specifier: string = "@redis/client";
  return import(/* @vite-ignore */ specifier).catch((cause) => {
    throw missingPeer(specifier, cause);
  });
}
