import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import type { UpstreamState } from "../../../src/ports/index.ts";
import { createProcessReader } from "../../../src/runtimes/node-process.ts";
import { createService, type Service } from "../../../src/service/service.ts";
import { createServiceMetrics, type MetricsParts } from "../../../src/service/telemetry/metrics.ts";
import { version } from "../../../src/service/version.ts";
import { type Metric, readExposition } from "../../support/exposition.ts";

const username = "ada@example.com";
const password = "Correct-Horse-7";
const upstreamStates: readonly UpstreamState[] = [
  { category: "reads", breaker: "half_open", underWay: 3, concurrency: 20, waiting: 1 },
];
const quiet = { LOG_LEVEL: "silent", MEMORY_AUTO_CONFIRM: "true", SIGN_UP_STATUS: "confirmed" };

function start(environment: Record<string, string> = {}): Service {
  return createService(
    { METRICS: "on", ...quiet, ...environment },
    {
      metrics(parts: MetricsParts) {
        // The in-memory provider has no back end that could tell.
        const upstream = () => upstreamStates;
        const metrics = createServiceMetrics({ ...parts, upstream }, createProcessReader());
        const { onCall, onBreaker } = metrics.upstream;
        onCall({ category: "reads", outcome: "answered", durationMs: 40 });
        onCall({ category: "reads", outcome: "spared", durationMs: 0 });
        metrics.lostEvents(2, "webhook");
        onBreaker({ category: "reads", state: "open" });
        return metrics;
      },
    },
  );
}

