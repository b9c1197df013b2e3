import type { ContentfulStatusCode } from "hono/utils/http-status";
import type * as z from "zod/mini";
import type { WithCaptchaToken } from "../domain/captcha.ts";
import type { IdentityErrorCode } from "../domain/errors.ts";
import type { WithCallerAddress } from "../domain/ip-address.ts";
import type { Caller } from "../domain/use-cases/sessions.ts";
import type { Ports } from "../ports/index.ts";
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
  /** Asks for a sign-in that is not long ago: always, or where the body, which was found to be well, asks for it. */
  readonly freshSignIn?: true | ((body: never) => boolean);
  /** The part that it has in a session whose tokens are kept in a browser's cookies: what it does to that. */
  readonly session?: "starts" | "renews" | "ends";
  /** Asks for the credentials of the client that introspects and revokes tokens. */
  readonly client?: true;
  /** Asks for the token of whoever runs the service, or tells the handler whether they ask. */
  readonly operator?: true | "optional";
  /** Can be done only so often, by whoever calls: the handler is given their address. */
  readonly limited?: true;
  /** Can ask for a captcha that was passed: the handler is given the token that came along. */
  readonly captcha?: true;
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
    /** Of an answer that is text and none in JSON. @default "application/json" */
    readonly mediaType?: string;
    /** The time that anyone may keep the answer, in seconds. @default not at all */
    readonly maxAgeSeconds?: number;
  };
  /** The codes that it can answer with, beyond those that come with `bearer`, `freshSignIn`, `operator`, `limited`, `params`, `query` and `body`. */
  readonly codes: readonly IdentityErrorCode[];
}

/** Operations by operationId. */
export type Operations = Readonly<Record<string, Operation>>;

/** The parts of a request that the handler of an operation is given: those that the operation asks for. */
export type OperationRequest<O extends Operation> = Part<O, "params"> &
  Part<O, "query"> &
  Part<O, "body"> &
  (O extends { bearer: true | "administrator" } ? { readonly caller: Caller } : unknown) &
  (O extends { bearer: "optional" } ? { readonly accessToken?: string } : unknown) &
  (O extends { operator: "optional" } ? { readonly isOperator: boolean } : unknown) &
  (O extends { limited: true } ? WithCallerAddress : unknown) &
  (O extends { captcha: true } ? WithCaptchaToken : unknown);

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

/** One handler for each operation. What waits for nothing answers without a promise. */
export type Handlers<All extends Operations> = {
  readonly [Id in keyof All]: (
    request: OperationRequest<All[Id]>,
    /** The ports, of which the events know which request they come from. */
    ports: Ports,
  ) => OperationAnswer<All[Id]> | Promise<OperationAnswer<All[Id]>>;
};
