import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describeWhere } from "./describe-where.ts";
import { freePort } from "./server-process.ts";

/**
 * Describes tests that need a Redis Cluster, of one node, which is started for each. Without `redis-server` they are skipped, and say
 * why; where REQUIRE_REDIS is set, that is a failure.
 */
export function describeWithRedisServer(title: string, define: () => void): void {
  const isThere = spawnSync("redis-server", ["--version"]).status === 0;
  const missing = isThere ? undefined : "redis-server is not installed";
  describeWhere(title, { missing, required: Boolean(process.env.REQUIRE_REDIS) }, define);
}

/** Starts a node of a Redis Cluster, and gives its address. */
export async function startClusterNode() {
  const folder = await mkdtemp(join(tmpdir(), "portico-redis-"));
  const port = await freePort();
  const bus = await freePort();
  const terms = { bind: "127.0.0.1", port, "cluster-port": bus, dir: folder, appendonly: "no" };
  const args = Object.entries(terms).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const node = spawn("redis-server", [...args, "--save", "", "--cluster-enabled", "yes"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface(node.stdout))
    if (/ready to accept connections/i.test(line)) break;
  node.stdout.resume();
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(node, "exit");
      node.kill();
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
