import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type * as z from "zod/mini";
import type { IdentityErrorCode } from "../domain/errors.ts";
import { authenticate, type Caller } from "../domain/use-cases/sessions.ts";
import type { Ports } from "../ports/index.ts";
import type { AppEnv } from "./environment.ts";
import { parseJsonBody } from "./json-body.ts";
import { bearerToken } from "./middleware/bearer.ts";
import type { Fault } from "./problem.ts";

/** One operation of the contract: what is served and what the OpenAPI document says are both read off it. */
export interface Operation {
  readonly method: "get" | "post" | "delete";
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** Asks for an access token. */
  readonly bearer?: true;
  /** Asks for a JSON object. */
  readonly body?: z.ZodMiniType;
  /** What it answers when all is well. */
  readonly answer: {
    readonly status: ContentfulStatusCode | 204;
    readonly description: string;
    readonly schema?: z.ZodMiniType;
    /** How long anyone may keep the answer, in seconds. @default not at all */
    readonly maxAgeSeconds?: number;
  };
  /** The codes that it can answer with, beyond those that come with `bearer` and `body`. */
  readonly codes: readonly IdentityErrorCode[];
}

/** Operations by operationId. */
export type Operations = Readonly<Record<string, Operation>>;

/** What the handler of an operation is given: the parts of the request that the operation asks for. */
export type OperationRequest<O extends Operation> = (O extends {
  body: infer Body extends z.ZodMiniType;
}
  ? { readonly body: z.output<Body> }
  : unknown) &
  (O extends { bearer: true } ? { readonly caller: Caller } : unknown);

/** What the handler of an operation gives back. */
export type OperationAnswer<O extends Operation> = O["answer"] extends {
  schema: infer Schema extends z.ZodMiniType;
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
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly respond: (c: Context<AppEnv>) => Response | Promise<Response>;
}

/** What serving an operation needs besides its handler. */
export interface OperationContext {
  readonly ports: Pick<Ports, "tokens" | "events" | "clock">;
  readonly bodyLimitBytes: number;
  readonly problem: (c: Context<AppEnv>, fault: Fault) => Response;
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
        const caller = operation.bearer && (await callerOf(c, context));
        const body =
          operation.body &&
          (await parseJsonBody(c.req.raw, operation.body, context.bodyLimitBytes));
        if (body?.errors) {
          return context.problem(c, { code: "validation_failed", errors: body.errors });
        }
        return answer(c, operation.answer, await handle({ body: body?.value, caller } as never));
      },
    };
  });
}

const routeMethods = { get: "GET", post: "POST", delete: "DELETE" } as const;

async function callerOf(c: Context<AppEnv>, context: OperationContext): Promise<Caller> {
  return authenticate(context.ports, await bearerToken(c, context.bodyLimitBytes));
}

function answer(
  c: Context<AppEnv>,
  { status, maxAgeSeconds }: Operation["answer"],
  content: unknown,
): Response {
  if (maxAgeSeconds !== undefined) c.header("Cache-Control", `public, max-age=${maxAgeSeconds}`);
  return status === 204 ? c.body(null, status) : c.json(content, status);
}
