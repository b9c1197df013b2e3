import { Hono } from "hono";
import type { BrowserSessionLives } from "../domain/browser-session.ts";
import { isIdentityError } from "../domain/errors.ts";
import type { WithCallerAddress } from "../domain/ip-address.ts";
import type { SecurityEvent } from "../domain/security-event.ts";
import type { AdminPolicy } from "../domain/use-cases/administration.ts";
import { createBrowserSessions } from "../domain/use-cases/browser-sessions/browser-sessions.ts";
import type { SignUpPolicy } from "../domain/use-cases/registration.ts";
import type { Outbox, Ports } from "../ports/index.ts";
import { challengeFor, type Protection } from "./bearer/authorization-header.ts";
import type { AppEnv } from "./environment.ts";
import type { Answer } from "./exchange/answer.ts";
import { createAnswering, type Respond } from "./exchange/answering.ts";
import { createCors } from "./exchange/cors.ts";
import { eventsOf } from "./exchange/events.ts";
import type { Exchange } from "./exchange/exchange.ts";
import { type HookFailure, harmless } from "./exchange/hook.ts";
import type { RequestLog } from "./exchange/request-log.ts";
import { type Route, routesOf } from "./operation-routes.ts";
import { operations } from "./operations.ts";
import { type Pages, pageRoutes } from "./pages/page-routes.ts";
import { type ProblemContent, problemAnswer, problemContentOf } from "./problem.ts";
import { problemLink, problemPageRoutes } from "./problem-pages/problem-page-routes.ts";
import {
  callerAddress,
  type TrustedProxies,
  type UnknownCaller,
} from "./request/caller-address.ts";
import type { ClientCredentials } from "./request/client-credentials.ts";
import { resourceMetadataUrl } from "./resource-metadata.ts";
import { PathRouter } from "./router.ts";
import { adminHandlers } from "./routes/admin.ts";
import { capabilityHandlers } from "./routes/capabilities.ts";
import { devOutboxRoute, type OutboxReaders } from "./routes/dev-outbox.ts";
import { documentRoutes } from "./routes/documents.ts";
import { type MetricsPage, metricsHandlers } from "./routes/metrics.ts";
import { passkeyHandlers } from "./routes/passkeys.ts";
import { passwordHandlers } from "./routes/passwords.ts";
import { profileHandlers } from "./routes/profile.ts";
import { registrationHandlers } from "./routes/registration.ts";
import { resourceHandlers, type ServiceResource } from "./routes/resource.ts";
import { secondFactorHandlers } from "./routes/second-factors.ts";
import { serviceHandlers } from "./routes/service.ts";
import { sessionHandlers } from "./routes/sessions.ts";
import { signInHandlers } from "./routes/sign-in.ts";
import { createBrowserRequests } from "./session/browser-requests.ts";

/** The options of {@link createApp}, besides its ports. */
export interface AppOptions {
  /** The answer of a sign-up to a name that is taken. @default "hidden" */
  readonly takenUsername?: SignUpPolicy["takenUsername"];
  /**
   * The status that a sign-up ends in with this provider, which a name that is taken is answered with while that is
   * hidden. @default "confirmation_required"
   */
  readonly signUpStatus?: SignUpPolicy["signUpStatus"];
  /** Who may administer users. @default nobody */
  readonly administrators?: AdminPolicy;
  /** The names in `client_metadata` that callers may send to code of the operator's that the provider runs. @default none */
  readonly clientMetadata?: readonly string[];
  /**
   * The time after a sign-in within which the user may change addresses, second factors and passkeys and delete the
   * account, in seconds; 0 for any time. @default 3600
   */
  readonly reauthenticateAfterSeconds?: number;
  /** The name that authenticator apps show accounts under. No colon. @default "Portico" */
  readonly totpIssuer?: string;
  /** The origins whose pages may call the API from a browser. @default none */
  readonly corsOrigins?: readonly string[];
  /** The longest request body that is read, in bytes. @default 65536 */
  readonly bodyLimitBytes?: number;
  /** The realm that `WWW-Authenticate` names. No quotes or backslashes. @default "portico" */
  readonly realm?: string;
  /** This service as a protected resource (RFC 9728): its address, without a path, and the issuer of its tokens. */
  readonly resource?: ServiceResource;
  /** The client that may introspect and revoke tokens: letters, digits and `-._` only. @default nobody may */
  readonly introspectionClient?: ClientCredentials;
  /**
   * Serves the messages of a provider that sends nothing in earnest, at `/dev/outbox`: for development only. No page of
   * elsewhere gets them, and nobody who calls this machine by another name than `localhost`, `127.0.0.1` and `[::1]`.
   */
  readonly outbox?: Outbox;
  /** Who may read the outbox, by the address of the peer, which its `fetch` takes as `{ peer: () => address }` besides the request. @default this machine, and whoever calls `fetch` in this process with a request and nothing else */
  readonly mayReadOutbox?: OutboxReaders;
  /** Whether the OpenAPI document and the page to read and try it are served. @default true */
  readonly docs?: boolean;
  /** The sign-in pages, which keep their sessions in cookies: the ports have to have a seal. @default none */
  readonly pages?: Pages;
  /** How long sessions last that browsers keep in cookies. @default 30 days, and 7 without use */
  readonly sessionLives?: BrowserSessionLives;
  /** The proxies in front of the service, whose word on who calls is taken. @default none */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** Hears of requests whose caller is not known: by a proxy that no setting names, say. */
  readonly onUnknownCaller?: (reason: UnknownCaller) => unknown;
  /** The counts of requests, and the page `/metrics` with them and more. @default neither */
  readonly metrics?: MetricsPage | undefined;
  /** Whether the instance is being stopped, so that it is not ready any more. */
  readonly isDraining?: () => boolean;
  /** Takes one entry for each request, and one for each fault of ours. */
  readonly log?: RequestLog;
}

