import type { DeliveryFailure, ProviderParts, SharedParts } from "../adapters/shared/settings.ts";
import { createTokenCacheCounts } from "../adapters/shared/token-cache-counts.ts";
import { systemClock } from "../adapters/system/clock.ts";
import { createJsonLinesLog, type Log } from "../adapters/system/json-lines.ts";
import type { AppOptions } from "../http/app.ts";
import { stackOf } from "../http/exchange/request-log.ts";
import { isTrustedProxy } from "../http/request/caller-address.ts";
import type { EventSink, Ports, Tracer } from "../ports/index.ts";
import { appOptionsOf } from "./app-options.ts";
import type { ConnectionBounds } from "./connection-bounds.ts";
import type { Place } from "./exposure.ts";
import { type RevocationParts, reasonOf } from "./revocations.ts";
import type { ServiceSettings } from "./settings.ts";
import { createLossReport, createServiceEvents } from "./telemetry/events.ts";
import type { MetricsParts, ServiceMetrics } from "./telemetry/metrics.ts";
import { type CheckedPart, reportSetUp } from "./telemetry/set-up-report.ts";
import { createUpstreamLog } from "./telemetry/upstream-log.ts";

/** The parts that the runtime gives the service to work with. */
export interface RuntimeParts
  extends Pick<RevocationParts, "waitUntil">,
    Pick<SharedParts, "keySetCache" | "passkeys">,
    Place {
  /** Prints a line for whoever watches the service run. @default console.log */
  readonly print?: (line: string) => void;
  /** Makes the tracer of the runtime. */
  readonly makeTracer?: (log: Log) => Tracer;
  /** Makes the metrics, where the runtime has instances that live long enough to count. */
  readonly metrics?: (parts: MetricsParts) => ServiceMetrics;
}

/** The service, put together: what `createApp` takes, and where to listen. */
export interface Composition {
  readonly ports: Ports;
  readonly options: AppOptions;
  readonly host: string;
  readonly port: number;
  /** The bounds of connections, where the server counts them. */
  readonly connectionBounds: ConnectionBounds;
  /** Logs that some were closed as there were too many. */
  readonly onDroppedConnections: (count: number) => void;
  /** Logs an error that nobody caught. */
  readonly onUnhandledError: (error: unknown) => void;
  /** A notice that whoever starts the service must not overlook. */
  readonly notice?: string;
  /** Looks at how the provider and what instances share are set up, and logs what is wrong. Never rejects. */
  readonly checkSetUp: () => Promise<void>;
  /** Ends when the work is done that no answer waited for. */
  readonly settled?: () => Promise<void>;
}

