import { type Context, Hono, type MiddlewareHandler } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { isIdentityError } from "../domain/errors.ts";
import type { AdminPolicy } from "../domain/use-cases/administration.ts";
import type { SignUpPolicy } from "../domain/use-cases/registration.ts";
import type { Outbox, Ports } from "../ports/index.ts";
import { challengeFor, type Protection } from "./bearer/authorization-header.ts";
import type { AppEnv } from "./environment.ts";
import { cors } from "./exchange/cors.ts";
import { hostHeader } from "./exchange/host.ts";
import { requestId } from "./exchange/request-id.ts";
import {
  type RequestLog,
  type RequestLogEntry,
  requestLog,
  stackOf,
} from "./exchange/request-log.ts";
import { securityHeadersMiddleware } from "./exchange/security-headers.ts";
import { type OperationContext, type Route, routesOf } from "./operation.ts";
import { operations } from "./operations.ts";
import { type ProblemContent, problemContentOf, problemResponse } from "./problem.ts";
import type { ClientCredentials } from "./request/client-credentials.ts";
import { resourceMetadataUrl } from "./resource-metadata.ts";
import { adminHandlers } from "./routes/admin.ts";
import { devOutboxRoute, type OutboxReaders } from "./routes/dev-outbox.ts";
import { documentRoutes } from "./routes/documents.ts";
import { passkeyHandlers } from "./routes/passkeys.ts";
import { passwordHandlers } from "./routes/passwords.ts";
import { profileHandlers } from "./routes/profile.ts";
import { registrationHandlers } from "./routes/registration.ts";
import { resourceHandlers, type ServiceResource } from "./routes/resource.ts";
import { secondFactorHandlers } from "./routes/second-factors.ts";
import { serviceHandlers } from "./routes/service.ts";
import { sessionHandlers } from "./routes/sessions.ts";
import { signInHandlers } from "./routes/sign-in.ts";

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
  /** Whether the instance is being stopped, so that it is not ready any more. */
  readonly isDraining?: () => boolean;
  /** Takes one entry for each request, and one for each fault of ours. */
  readonly log?: RequestLog;
}

/**
 * Makes the HTTP service of some ports: a Hono app, whose `fetch` any runtime can serve.
 *
 * @example
 * ```ts
 * const { identity, keys, issuer, clientId } = createMemoryIdentityProvider();
 * const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys });
 * const app = createApp({ identity, tokens, keys, events, clock });
 * export default { fetch: app.fetch };
 * ```
 */
export function createApp(ports: Ports, options: AppOptions = {}): Hono<AppEnv> {
  const { corsOrigins = [], log, realm = "portico" } = options;
  const problem = problemAnswerer({
    realm,
    ...(options.resource && { resourceMetadata: resourceMetadataUrl(options.resource.resource) }),
  });
  const all = routes(ports, options, problem);
  // The one that Hono ends up with for these paths, after it has tried another at the first request.
  const app = new Hono<AppEnv>({ router: new TrieRouter() });
  if (log) app.use(requestLog(log, corsOrigins));
  app.use(requestId, securityHeadersMiddleware);
  if (corsOrigins.length > 0) {
    const methods = new Set(all.map(({ method }) => method));
    app.use(cors(corsOrigins, [...methods]));
  }
  app.use(errorsOnly, hostHeader);
  serve(app, all, problem);
  app.notFound((c) => problem(c, { code: "not_found" }));
  app.onError((error, c) => {
    const answer = problem(c, problemContentOf(error), error);
    if (answer.status >= 500) log?.("error", errorEntry(c, error));
    return answer;
  });
  return app;
}

const nobody: AdminPolicy = { groups: [], scopes: [] };

function routes(
  ports: Ports,
  options: AppOptions,
  problem: OperationContext["problem"],
): readonly Route[] {
  const { takenUsername = "hidden", signUpStatus = "confirmation_required" } = options;
  const { totpIssuer = "Portico", administrators = nobody } = options;
  const { bodyLimitBytes = 65_536, introspectionClient: client, outbox } = options;
  const { scopes: adminScopes } = administrators;
  const handlers = {
    ...registrationHandlers(ports, { takenUsername, signUpStatus }),
    ...signInHandlers(ports, totpIssuer),
    ...sessionHandlers(ports),
    ...passwordHandlers(ports),
    ...profileHandlers(ports),
    ...secondFactorHandlers(ports, totpIssuer),
    ...passkeyHandlers(ports),
    ...adminHandlers(ports, administrators),
    ...resourceHandlers(ports, options.resource),
    ...serviceHandlers(ports, options.isDraining ?? (() => false)),
  };
  const { clientMetadata = [] } = options;
  const context = { ports, bodyLimitBytes, client, adminScopes, clientMetadata, problem };
  return [
    ...routesOf(operations, handlers, context),
    ...documentRoutes(),
    ...(outbox ? [devOutboxRoute(outbox, options.mayReadOutbox)] : []),
  ];
}

/** Serves the routes, and answers every other method at their paths with what is allowed there. */
function serve(
  app: Hono<AppEnv>,
  all: readonly Route[],
  problem: OperationContext["problem"],
): void {
  // A path without parameters goes before one that would take it as well (OpenAPI 3.1.1 section 4.8.8.2).
  const paths = [...Map.groupBy(all, (route) => route.path)].toSorted(
    ([a], [b]) => Number(a.includes("{")) - Number(b.includes("{")),
  );
  for (const [path, there] of paths) {
    const allow = there.map(({ method }) => (method === "GET" ? "GET, HEAD" : method)).join(", ");
    // One for all methods, as each that Hono is given lengthens the start.
    app.all(mounted(path), (c) => {
      c.set("route", path);
      // Hono cuts the body off the answer to a HEAD.
      const asked = c.req.method === "HEAD" ? "GET" : c.req.method;
      const route = there.find(({ method }) => method === asked);
      if (route) return route.respond(c);
      const answer = problem(c, { code: "method_not_allowed" });
      answer.headers.set("Allow", allow);
      return answer;
    });
  }
}

/** Writes a path as Hono does: `{name}` is `:name`. */
function mounted(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

function errorEntry(c: Context<AppEnv>, error: unknown): RequestLogEntry {
  const { requestId, problemCode = "internal_error" } = c.var;
  return {
    event: "request_error",
    request_id: requestId,
    code: problemCode,
    error: stackOf(error),
  };
}

/** Makes a handler that turns faults into answers, and leaves the code for the log. */
function problemAnswerer(
  protection: Protection,
): (c: Context<AppEnv>, content: ProblemContent, error?: unknown) => Response {
  return (c, content, error) => {
    const { requestId } = c.var;
    const rejection = isIdentityError(error) ? error.rejection : undefined;
    c.set("problemCode", content.code);
    return problemResponse(content, {
      requestId,
      challenge: challengeFor(content.code, protection, c.var, rejection),
    });
  };
}

/** Hono's error handler is given Errors only: whatever else an adapter throws becomes one. */
const errorsOnly: MiddlewareHandler = async (_c, next) => {
  try {
    await next();
  } catch (cause) {
    throw new Error("Something was thrown that is not an Error", { cause });
  }
};
