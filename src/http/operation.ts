import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type * as z from "zod/mini";
import type { IdentityErrorCode } from "../domain/errors.ts";
import { authenticate, type Caller } from "../domain/use-cases/sessions.ts";
import type { Ports } from "../ports/index.ts";
import { bearerToken, isOfScheme } from "./bearer/authorization-header.ts";
import type { AppEnv, BearerState } from "./environment.ts";
import type { ProblemContent } from "./problem.ts";
import { authenticateClient, type ClientCredentials } from "./request/client-credentials.ts";
import { unlistedMetadata } from "./request/client-metadata.ts";
import { parseFormBody } from "./request/form-body.ts";
import { parseJsonBody } from "./request/json-body.ts";
import { parsePath, parseQuery } from "./request/parameters.ts";
import type { Validated } from "./request/validation.ts";
import type { Deferred } from "./schemas/registry.ts";

/**
 * One operation of the contract: what is served and what the OpenAPI document says are both read off it. Nothing but the
 * document reads its words, its codes and the schema of its answer, as the Worker's bundle leaves them out.
 */
export interface Operation {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** With each path parameter in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** Asks for an access token, for that of an administrator, or takes one unjudged if there is one. */
  readonly bearer?: true | "administrator" | "optional";
  /** Asks for the credentials of the client that introspects and revokes tokens. */
  readonly client?: true;
  /** The form of the parameters in the path: one member for each. */
  readonly params?: Deferred<z.ZodMiniObject>;
  /** The form of the query: no other member is taken, and each once. */
  readonly query?: Deferred<z.ZodMiniObject>;
  /** Asks for a JSON object. */
  readonly body?: Deferred;
  /** Asks for a form instead, of text only, as OAuth's own operations do. */
  readonly form?: true;
  /** The answer when all is well. */
  readonly answer: {
    readonly status: ContentfulStatusCode | 204;
    readonly description: string;
    readonly schema?: Deferred;
    /** The time that anyone may keep the answer, in seconds. @default not at all */
    readonly maxAgeSeconds?: number;
  };
  /** The codes that it can answer with, beyond those that come with `bearer`, `params`, `query` and `body`. */
  readonly codes: readonly IdentityErrorCode[];
}

/** Operations by operationId. */
export type Operations = Readonly<Record<string, Operation>>;

/** The parts of a request that the handler of an operation is given: those that the operation asks for. */
export type OperationRequest<O extends Operation> = Part<O, "params"> &
  Part<O, "query"> &
  Part<O, "body"> &
  (O extends { bearer: true | "administrator" } ? { readonly caller: Caller } : unknown) &
  (O extends { bearer: "optional" } ? { readonly accessToken?: string } : unknown);

type Part<O extends Operation, Name extends "params" | "query" | "body"> =
  O extends Readonly<Record<Name, Deferred<infer Schema>>>
    ? Readonly<Record<Name, z.output<Schema>>>
    : unknown;

/** The answer that the handler of an operation gives back. */
export type OperationAnswer<O extends Operation> = O["answer"] extends {
  schema: Deferred<infer Schema>;
}
  ? z.input<Schema>
  : undefined;

/** One handler for each operation. */
export type Handlers<All extends Operations> = {
  readonly [Id in keyof All]: (
    request: OperationRequest<All[Id]>,
  ) => Promise<OperationAnswer<All[Id]>>;
};

/** Something that is served. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With each path parameter in braces. */
  readonly path: string;
  readonly respond: (c: Context<AppEnv>) => Response | Promise<Response>;
}

/** The parts of the service that an operation is served with, besides its handler. */
export interface OperationContext {
  readonly ports: Pick<Ports, "tokens" | "events" | "clock">;
  readonly bodyLimitBytes: number;
  /** The client that introspects and revokes tokens, if there is one. */
  readonly client: ClientCredentials | undefined;
  /** The scopes that make an administrator. */
  readonly adminScopes: readonly string[];
  /** The names in `client_metadata` that callers may send. */
  readonly clientMetadata: readonly string[];
  readonly problem: (c: Context<AppEnv>, content: ProblemContent) => Response;
}

/** Makes the routes of some operations: who calls first, then what they send, then the handler. */
export function routesOf<All extends Operations>(
  operations: All,
  handlers: Handlers<All>,
  context: OperationContext,
): readonly Route[] {
  return Object.entries(operations).map(([id, operation]) => {
    // The types of operation and handler were held against each other where the handlers were written.
    const handle: (request: never) => Promise<unknown> = handlers[id as keyof All];
    return {
      method: routeMethods[operation.method],
      path: operation.path,
      async respond(c) {
        if (operation.bearer === "administrator") c.set("scopes", context.adminScopes);
        if (operation.client) {
          await authenticateClient(c.req.header("Authorization"), context.client);
        }
        const shown = operation.bearer && (await shownBy(c, operation.bearer, context));
        const parts = await partsOf(c.req.raw, operation, context.bodyLimitBytes);
        const errors = [
          ...Object.values(parts).flatMap((part) => part?.errors ?? []),
          ...unlistedMetadata(parts.body?.value, context.clientMetadata),
        ];
        if (errors.length > 0) return context.problem(c, { code: "validation_failed", errors });
        const { params, query, body } = parts;
        const request = {
          ...shown,
          params: params?.value,
          query: query?.value,
          body: body?.value,
        };
        return answer(c, operation.answer, await handle(request as never));
      },
    };
  });
}

const routeMethods = {
  get: "GET",
  post: "POST",
  put: "PUT",
  patch: "PATCH",
  delete: "DELETE",
} as const;

async function shownBy(
  c: Context<AppEnv>,
  kind: NonNullable<Operation["bearer"]>,
  context: OperationContext,
): Promise<{ readonly caller?: Caller; readonly accessToken?: string }> {
  const isOptional = kind === "optional";
  if (isOptional && !isOfScheme("Bearer", c.req)) return {};
  const tell = (state: BearerState) => c.set("bearer", state);
  const accessToken = await bearerToken(c.req, context.bodyLimitBytes, tell);
  return isOptional ? { accessToken } : { caller: await authenticate(context.ports, accessToken) };
}

async function partsOf(
  request: Request,
  { path, params, query, body, form }: Operation,
  bodyLimitBytes: number,
): Promise<Readonly<Record<"params" | "query" | "body", Validated<unknown> | undefined>>> {
  const parseBody = form ? parseFormBody : parseJsonBody;
  return {
    params: params && parsePath(request, path, params()),
    query: query && parseQuery(request, query()),
    body: body && (await parseBody(request, body(), bodyLimitBytes)),
  };
}

function answer(
  c: Context<AppEnv>,
  { status, maxAgeSeconds }: Operation["answer"],
  content: unknown,
): Response {
  if (maxAgeSeconds !== undefined) c.header("Cache-Control", `public, max-age=${maxAgeSeconds}`);
  if (status === 204 || content === undefined) return c.body(null, status);
  return c.json(content, status);
}