/** Chooses and connects the adapters: the one place that does. */
export function compose(settings: ServiceSettings, runtime: RuntimeParts = {}): Composition {
  const { service } = settings;
  const { print = console.log } = runtime;
  const log = createJsonLinesLog(service.LOG_LEVEL, systemClock, print);
  const state = settings.sharedState({ clock: systemClock, log });
  const { limiter, counter, revocations: sharedList } = state;
  const revocations = settings.revocations({ ...runtime, clock: systemClock, log, sharedList });
  const limits = settings.rateLimits.limits({ ...runtime, limiter });
  const tracer = settings.telemetry.isTraced ? runtime.makeTracer?.(log) : undefined;
  const tokenCache = createTokenCacheCounts();
  const metricsPage = settings.telemetry.metrics;
  const metrics =
    metricsPage &&
    runtime.metrics?.({
      tokenCache,
      revocationCopy: revocations.copyState,
      upstream: () => provider.upstream?.() ?? [],
    });
  const onLost = createLossReport(log, (count, sink) => metrics?.lostEvents(count, sink));
  const mail = settings.mail({
    clock: systemClock,
    waitUntil: runtime.waitUntil,
    onFailure: ({ kind: purpose, ...failure }) =>
      reportDeliveryFailure({ log, events }, { purpose, ...failure }),
  });
  const provider = settings.provider({
    ...runtime,
    mail,
    clock: systemClock,
    tokenCache,
    ...(tracer && { tracer }),
    eventRetentionDays: settings.telemetry.eventRetentionDays,
    onLostEvents: (count) => onLost(count, "history"),
    isRevoked: revocations.isRevoked,
    revoke: revocations.add,
    limitsGuesses: limits !== undefined,
    ...(counter && { counter }),
    clockToleranceSeconds: service.CLOCK_TOLERANCE_SECONDS,
    upstream: createUpstreamLog(log, metrics?.upstream),
    onDeliveryFailure: (failure) => reportDeliveryFailure({ log, events }, failure),
    print,
  });
  const { identity, tokens, keys, issuer, outbox, events: history } = provider;
  const { events, settled } = createServiceEvents({
    ...runtime,
    log,
    settings: settings.telemetry,
    history,
    counted: metrics?.events,
    onLost,
  });
  const { browserSessions } = settings;
  const notices = [
    settings.notice,
    provider.notice,
    browserSessions.notice,
    settings.pages.notice,
    signUpNotice(service, provider),
  ].filter((notice) => notice !== undefined);
  return {
    ports: {
      identity,
      tokens,
      keys,
      events,
      clock: systemClock,
      eventHistory: history,
      tracer,
      accountHash: settings.rateLimits.accountHash,
      revocations: { ...revocations, issuer },
      readiness: [
        { name: "revocation_list", check: revocations.check },
        ...(provider.readiness ?? []),
      ],
      limits,
      seal: browserSessions.seal,
      notices: mail,
      sharedWork: state.work,
      compromisedPasswords: settings.guards.compromisedPasswords(log),
      captcha: settings.guards.captcha(log),
    },
    options: appOptionsOf(settings, { log, issuer, outbox, metrics }),
    host: service.HOST,
    port: service.PORT,
    connectionBounds: connectionBoundsOf(settings),
    onDroppedConnections(count) {
      metrics?.droppedConnections(count);
      log("warn", {
        event: "connections_dropped",
        count,
        limit: service.MAX_CONNECTIONS,
        limit_per_peer: connectionBoundsOf(settings).maxConnectionsPerPeer,
      });
    },
    onUnhandledError: (error) => log("error", { event: "unhandled_error", error: stackOf(error) }),
    ...(notices.length > 0 && { notice: notices.join("\n") }),
    checkSetUp: () => checkParts(log, { provider, state, revocations }),
    async settled() {
      await Promise.all([settled(), provider.settled?.(), mail?.settled()]);
    },
  };
}

async function checkParts(
  log: Log,
  parts: Readonly<Record<"provider" | "state" | "revocations", Pick<CheckedPart, "checkSetUp">>>,
): Promise<void> {
  const event = (name: string, part: Pick<CheckedPart, "checkSetUp">) => ({
    event: name,
    checkSetUp: part.checkSetUp,
  });
  await Promise.all([
    reportSetUp(log, event("provider_set_up", parts.provider)),
    reportSetUp(log, { ...event("shared_state", parts.state), level: "error" }),
    reportSetUp(log, { ...event("revocation_list", parts.revocations), level: "error" }),
  ]);
}

function connectionBoundsOf({ service, rateLimits }: ServiceSettings): ConnectionBounds {
  const { MAX_CONNECTIONS: maxConnections, MAX_CONNECTIONS_PER_PEER: ofPeer } = service;
  return {
    maxConnections,
    maxConnectionsPerPeer: ofPeer ?? Math.ceil(maxConnections / 4),
    isProxy: (peer) => isTrustedProxy(peer, rateLimits.trustedProxies),
  };
}

/** A name that is taken is answered as any other only if it is known what any other is answered. */
function signUpNotice(
  { SIGN_UP_STATUS: set, SIGN_UP_TAKEN_USERNAME: policy }: ServiceSettings["service"],
  { signUpStatus = "confirmation_required" }: ProviderParts,
): string | undefined {
  if (policy === "shown" || set !== undefined || signUpStatus === "confirmation_required") return;
  return `WARNING: sign-ups tell who has an account. Set SIGN_UP_STATUS=${signUpStatus}, as they end in that here.`;
}

interface UnsentMessage extends Partial<Pick<DeliveryFailure, "subject">> {
  readonly purpose: string;
  readonly cause: unknown;
}

/**
 * Logs a message that could not be sent, and records it. Whoever asked for it has had their answer: its loss is for the
 * operator to hear of, and why.
 */
function reportDeliveryFailure(
  { log, events }: { readonly log: Log; readonly events: EventSink },
  { subject, purpose, cause }: UnsentMessage,
): void {
  const type = "message_delivery";
  const at = systemClock.now();
  const whose = subject === undefined ? {} : { subject };
  events.record({ type, outcome: "failure", at, ...whose, code: "delivery_failed" });
  log("error", { event: type, outcome: "failure", purpose, reason: reasonOf(cause) });
}