/**
 * Makes the HTTP service of some ports: a Hono app, whose `fetch` any runtime can serve. Its routes answer by themselves, so
 * that a route that is added to it has neither their headers nor an entry in the log.
 *
 * @example
 * ```ts
 * const { identity, keys, issuer, clientId } = createMemoryIdentityProvider();
 * const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys });
 * const app = createApp({ identity, tokens, keys, events, clock });
 * export default { fetch: app.fetch };
 * ```
 */
export function createApp(given: Ports, options: AppOptions = {}): Hono<AppEnv> {
  const { corsOrigins = [], log, realm = "portico" } = options;
  const onHookFailure: HookFailure = (entry) => log?.("error", entry);
  const record = harmless((event: SecurityEvent) => given.events.record(event), onHookFailure);
  const ports = { ...given, events: { record } };
  const answerProblem = problemAnswerer(options.pages !== undefined, {
    realm,
    ...(options.resource && { resourceMetadata: resourceMetadataUrl(options.resource.resource) }),
  });
  const routes = routesFor(ports, options, answerProblem);
  const methods = new Set(routes.map(({ method }) => method));
  const answering = createAnswering({
    answerFault: (exchange, error) => answerProblem(exchange, problemContentOf(error), error),
    cors: corsOrigins.length > 0 ? createCors(corsOrigins, [...methods]) : undefined,
    corsOrigins,
    log,
    count: options.metrics?.count,
    tracer: given.tracer,
  });
  const app = new Hono<AppEnv>({ router: new PathRouter() });
  for (const [path, respond] of responders(routes, answerProblem)) {
    // One for all methods, as each that Hono is given lengthens the start.
    app.all(mounted(path), (c) => answering(c, respond));
  }
  const respondToNothing: Respond = (exchange) => answerProblem(exchange, { code: "not_found" });
  app.notFound((c) => answering(c, respondToNothing));
  return app;
}

const daySeconds = 86_400;
const defaultLives: BrowserSessionLives = {
  absoluteSeconds: 30 * daySeconds,
  idleSeconds: 7 * daySeconds,
};

const nobody: AdminPolicy = { groups: [], scopes: [] };

