import {
  type ApiDocument,
  bodyOf,
  codesOf,
  type DocumentedOperation,
  type OperationBody,
  resolve,
  type Schema,
} from "./api-document.ts";
import { inline, make } from "./elements.ts";

/** Makes the tables of what an operation takes: its parameters, and each form of its body. */
export function inputTables(api: ApiDocument, operation: DocumentedOperation): HTMLElement[] {
  const { parameters = [] } = operation;
  const schema = bodyOf(operation)?.schema;
  const rows = parameters.map((parameter) => {
    const { name, required, schema: limits, description } = resolve(api, parameter);
    return memberRow(name, required, { ...(description && { description }), ...limits });
  });
  return [
    ...(rows.length > 0 ? [memberTable("Parameters", rows)] : []),
    ...(schema ? bodyTables(api, resolve(api, schema)) : []),
  ];
}

/** Makes the table of an operation's answers, with the error codes of each. */
export function answerTable(api: ApiDocument, { responses }: OperationBody): HTMLElement {
  const rows = Object.entries(responses).map(([status, reference]) => {
    const answer = resolve(api, reference);
    const codes = codesOf(answer);
    const said =
      codes.length > 0
        ? codes.flatMap((code) => [make("code", {}, code), " "])
        : inline(answer.description);
    return make("tr", {}, make("th", { scope: "row" }, status), make("td", {}, ...said));
  });
  return make("table", {}, make("caption", {}, "Answers"), make("tbody", {}, ...rows));
}

function bodyTables(api: ApiDocument, schema: Schema): HTMLElement[] {
  const { oneOf, properties = {}, required = [], description } = schema;
  if (oneOf) return oneOf.flatMap((form) => bodyTables(api, resolve(api, form)));
  const rows = Object.entries(properties).map(([name, property]) =>
    memberRow(name, required.includes(name), resolve(api, property)),
  );
  return [memberTable(`Request body: ${description}`, rows)];
}

function memberTable(caption: string, rows: readonly HTMLElement[]): HTMLElement {
  return make("table", {}, make("caption", {}, ...inline(caption)), make("tbody", {}, ...rows));
}

function memberRow(name: string, required: boolean | undefined, schema: Schema): HTMLElement {
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, make("code", {}, name)),
    make("td", {}, required ? "required" : "optional"),
    make("td", {}, ...inline(limitsOf(schema))),
  );
}

function limitsOf(schema: Schema): string {
  const { type, minLength = 0, maxLength, minimum = 0, maximum, items, description = "" } = schema;
  const values = schema.const === undefined ? (schema.enum ?? items?.enum ?? []) : [schema.const];
  const limits = [
    type,
    ...(maxLength === undefined ? [] : [`${minLength} to ${maxLength} characters`]),
    ...(maximum === undefined ? [] : [`${minimum} to ${maximum}`]),
    ...(schema.default === undefined ? [] : [`by default ${schema.default}`]),
    ...(values.length > 0 ? [`\`${values.join("`, `")}\``] : []),
  ];
  return `${limits.join(", ")}. ${description}`;
}
