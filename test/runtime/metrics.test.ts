import { afterEach, expect, test } from "vitest";
import { readExposition } from "../support/exposition.ts";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";

const token = "token-of-whoever-runs-the-service-1";
const settings = { IDENTITY_PROVIDER: "memory", METRICS: "on", METRICS_TOKEN: token };
const timeout = { timeout: 60_000 };

let service: RunningRuntime | undefined;
afterEach(async () => {
  await service?.kill();
  service = undefined;
});

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `metrics on ${runtime}`, () => {
    test("are served to whoever shows the token", timeout, async () => {
      service = await startRuntime(runtime, settings);
      const headers = { Authorization: `Bearer ${token}` };

      const refused = await fetch(`${service.url}/metrics`);
      const answer = await fetch(`${service.url}/metrics`, { headers });

      expect([refused.status, answer.status]).toEqual([401, 200]);
      const metrics = readExposition(await answer.text());
      expect(metrics.get("portico_build_info")?.lines[0]?.labels.runtime).toBe(runtime);
      expect(metrics.get("process_memory_usage_bytes")?.lines[0]?.value).toBeGreaterThan(1e7);
      expect(metrics.has("nodejs_eventloop_delay_p99_seconds")).toBe(runtime === "node");
    });

    test("without a token are served to this machine alone", timeout, async () => {
      service = await startRuntime(runtime, { METRICS: "on" });
      const { url } = service;
      const statusWith = async (headers: Record<string, string>) =>
        (await fetch(`${url}/metrics`, { headers })).status;

      expect(await statusWith({})).toBe(200);
      expect(await statusWith({ "X-Forwarded-For": "203.0.113.7" })).toBe(403);
      expect(await statusWith({ Origin: "https://evil.example" })).toBe(403);
    });
  });
}

describeOnRuntime("worker", "metrics on worker", () => {
  test("are none, and the Worker says why", timeout, async () => {
    service = await startRuntime("worker", settings);
    const headers = { Authorization: `Bearer ${token}` };

    const answer = await fetch(`${service.url}/metrics`, { headers });

    expect(answer.status).toBe(404);
    expect(service.output()).toContain("METRICS=on counts nothing here");
  });
});
