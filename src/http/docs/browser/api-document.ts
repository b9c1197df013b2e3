/** A place in the document that stands for what is written elsewhere in it. */
export interface Reference {
  readonly $ref: string;
}

/** A schema of the document, as far as the page shows it. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema | Reference>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly (Schema | Reference)[];
  readonly items?: { readonly enum?: readonly string[] };
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly default?: string | number | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

/** A body to send, and examples of it. */
export interface Body {
  readonly schema: Schema | Reference;
  readonly examples?: Readonly<Record<string, Example | Reference>>;
}

interface Example {
  readonly value: Readonly<Record<string, unknown>>;
}

/** An answer of an operation. */
export interface DocumentedAnswer {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: ProblemSchema }>>;
}

interface ProblemSchema {
  readonly allOf?: readonly {
    readonly properties?: { readonly code?: { readonly enum?: readonly string[] } };
  }[];
}

/** An operation, as it stands below its path and method. */
export interface OperationBody {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Body>> };
  readonly responses: Readonly<Record<string, DocumentedAnswer | Reference>>;
}

/** An operation with its path and method. */
export interface DocumentedOperation extends OperationBody {
  readonly path: string;
  readonly method: string;
}

/** A group of operations. */
export interface Tag {
  readonly name: string;
  readonly description: string;
}

/** The service's OpenAPI document: what `src/http/openapi/document.ts` makes, as far as the page goes by it. */
export interface ApiDocument {
  readonly info: { readonly description: string };
  readonly tags: readonly Tag[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationBody>>>>;
  readonly components: {
    readonly examples: Readonly<Record<string, Example>>;
    readonly schemas: {
      readonly AnswerChallengeRequest: {
        readonly discriminator: { readonly mapping: Readonly<Record<string, string>> };
      };
    };
  };
}

/** Follows a reference to the node that it stands for, and gives anything else as it is. */
export function resolve<Node extends object>(api: ApiDocument, node: Node | Reference): Node {
  if (!("$ref" in node)) return node;
  let found: unknown = api;
  for (const name of node.$ref.slice(2).split("/")) found = Reflect.get(Object(found), name);
  return found as Node;
}

/** Gives every operation of the document, in its order. */
export function operationsOf(api: ApiDocument): DocumentedOperation[] {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
}

/** Gives the body of an operation that has one. */
export function bodyOf({ requestBody }: OperationBody): Body | undefined {
  return Object.values(requestBody?.content ?? {})[0];
}

/** Gives the first example of a body, or an empty one. */
export function exampleOf(api: ApiDocument, { examples = {} }: Body): Example["value"] {
  const [first] = Object.values(examples);
  return first ? resolve(api, first).value : {};
}

/** Gives an example of an answer to a challenge of a type, or of one that is answered in the same way. */
export function challengeExampleOf(api: ApiDocument, type: string): Example["value"] | undefined {
  const { examples, schemas } = api.components;
  const { mapping } = schemas.AnswerChallengeRequest.discriminator;
  return Object.values(examples)
    .map(({ value }) => value)
    .find((value) => value.session !== undefined && mapping[String(value.type)] === mapping[type]);
}

/** Tells whether an operation takes an access token. */
export function asksForToken({ security }: OperationBody): boolean {
  return security.some((alternative) => "accessToken" in alternative);
}

/** Gives the error codes that an answer can have. */
export function codesOf({ content }: DocumentedAnswer): readonly string[] {
  const parts = content?.["application/problem+json"]?.schema.allOf ?? [];
  return parts.flatMap(({ properties }) => properties?.code?.enum ?? []);
}
