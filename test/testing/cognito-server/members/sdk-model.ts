import * as sdk from "@aws-sdk/client-cognito-identity-provider";

/** A structure of the API as the official SDK's own model has it: each member, and the structure that it holds, if any. */
export type ModelStructure = ReadonlyMap<string, string | undefined>;

/** The structures that the requests of operations are made of, by name. */
export interface RequestModel {
  /** The structure of each operation's request. */
  readonly requests: ReadonlyMap<string, string>;
  readonly structures: ReadonlyMap<string, ModelStructure>;
}

// The kinds of schemas, by the first element of each (@smithy/types).
const listSchema = 1;
const mapSchema = 2;
const structureSchema = 3;
const operationSchema = 9;

/** Reads the model of some operations from the schemas that the SDK serialises by. */
export function readRequestModel(operations: Iterable<string>): RequestModel {
  const wanted = new Set(operations);
  const requests = new Map<string, string>();
  const structures = new Map<string, ModelStructure>();
  for (const schema of Object.values<unknown>(sdk)) {
    if (!Array.isArray(schema) || schema[0] !== operationSchema) continue;
    const [, , name, , input] = schema;
    if (typeof name !== "string" || !wanted.has(name)) continue;
    requests.set(name, addStructure(structures, input) ?? "");
  }
  return { requests, structures };
}

/** Adds the structure that a schema leads to, and whatever is in it, and gives its name. */
function addStructure(structures: Map<string, ModelStructure>, found: unknown): string | undefined {
  const schema = typeof found === "function" ? found() : found;
  if (!Array.isArray(schema)) return undefined;
  // A schema with traits of the member's own is the first of a pair.
  if (typeof schema[0] !== "number") return addStructure(structures, schema[0]);
  const [kind, , name, , third, fourth] = schema;
  if (kind === listSchema) return addStructure(structures, third);
  if (kind === mapSchema) return addStructure(structures, fourth);
  if (kind !== structureSchema || typeof name !== "string") return undefined;
  if (structures.has(name)) return name;
  const members = new Map<string, string | undefined>();
  structures.set(name, members);
  const names: readonly string[] = third;
  names.forEach((member, index) => {
    members.set(member, addStructure(structures, fourth[index]));
  });
  return name;
}
