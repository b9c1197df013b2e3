import type { RevocationCopyState } from "../../adapters/jwt/index.ts";
import { createMetricsPage, type MetricsRegistry } from "../../adapters/prometheus/index.ts";
import type { TokenCacheCounts } from "../../adapters/shared/token-cache-counts.ts";
import type { SecurityEvent } from "../../domain/security-event.ts";
import type { MetricsPage } from "../../http/routes/metrics.ts";
import type { EventSink, UpstreamObserver, UpstreamState } from "../../ports/index.ts";
import { version } from "../version.ts";

/** The parts of the service that metrics are read from. */
export interface MetricsParts {
  readonly tokenCache: TokenCacheCounts;
  readonly revocationCopy: () => RevocationCopyState;
  /** Tells how the calls to the provider's back end stand. */
  readonly upstream: () => readonly UpstreamState[];
}

/** The process that the service is, as far as its runtime tells. */
export interface ProcessReader {
  /** The name of the runtime. */
  readonly runtime: string;
  /** The resident memory of the process, in bytes. */
  readonly memoryBytes?: () => number;
  /** The delays of the event loop since they were last asked for, in seconds, by what they are. */
  readonly eventLoopDelay?: () => Readonly<Record<"mean" | "p50" | "p99" | "max", number>>;
}

/** The metrics of the service: where they are counted, and their page. */
export interface ServiceMetrics extends Omit<MetricsPage, "tokens"> {
  readonly events: EventSink;
  readonly upstream: UpstreamObserver;
  readonly droppedConnections: (count: number) => void;
  /** Counts events that a sink lost. */
  readonly lostEvents: (count: number, sink: string) => void;
}

/** The bounds that OpenTelemetry advises for durations of requests, in seconds. */
const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Any other method is `_OTHER`, as there is no end of them. */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Makes the metrics of the service, by the names of OpenTelemetry's semantic conventions where these have one. No label has
 * a value that a caller chose: methods, routes, codes and names of limits are all from lists of ours.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
export function createServiceMetrics(parts: MetricsParts, process: ProcessReader): ServiceMetrics {
  const page = createMetricsPage();
  const seconds = page.histogram(
    { name: "http_server_request_duration_seconds", help: "Requests, by how long they took." },
    durationBounds,
    ["http_request_method", "http_route", "http_response_status_class"],
  );
  const dropped = page.counter({
    name: "portico_dropped_connections_total",
    help: "Connections that were closed as there were too many.",
  });
  const lost = page.counter(
    { name: "portico_events_lost_total", help: "Security events that a sink lost." },
    ["sink"],
  );
  const events = eventCounter(page);
  const upstream = upstreamCounter(page, parts);
  describeState(page, parts);
  describeProcess(page, process);
  return {
    events,
    upstream,
    droppedConnections: (count) => dropped(count),
    lostEvents: (count, sink) => lost(count, sink),
    count({ method, route = "", status, seconds: taken }) {
      const statusClass = `${Math.floor(status / 100)}xx`;
      seconds(taken, methods.has(method) ? method : "_OTHER", route, statusClass);
    },
    write: page.write,
  };
}

/** Counts security events: all by their kind, and those that are watched most by what they are about. */
function eventCounter(page: MetricsRegistry): EventSink {
  const all = page.counter({ name: "portico_security_events_total", help: "Security events." }, [
    "type",
    "outcome",
  ]);
  const signIns = page.counter(
    { name: "portico_sign_ins_total", help: "Sign-ins, by how the first step ended." },
    ["outcome"],
  );
  const limited = page.counter(
    { name: "portico_rate_limited_total", help: "Refusals by a limit, by its name." },
    ["policy"],
  );
  const rejected = page.counter(
    { name: "portico_token_rejections_total", help: "Access tokens that were refused, by why." },
    ["rejection"],
  );
  return {
    record(event) {
      all(1, event.type, event.outcome);
      if (event.type === "sign_in") signIns(1, signInOutcome(event));
      if (event.policy !== undefined) limited(1, event.policy);
      if (event.type === "token_rejection") rejected(1, event.rejection ?? event.code ?? "");
    },
  };
}

