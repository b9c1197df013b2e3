import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "vitest";
import { openApiDocument } from "../../src/http/openapi/document.ts";
import { reasons } from "../../src/http/schemas/reasons.ts";

interface Media {
  readonly examples?: Readonly<Record<string, object>>;
  readonly schema: {
    readonly allOf?: readonly {
      readonly properties?: { readonly code: { readonly enum: readonly string[] } };
    }[];
  };
}

interface ResponseObject {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Readonly<Record<string, Media>>;
}

interface OperationObject {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
    readonly schemas: Record<string, Record<string, unknown>>;
    readonly responses: Record<string, ResponseObject>;
  };
}

const challengeHeader = "WWW-Authenticate";

/** The document as clients get it. */
export const document: Document = JSON.parse(JSON.stringify(openApiDocument()));

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(closed(document), "document");

/**
 * Holds an answer against the document: the status and the code are declared for the operation, the media type is, the
 * body has the form that the schema says and no member besides, and the headers are there.
 */
export function checkAnswer(method: string, path: string, response: Response, text: string): void {
  const where = `${method} ${path} ${response.status} ${text}`;
  const operation = document.paths[templateOf(path)]?.[method.toLowerCase()];
  if (response.status >= 400) checkProblem(text, where);
  if (!operation) return;
  const declared = resolved(operation.responses[response.status], where);
  for (const name of Object.keys(declared.headers ?? {})) {
    // Of all that gets a 403, only what a better token could mend is challenged.
    const isOwed = response.status !== 403 || name !== challengeHeader || /_scope"/.test(text);
    expect(response.headers.has(name), `${name} of ${where}`).toBe(isOwed);
  }
  const [[mediaType, { schema }] = [null, { schema: {} }]] = Object.entries(declared.content ?? {});
  expect(response.headers.get("Content-Type"), where).toBe(mediaType);
  if (mediaType === null) expect(text, where).toBe("");
  else checkBody(absolute(schema), text, where, mediaType.startsWith("text/"));
}

/** Gives the path of the document that a path is one of: itself, or one with parameters in the place of some segments. */
export function templateOf(path: string): string {
  if (path in document.paths) return path;
  const segments = path.split("/");
  const templates = Object.keys(document.paths).map((template) => template.split("/"));
  const matching = templates.find(
    (template) =>
      template.length === segments.length &&
      template.every((part, index) =>
        part.startsWith("{") ? segments[index] !== "" : part === segments[index],
      ),
  );
  return matching?.join("/") ?? path;
}

/** Gives the codes that a problem response of the document has an example of. */
export function exampleCodesOf(response: ResponseObject): readonly string[] {
  const { content } = resolved(response, "");
  return Object.keys(content?.["application/problem+json"]?.examples ?? {});
}

/** Gives the codes that a problem response of the document lists. */
export function codesOf(response: ResponseObject): readonly string[] {
  const { content } = resolved(response, "");
  const parts = content?.["application/problem+json"]?.schema.allOf ?? [];
  return parts.flatMap((part) => part.properties?.code.enum ?? []);
}

/** A problem has the form of all, and no reason in it that the document does not list. */
function checkProblem(text: string, where: string): void {
  checkBody({ $ref: "document#/components/schemas/Problem" }, text, where);
  const { errors = [] }: { readonly errors?: readonly { readonly reason: string }[] } =
    JSON.parse(text);
  for (const { reason } of errors) expect(Object.keys(reasons), where).toContain(reason);
}

function checkBody(schema: object, text: string, where: string, isText = false): void {
  const validate = ajv.compile(schema);
  const isValid = validate(isText ? text : JSON.parse(text));
  expect(isValid ? [] : validate.errors, where).toEqual([]);
}

function resolved(response: ResponseObject | undefined, where: string): ResponseObject {
  const name = response?.$ref?.replace("#/components/responses/", "");
  const found = name === undefined ? response : document.components.responses[name];
  if (!found) throw new Error(`not in the document: ${where}`);
  return found;
}

/** References in a schema that was taken out of the document lead nowhere, unless they name it. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
}

/** Answers are open for new members, but what the service answers today is in the document. */
function closed(original: Document): Document {
  const copy: Document = structuredClone(original);
  for (const schema of Object.values(copy.components.schemas)) {
    if (schema.type === "object") schema.additionalProperties ??= false;
  }
  return copy;
}
