import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";

/** The part of JSON Schema that the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

interface ResponseObject {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly schema: Schema;
}

/** An operation, as openapi.yaml has it. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** The media type of the body and its schema. */
  readonly body?: readonly [mediaType: string, schema: Schema];
  /** The names of the credentials that it takes. */
  readonly credentials: readonly string[];
  /** Tells the faults of an answer, as the document has it. */
  readonly faultsOf: (answer: FuzzAnswer) => readonly string[];
}

/** An answer, read to its end. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Document {
  readonly paths: Record<string, Record<string, RawOperation>>;
  readonly components: {
    readonly schemas: Record<string, Schema & { additionalProperties?: boolean }>;
    readonly responses: Record<string, ResponseObject>;
    readonly parameters?: Record<string, Parameter>;
  };
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter & { readonly $ref?: string })[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, ResponseObject>;
  readonly security?: readonly object[];
}

const document: Document = parse(
  readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8"),
);

const ajv = new Ajv2020({ strict: false, allErrors: false });
formats.default(ajv);
ajv.addSchema(closed(document), "document");

/** Gives the schema that a reference of the document leads to. */
export function resolveSchema(schema: Schema): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  if (name === undefined) return schema;
  const found = document.components.schemas[name];
  if (!found) throw new Error(`no schema ${name}`);
  return found;
}

/** Every operation of the document. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, item]) =>
    Object.entries(item)
      .filter(([, { operationId }]) => operationId !== undefined)
      .map(([method, raw]) => operationOf(path, method.toUpperCase(), raw)),
);

function operationOf(path: string, method: string, raw: RawOperation): Operation {
  const [body] = Object.entries(raw.requestBody?.content ?? {});
  const checks = new Map(
    Object.entries(raw.responses).map(([status, response]) => [Number(status), checkOf(response)]),
  );
  return {
    operationId: raw.operationId,
    method,
    path,
    parameters: (raw.parameters ?? []).map(parameterOf),
    ...(body && { body: [body[0], body[1].schema] }),
    credentials: (raw.security ?? []).flatMap((alternative) => Object.keys(alternative)),
    faultsOf(answer) {
      const check = checks.get(answer.status);
      return check ? check(answer) : [`status ${answer.status} is not declared`];
    },
  };
}

function parameterOf(parameter: Parameter & { readonly $ref?: string }): Parameter {
  const name = parameter.$ref?.replace("#/components/parameters/", "");
  const found = name === undefined ? parameter : document.components.parameters?.[name];
  if (!found) throw new Error(`no parameter ${name}`);
  return found;
}

/** Compiled when it is first needed, and once for each response. */
function checkOf(response: ResponseObject): (answer: FuzzAnswer) => readonly string[] {
  const name = response.$ref?.replace("#/components/responses/", "");
  const { content = {} } =
    name === undefined ? response : (document.components.responses[name] ?? {});
  const [[mediaType, { schema }] = [undefined, { schema: {} }]] = Object.entries(content);
  let validate: ValidateFunction | undefined;
  return ({ headers, text }) => {
    const type = headers.get("content-type")?.split(";")[0];
    if (mediaType === undefined) return text === "" ? [] : ["a body that is not declared"];
    if (type !== mediaType) return [`the media type ${type} is not declared`];
    validate ??= ajv.compile(absolute(schema));
    if (validate(JSON.parse(text))) return [];
    return [`the body is not as declared: ${ajv.errorsText(validate.errors)}`];
  };
}

/** References in a schema that was taken out of the document lead nowhere, unless they name it. */
function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));
}

/** Answers are open for new members, but what the service answers today is in the document. */
function closed(original: Document): Document {
  const copy = structuredClone(original);
  for (const schema of Object.values(copy.components.schemas))
    if (schema.type === "object") schema.additionalProperties ??= false;
  return copy;
}