function routesFor(
  ports: Ports,
  options: AppOptions,
  answerProblem: ProblemAnswerer,
): readonly Route[] {
  const { takenUsername = "hidden", signUpStatus = "confirmation_required" } = options;
  const { totpIssuer = "Portico", administrators = nobody } = options;
  const { bodyLimitBytes = 65_536, introspectionClient: client, outbox } = options;
  const { scopes: adminScopes } = administrators;
  const warnings = new Set<UnknownCaller>();
  const handlers = {
    ...registrationHandlers({ takenUsername, signUpStatus }),
    ...signInHandlers(totpIssuer),
    ...sessionHandlers(),
    ...passwordHandlers(),
    ...profileHandlers(),
    ...secondFactorHandlers(totpIssuer),
    ...passkeyHandlers(),
    ...adminHandlers(administrators),
    ...resourceHandlers(options.resource),
    ...capabilityHandlers(),
    ...serviceHandlers(ports, options.isDraining ?? (() => false), warnings),
    ...metricsHandlers(options.metrics),
  };
  const { clientMetadata = [], reauthenticateAfterSeconds = 3600, log } = options;
  const onUnknownCaller = (reason: UnknownCaller) => {
    // The other reasons are as often a caller's as the operator's.
    if (reason === "unlisted_proxy") warnings.add(reason);
    return options.onUnknownCaller?.(reason);
  };
  const callerOf = createCallerFinder({ ...options, onUnknownCaller }, (entry) =>
    log?.("error", entry),
  );
  const { sessionLives = defaultLives } = options;
  const context = {
    callerOf,
    ports,
    bodyLimitBytes,
    client,
    operatorPage: options.metrics,
    adminScopes,
    clientMetadata,
    browserRequestOf: createBrowserRequests({
      sessions: ports.seal && createBrowserSessions({ ...ports, seal: ports.seal }, sessionLives),
      origins: { own: options.resource?.resource, others: options.corsOrigins ?? [] },
      clock: ports.clock,
      callerOf: (exchange) => ({
        ...callerOf(exchange),
        events: eventsOf(exchange, ports.events, callerOf),
      }),
    }),
    reauthenticateAfterSeconds: reauthenticateAfterSeconds || undefined,
    answerProblem,
  };
  return [
    ...routesOf(operations, handlers, context),
    ...(options.docs === false ? [] : documentRoutes()),
    ...(options.pages ? pageRoutes(options.pages, options.resource?.resource) : []),
    ...(options.pages ? problemPageRoutes() : []),
    ...(outbox ? [devOutboxRoute(outbox, options.mayReadOutbox)] : []),
  ];
}

function createCallerFinder(
  { trustedProxies, onUnknownCaller = () => undefined }: AppOptions,
  onHookFailure: HookFailure,
) {
  const tell = harmless(onUnknownCaller, onHookFailure);
  return ({ request, connection }: Exchange): WithCallerAddress => {
    const known = connection?.caller?.();
    if (known !== undefined) return { callerAddress: known };
    const found = callerAddress(request.raw.headers, connection?.peer?.(), trustedProxies);
    if ("address" in found) return { callerAddress: found.address };
    tell(found.unknown);
    return {};
  };
}

/** Gives the responder of each path: to the methods of its routes, and to every other with those that there are. */
function responders(
  routes: readonly Route[],
  answerProblem: ProblemAnswerer,
): readonly (readonly [path: string, respond: Respond])[] {
  // A path without parameters goes before one that would take it as well (OpenAPI 3.1.1 section 4.8.8.2).
  const paths = [...Map.groupBy(routes, (route) => route.path)].toSorted(
    ([a], [b]) => Number(a.includes("{")) - Number(b.includes("{")),
  );
  return paths.map(([path, there]) => {
    const allow = there.map(({ method }) => (method === "GET" ? "GET, HEAD" : method)).join(", ");
    const respond: Respond = (exchange) => {
      exchange.route = path;
      const { method } = exchange.request;
      // Hono cuts the body off the answer to a HEAD.
      const asked = method === "HEAD" ? "GET" : method;
      const route = there.find(({ method }) => method === asked);
      if (route) return route.respond(exchange);
      const answer = answerProblem(exchange, { code: "method_not_allowed" });
      return { ...answer, headers: { ...answer.headers, Allow: allow } };
    };
    return [path, respond];
  });
}

/** Writes a path as Hono does: `{name}` is `:name`. */
function mounted(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

/** Answers with a problem, and leaves its code for the log. */
type ProblemAnswerer = (exchange: Exchange, content: ProblemContent, error?: unknown) => Answer;

function problemAnswerer(hasPages: boolean, protection: Protection): ProblemAnswerer {
  return (exchange, content, error) => {
    const rejection = isIdentityError(error) ? error.rejection : undefined;
    exchange.problemCode = content.code;
    const challenge = challengeFor(content.code, protection, exchange, rejection);
    const link = hasPages ? problemLink(content.code) : undefined;
    return problemAnswer(content, { requestId: exchange.requestId, challenge, link });
  };
}
