import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { connectToRedis } from "../../../src/adapters/redis/connection.ts";
import { describeWithRedis } from "../../support/redis.ts";

/** Lays a way to a server whose answers are changed on it, and gives its address. */
async function layChangingWay(target: string, change: (answer: string) => string) {
  const { hostname: host, port } = new URL(target);
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect({ host, port: Number(port || 6379) });
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on("error", () => undefined);
    near.pipe(far);
    far.on("data", (bytes) => near.write(change(bytes.toString("latin1")), "latin1"));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const own = address !== null && typeof address === "object" ? address.port : 0;
  return {
    url: target.replace(/\/\/[^/]+/, `//127.0.0.1:${own}`),
    async close() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}

describeWithRedis("a connection to Redis", (redis) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function connectOver(change: (answer: string) => string) {
    const way = await layChangingWay(redis, change);
    const connection = connectToRedis(way.url, 5000);
    closing.push(connection.close, way.close);
    return connection;
  }

  test("refuses a cluster in a sentence, with a code for the log", async () => {
    const connection = await connectOver((answer) =>
      answer.replace("cluster_enabled:0", "cluster_enabled:1"),
    );

    await expect(connection.send("PING")).rejects.toMatchObject({
      code: "provider_unavailable",
      cause: {
        code: "redis_cluster_not_supported",
        message: expect.stringContaining("Redis Cluster, which is not supported"),
      },
    });
  });

  test("takes a server that is by itself, and one that does not say", async () => {
    const plain = await connectOver((answer) => answer);
    const silent = await connectOver((answer) =>
      answer.replace("cluster_enabled:0", "x".repeat(17)),
    );

    expect(await plain.send("PING")).toBe("PONG");
    expect(await silent.send("PING")).toBe("PONG");
  });
});