async function send(service: Service, method: string, path: string, body?: unknown, token = "") {
  return service.fetch(
    new Request(`http://127.0.0.1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    { peer: () => "127.0.0.1" },
  );
}

async function pageOf(service: Service) {
  const text = await (await send(service, "GET", "/metrics")).text();
  return { text, metrics: readExposition(text) };
}

/** Gives the value of the line of a metric that has some labels, or 0 where there is none. */
function lineOf(metric: Metric | undefined, labels: Record<string, string> = {}, ending = "") {
  const line = metric?.lines.find(
    (line) =>
      line.name.endsWith(ending) &&
      Object.entries(labels).every(([name, value]) => line.labels[name] === value),
  );
  return line?.value ?? 0;
}

/** Everything that is counted, counted at least once. */
async function busyService() {
  const service = start();
  await send(service, "POST", "/v1/sign-up", { username, password });
  const answer = await send(service, "POST", "/v1/sign-in", { username, password });
  const { tokens } = (await answer.json()) as { tokens: { access_token: string } };
  for (let count = 0; count < 3; count += 1)
    await send(service, "GET", "/v1/session", undefined, tokens.access_token);
  for (let count = 0; count < 6; count += 1)
    await send(service, "POST", "/v1/sign-in", { username, password: "Wrong-Horse-7" });
  await send(service, "GET", "/v1/session", undefined, "no-token");
  await send(service, "GET", `/v1/admin/users/${username}`, undefined, tokens.access_token);
  service.onDroppedConnections(3);
  return service;
}

describe("the metrics of the service", () => {
  let text = "";
  let metrics: ReadonlyMap<string, Metric> = new Map();
  beforeAll(async () => {
    ({ text, metrics } = await pageOf(await busyService()));
  });

  test("count requests by method, route and class of status", () => {
    const requests = metrics.get("http_server_request_duration_seconds");
    const labels = { http_request_method: "GET", http_route: "/v1/session" };

    expect(lineOf(requests, { ...labels, http_response_status_class: "2xx" }, "_count")).toBe(3);
    expect(lineOf(requests, { ...labels, http_response_status_class: "4xx" }, "_count")).toBe(1);
  });

  test("count sign-ins by their outcome, refusals by the limit and tokens by what is wrong", () => {
    const signIns = metrics.get("portico_sign_ins_total");
    const limits = metrics.get("portico_rate_limited_total");

    expect(lineOf(signIns, { outcome: "success" })).toBe(1);
    expect(lineOf(signIns, { outcome: "invalid_credentials" })).toBe(4);
    expect(lineOf(limits, { policy: "sign_in_by_account_and_address" })).toBe(2);
    expect(lineOf(metrics.get("portico_token_rejections_total"), { rejection: "malformed" })).toBe(
      1,
    );
    expect(
      lineOf(metrics.get("portico_security_events_total"), {
        type: "sign_up",
        outcome: "success",
      }),
    ).toBe(1);
  });

  test("tell of tokens that are kept, of the revocations that are known and of dropped connections", () => {
    expect(lineOf(metrics.get("portico_token_cache_entries"))).toBe(1);
    expect(lineOf(metrics.get("portico_token_cache_hits_total"))).toBe(2);
    expect(lineOf(metrics.get("portico_token_cache_misses_total"))).toBe(3);
    expect(lineOf(metrics.get("portico_revocation_list_available"))).toBe(1);
    expect(metrics.get("portico_revocation_copy_age_seconds")?.lines[0]?.value).toBeLessThan(60);
    expect(lineOf(metrics.get("portico_dropped_connections_total"))).toBe(3);
  });

  test("tell of calls to the back end, and of those that were not made", () => {
    const category = "reads";
    const calls = metrics.get("portico_upstream_calls_total");

    expect(lineOf(calls, { category, outcome: "answered" })).toBe(1);
    expect(lineOf(calls, { category, outcome: "spared" })).toBe(1);
    const durations = metrics.get("portico_upstream_call_duration_seconds");
    expect(lineOf(durations, { category }, "_count")).toBe(1);
    expect(lineOf(durations, { category }, "_sum")).toBe(0.04);
    expect(lineOf(metrics.get("portico_upstream_breaker_open"), { category })).toBe(0.5);
    expect(lineOf(metrics.get("portico_upstream_under_way"), { category })).toBe(3);
  });

  test("tell of security events that were lost", () => {
    expect(lineOf(metrics.get("portico_events_lost_total"), { sink: "webhook" })).toBe(2);
  });

  test("tell what runs and how its process does", () => {
    expect(metrics.get("portico_build_info")?.lines).toEqual([
      { name: "portico_build_info", labels: { version, runtime: "node" }, value: 1 },
    ]);
    expect(version).toBe(packageJson.version);
    expect(lineOf(metrics.get("process_memory_usage_bytes"))).toBeGreaterThan(10_000_000);
    expect(lineOf(metrics.get("nodejs_eventloop_delay_max_seconds"))).toBeGreaterThanOrEqual(
      lineOf(metrics.get("nodejs_eventloop_delay_p50_seconds")),
    );
  });

  test("hold no name, no address and no token", () => {
    expect(text).not.toMatch(/ada|example|127\.0\.0\.1|eyJ|Horse/);
  });

  test("are as many whatever callers send", async () => {
    const service = start({ RATE_LIMITS: "off" });
    await flood(service);
    // It counts itself once it was read.
    await pageOf(service);
    const before = (await pageOf(service)).text.split("\n").length;

    for (let round = 0; round < 2; round += 1) await flood(service);

    expect((await pageOf(service)).text.split("\n").length).toBe(before);
  });

  test("see a stalled event loop", async () => {
    const service = start();
    await pageOf(service);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const until = performance.now() + 200;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 30));

    const { metrics } = await pageOf(service);
    expect(lineOf(metrics.get("nodejs_eventloop_delay_max_seconds"))).toBeGreaterThan(0.1);
  });
});

/** Methods, paths, tokens and names that nobody has seen. */
async function flood(service: Service): Promise<void> {
  for (let count = 0; count < 12; count += 1) {
    const made = crypto.randomUUID();
    await send(service, `X${made.slice(0, 8).toUpperCase()}`, "/v1/session");
    await send(service, "GET", `/${made}`);
    await send(service, "GET", `/v1/admin/users/${made}`);
    await send(service, "GET", "/v1/session", undefined, made);
    await send(service, "POST", "/v1/sign-in", { username: `${made}@example.com`, password });
  }
}

test("docs/grafana-dashboard.json and docs/operations.md name the metrics that there are", async () => {
  const docs = join(import.meta.dirname, "../../../docs");
  const dashboard = readFileSync(join(docs, "grafana-dashboard.json"), "utf8");
  const operations = readFileSync(join(docs, "operations.md"), "utf8");
  const expressions: string[] = [];
  JSON.parse(dashboard, (name, value) => {
    if (name === "expr") expressions.push(value);
    return value;
  });
  const { metrics } = await pageOf(await busyService());
  const there = [...metrics.keys()];

  const names = /\b(?:http|portico|process|nodejs)_\w+/g;
  const shown = new Set(
    expressions
      .flatMap((one) => one.match(names) ?? [])
      .map((name) => name.replace(/_bucket$|_count$/, "")),
  );
  shown.delete("http_response_status_class");
  shown.delete("http_route");
  const told = [
    ...operations.matchAll(/^\| `(\w+)`(?:, `(\w+)`)* \| (?:counter|gauge|histogram)/gm),
  ];
  expect(expressions.length).toBeGreaterThan(9);
  expect([...shown].filter((name) => !there.includes(name))).toEqual([]);
  expect(told.map(([, name]) => name).toSorted()).toEqual(there.toSorted());
});
