import { afterAll, beforeAll, expect, test } from "vitest";
import { createRedisReplayStore } from "../../../src/adapters/redis/index.ts";
import { checkRedisSetUp } from "../../../src/adapters/redis/set-up.ts";
import { compose } from "../../../src/service/compose.ts";
import { readEnvironment } from "../../../src/service/settings.ts";
import { describeWithRedis } from "../../support/redis.ts";
import { describeWithRedisServer, startClusterNode } from "../../support/redis-cluster.ts";

const shared = { SHARED_STATE: "redis", ACCOUNT_HASH_SECRET: "x".repeat(32) };
const sentence =
  "The address is that of a Redis Cluster, which is not supported: name a single server, or one behind Sentinel's address.";

/** The lines that the service logs when it looks at what it stands on. */
async function linesOfStart(environment: Record<string, string>) {
  const lines: string[] = [];
  const { checkSetUp } = compose(readEnvironment(environment), {
    print: (line) => void lines.push(line),
  });
  await checkSetUp();
  return lines.map((line) => JSON.parse(line));
}

describeWithRedisServer("a Redis Cluster", () => {
  let node: Awaited<ReturnType<typeof startClusterNode>>;
  beforeAll(async () => {
    node = await startClusterNode();
  });
  afterAll(() => node?.stop());

  test.each([
    ["shared_state", shared],
    ["revocation_list", { REVOCATION_LIST: "redis" }],
  ])("is told of in a sentence when the service starts: as the %s", async (event, settings) => {
    const lines = await linesOfStart({ ...settings, REDIS_URL: node.url });

    expect(lines).toMatchObject([
      { level: "error", event, outcome: "wrong", subject: "redis_url", message: sentence },
    ]);
  });

  test("is refused by whoever uses it nevertheless", async () => {
    const store = createRedisReplayStore({ url: node.url, timeoutMs: 5000 });

    const adding = store.add("id", Math.ceil(Date.now() / 1000) + 60);

    await expect(adding).rejects.toMatchObject({
      code: "provider_unavailable",
      cause: { code: "redis_cluster_not_supported", message: sentence },
    });
    await store.close();
  });
});

describeWithRedis("a Redis by itself", (url) => {
  test("has nothing that is worth a line", async () => {
    expect(await linesOfStart({ ...shared, REDIS_URL: url })).toEqual([]);
  });
});

test("a Redis that does not answer yet is none that is set up badly", async () => {
  const [finding, ...others] = await checkRedisSetUp("redis://127.0.0.1:1");

  expect(finding).toMatchObject({ subject: "redis_url", outcome: "not_checked" });
  expect(JSON.stringify(finding)).not.toContain("127.0.0.1");
  expect(others).toEqual([]);
});
