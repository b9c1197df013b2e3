import type { ProviderParts } from "../adapters/shared/settings.ts";
import type { Log } from "../adapters/system/json-lines.ts";
import type { AppOptions } from "../http/app.ts";
import { isLoopbackPeer } from "../http/exchange/local-caller.ts";
import type { UnknownCaller } from "../http/request/caller-address.ts";
import type { OutboxReaders } from "../http/routes/dev-outbox.ts";
import type { ServiceSettings } from "./settings.ts";
import type { ServiceMetrics } from "./telemetry/metrics.ts";

/** The parts that the options of the app are made of besides the settings. */
interface AppOptionParts extends Pick<ProviderParts, "issuer"> {
  readonly log: Log;
  readonly outbox: ProviderParts["outbox"] | undefined;
  readonly metrics: ServiceMetrics | undefined;
}

/** Gives the options of the HTTP service as the settings have them. */
export function appOptionsOf(
  settings: ServiceSettings,
  { log, issuer, outbox, metrics }: AppOptionParts,
): AppOptions {
  const { service, browserSessions, rateLimits } = settings;
  const { metrics: metricsPage } = settings.telemetry;
  const introspectionClient = introspectionClientOf(service);
  return {
    docs: service.DOCS === "on",
    ...(settings.pages.pages && { pages: settings.pages.pages }),
    sessionLives: browserSessions.lives,
    takenUsername: service.SIGN_UP_TAKEN_USERNAME,
    signUpStatus: service.SIGN_UP_STATUS ?? "confirmation_required",
    administrators: { groups: service.ADMIN_GROUPS, scopes: service.ADMIN_SCOPES },
    reauthenticateAfterSeconds: service.REAUTHENTICATE_AFTER_SECONDS,
    totpIssuer: service.TOTP_ISSUER,
    corsOrigins: service.CORS_ORIGINS,
    clientMetadata: service.CLIENT_METADATA,
    // Entries that nobody is to see need not be made.
    ...(service.LOG_LEVEL !== "silent" && { log }),
    ...(service.RESOURCE_URL && {
      resource: {
        resource: service.RESOURCE_URL,
        authorizationServers: typeof issuer === "string" ? [issuer] : async () => [await issuer()],
      },
    }),
    ...(metricsPage && metrics && { metrics: { ...metricsPage, ...metrics } }),
    trustedProxies: rateLimits.trustedProxies,
    onUnknownCaller: createCallerWarning(log),
    ...(introspectionClient && { introspectionClient }),
    ...(outbox && { outbox, mayReadOutbox: outboxReaders(service) }),
  };
}

/**
 * Makes the rule for who may read the codes of a provider that sends nothing: a peer that the runtime does not tell may
 * be anyone.
 */
function outboxReaders({ DEV_OUTBOX: isOpen }: ServiceSettings["service"]): OutboxReaders {
  return (peer) => isOpen || (peer !== undefined && isLoopbackPeer(peer));
}

/** Makes a warning, given once for each reason, that limits by address do not hold, as nobody knows who calls. */
function createCallerWarning(log: Log): NonNullable<AppOptions["onUnknownCaller"]> {
  const told = new Set<UnknownCaller>();
  return (reason) => {
    if (told.has(reason)) return;
    told.add(reason);
    log("warn", { event: "unknown_caller", reason });
  };
}

/** One without the other does not come through {@link readEnvironment}. */
function introspectionClientOf(
  service: ServiceSettings["service"],
): AppOptions["introspectionClient"] {
  const { INTROSPECTION_CLIENT_ID: id, INTROSPECTION_CLIENT_SECRET: secret } = service;
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}