function signInOutcome({ outcome, code, challenge }: SecurityEvent): string {
  return code ?? (challenge === undefined ? outcome : "challenge");
}

/** Counts the calls to the provider's back end, and those that were not made, by their kind. */
function upstreamCounter(page: MetricsRegistry, { upstream }: MetricsParts): UpstreamObserver {
  const calls = page.counter(
    { name: "portico_upstream_calls_total", help: "Calls to the provider's back end." },
    ["category", "outcome"],
  );
  const seconds = page.histogram(
    {
      name: "portico_upstream_call_duration_seconds",
      help: "Calls that were made, by how long they took with the wait for their turn.",
    },
    durationBounds,
    ["category"],
  );
  const changes = page.counter(
    { name: "portico_upstream_breaker_changes_total", help: "Changes of a breaker, to a state." },
    ["category", "state"],
  );
  const states = {
    under_way: ["Calls that are under way.", (one: UpstreamState) => one.underWay],
    waiting: ["Calls that wait for their turn.", (one: UpstreamState) => one.waiting],
    concurrency: ["Calls that may be under way at once.", (one: UpstreamState) => one.concurrency],
    breaker_open: [
      "Whether calls are not made: 1, or 0, or 0.5 while one tries.",
      ({ breaker }: UpstreamState) => breakerValues[breaker],
    ],
  } as const;
  for (const [name, [help, read]] of Object.entries(states)) {
    page.gauge({ name: `portico_upstream_${name}`, help }, () =>
      upstream().map((one) => ({ labels: { category: one.category }, value: read(one) })),
    );
  }
  return {
    onCall({ category, outcome, durationMs }) {
      calls(1, category, outcome);
      if (outcome !== "spared" && outcome !== "refused") seconds(durationMs / 1000, category);
    },
    onBreaker: ({ category, state }) => changes(1, category, state),
  };
}

const breakerValues = { closed: 0, half_open: 0.5, open: 1 } as const;

function describeState(page: MetricsRegistry, { tokenCache, revocationCopy }: MetricsParts): void {
  page.gauge(
    { name: "portico_token_cache_entries", help: "Verified access tokens that are kept." },
    () => tokenCache.entries,
  );
  page.readCounter(
    { name: "portico_token_cache_hits_total", help: "Access tokens that were verified before." },
    () => tokenCache.hits,
  );
  page.readCounter(
    { name: "portico_token_cache_misses_total", help: "Access tokens that were not." },
    () => tokenCache.misses,
  );
  page.gauge(
    { name: "portico_revocation_copy_entries", help: "Ended sessions, or users, known here." },
    () => revocationCopy().entries,
  );
  page.gauge(
    {
      name: "portico_revocation_copy_age_seconds",
      help: "Age of the copy of the revocation list. It is read when tokens come.",
    },
    () => revocationCopy().ageSeconds,
  );
  page.gauge(
    {
      name: "portico_revocation_list_available",
      help: "Whether the revocation list counts as available: 1 or 0.",
    },
    () => (revocationCopy().isAvailable ? 1 : 0),
  );
}

function describeProcess(page: MetricsRegistry, process: ProcessReader): void {
  const { runtime, memoryBytes, eventLoopDelay } = process;
  const startedAt = performance.now();
  page.gauge({ name: "portico_build_info", help: "The version that runs, always 1." }, () => [
    { labels: { version, runtime }, value: 1 },
  ]);
  page.gauge(
    { name: "process_uptime_seconds", help: "Time since the service started." },
    () => (performance.now() - startedAt) / 1000,
  );
  if (memoryBytes) {
    page.gauge({ name: "process_memory_usage_bytes", help: "Resident memory." }, memoryBytes);
  }
  if (!eventLoopDelay) return;
  let delays: ReturnType<typeof eventLoopDelay> | undefined;
  for (const name of ["mean", "p50", "p99", "max"] as const) {
    page.gauge(
      {
        name: `nodejs_eventloop_delay_${name}_seconds`,
        help: "Delay of the event loop since the page was last read.",
      },
      () => {
        // Asked for once a page, as each asking begins anew.
        if (name === "mean") delays = eventLoopDelay();
        return delays?.[name];
      },
    );
  }
}
