import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { describeWhere } from "./describe-where.ts";

/**
 * Describes tests that need Redis, at TEST_REDIS_URL. Without one they are skipped, and say why; where REQUIRE_REDIS is
 * set, that is a failure.
 */
export function describeWithRedis(title: string, define: (url: string) => void): void {
  const url = process.env.TEST_REDIS_URL;
  const missing = url ? undefined : "TEST_REDIS_URL names no Redis";
  const required = Boolean(process.env.REQUIRE_REDIS);
  describeWhere(title, { missing, required }, () => define(url ?? ""));
}

/** A way to a server that can be cut. */
export interface Line {
  /** The server's address, by this line. */
  readonly url: string;
  /** From now on what is sent goes nowhere, and comes to no end. */
  mute(): void;
  /** Breaks all connections, and takes no more. */
  cut(): Promise<void>;
  /** Takes connections again. */
  mend(): Promise<void>;
}

/** Lays a line to a server. */
export async function layLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isMute = false;
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port || 6379) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => isMute || to.write(bytes));
      from.on("error", () => undefined).on("close", () => to.destroy());
    }
  });
  const listen = (at: number) => once(server.listen(at, "127.0.0.1"), "listening");
  await listen(0);
  const address = server.address();
  const own = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: target.replace(/\/\/[^/]+/, `//127.0.0.1:${own}`),
    mute() {
      isMute = true;
    },
    async cut() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
    async mend() {
      isMute = false;
      await listen(own);
    },
  };
}
