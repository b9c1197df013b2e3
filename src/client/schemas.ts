import type { components, operations, paths } from "./generated/api.ts";

/** The values that go over the wire, by their names in the API's document. */
export type Schemas = components["schemas"];

/** A request method, as the document writes it. */
export type Method = "get" | "post" | "put" | "patch" | "delete";

/** The paths that take a method. */
export type PathOf<M extends Method> = {
  [Path in keyof paths]: paths[Path][M] extends { readonly responses: unknown } ? Path : never;
}[keyof paths];

/** The body that an operation is sent. */
export type BodyOf<M extends Method, Path extends PathOf<M>> = paths[Path][M] extends {
  readonly requestBody?: infer Request;
}
  ? JsonOf<NonNullable<Request>>
  : never;

/** The content of the answer of an operation that went well. */
export type AnswerOf<M extends Method, Path extends PathOf<M>> = paths[Path][M] extends {
  readonly responses: infer Responses;
}
  ? ContentOf<Responses[keyof Responses & (200 | 201 | 202)]>
  : never;

/** Where there is none but 204, an answer has no content. */
type ContentOf<Response> = [Response] extends [never] ? undefined : JsonOf<Response>;

type JsonOf<Message> = Message extends { readonly content: { "application/json": infer Json } }
  ? Json
  : undefined;

/**
 * Every code that the service answers errors with. A newer service can have more.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457 for the documents that they are in
 */
export type ServiceErrorCode =
  // Of addresses, and so of no operation.
  | "method_not_allowed"
  | CodeOf<components["responses"][keyof components["responses"]]>
  | { [Id in keyof operations]: CodeOf<Responses<operations[Id]>> }[keyof operations];

type Responses<Operation extends { readonly responses: object }> =
  Operation["responses"][keyof Operation["responses"]];

type CodeOf<Response> = Response extends {
  readonly content: { "application/problem+json": { readonly code?: infer Code } };
}
  ? NonNullable<Code>
  : never;

/** The abilities of a service, and what it asks for. */
export type Capabilities = AnswerOf<"get", "/v1/capabilities">;

/** Whom a session is of, and since when. */
export type Session = Schemas["UserSession"];

/** One thing wrong with what was sent: where it is, and a stable word. */
export type Fault = Schemas["MemberFault"];
