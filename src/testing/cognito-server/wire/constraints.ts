import { CognitoException, invalidParameter } from "./cognito-exception.ts";
import { isMembers } from "./wire.ts";

/** What a check has found so far. */
export interface Faults {
  /** Says which constraint a value at a path fails, and the value itself where it may be shown. */
  add(path: string, constraint: string, value?: unknown): void;
}

/** Reads a member: gives it typed, or says what is wrong with it. */
export type Check<Value> = (value: unknown, path: string, faults: Faults) => Value | undefined;

/** What the members of a structure are read with. A member is absent where it is not `required`. */
export type Shape = Readonly<Record<string, Check<unknown> & { readonly isRequired?: true }>>;

/** What is read with a shape. */
export type Read<Of extends Shape> = {
  readonly [Name in keyof Of as Of[Name] extends { readonly isRequired: true }
    ? Name
    : never]: ValueOf<Of[Name]>;
} & {
  readonly [Name in keyof Of as Of[Name] extends { readonly isRequired: true }
    ? never
    : Name]?: ValueOf<Of[Name]>;
};

type ValueOf<Of> = Of extends Check<infer Value> ? Value : never;

/**
 * Reads what a request sends.
 *
 * @throws {CognitoException} `InvalidParameter` — with every constraint of the API that it fails
 * @throws {CognitoException} `Serialization` — a member is of another type
 */
export function read<const Of extends Shape>(shape: Of, members: unknown): Read<Of> {
  const found: string[] = [];
  const faults: Faults = {
    add(path, constraint, value) {
      const shown = value === undefined ? "Value" : `Value '${JSON.stringify(value)}'`;
      const told = typeof value === "string" ? `Value '${value}'` : shown;
      found.push(`${value === null ? "Value null" : told} at '${path}' ${failed}: ${constraint}`);
    },
  };
  const value = structure(shape)(members, "", faults);
  if (value !== undefined && found.length === 0) return value;
  const errors = found.length === 1 ? "error" : "errors";
  throw invalidParameter(`${found.length} validation ${errors} detected: ${found.join("; ")}`);
}

const failed = "failed to satisfy constraint";

/** Makes a member one that must be there. */
export function required<Value>(check: Check<Value>): Check<Value> & { readonly isRequired: true } {
  return Object.assign(check.bind(undefined), { isRequired: true as const });
}

/** A text's constraints. Lengths are in UTF-16 code units. */
export interface TextConstraints {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
  /** Whether its value is repeated in no message. */
  readonly isSecret?: boolean;
}

/** Reads a text. */
export function text(constraints: TextConstraints = {}): Check<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, oneOf, isSecret } = constraints;
  return (value, path, faults) => {
    if (typeof value !== "string") throw wrongType(value, "a String");
    const fault = (constraint: string) =>
      faults.add(path, constraint, isSecret ? undefined : value);
    if (value.length < min) fault(`Member must have length greater than or equal to ${min}`);
    if (value.length > max) fault(`Member must have length less than or equal to ${max}`);
    if (pattern && !pattern.test(value))
      fault(`Member must satisfy regular expression pattern: ${shownPattern(pattern)}`);
    if (oneOf && !oneOf.includes(value))
      fault(`Member must satisfy enum value set: [${oneOf.join(", ")}]`);
    return value;
  };
}

/** Reads one of some texts. */
export function choice<const Name extends string>(...names: readonly Name[]): Check<Name> {
  const check = text({ oneOf: names });
  return (value, path, faults) => {
    check(value, path, faults);
    return names.find((name) => name === value);
  };
}

/** Reads a whole number within bounds. */
export function integer(min: number, max: number): Check<number> {
  return (value, path, faults) => {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(value, "an Integer");
    if (value < min)
      faults.add(path, `Member must have value greater than or equal to ${min}`, value);
    if (value > max) faults.add(path, `Member must have value less than or equal to ${max}`, value);
    return value;
  };
}

/** Reads true or false. */
export function flag(): Check<boolean> {
  return (value) => {
    if (typeof value !== "boolean") throw wrongType(value, "a Boolean");
    return value;
  };
}

/** Reads a list. */
export function list<Item>(item: Check<Item>, max = 100): Check<readonly Item[]> {
  return (value, path, faults) => {
    if (!Array.isArray(value)) throw wrongType(value, "a List");
    if (value.length > max)
      faults.add(path, `Member must have length less than or equal to ${max}`);
    const items = value.map((one, index) => item(one, `${path}.${index + 1}.member`, faults));
    return items.filter((one) => one !== undefined);
  };
}

/** Reads a map of texts, whose values are repeated in no message. */
export function texts(max = 2048): Check<Readonly<Record<string, string>>> {
  const check = text({ max, isSecret: true });
  return (value, path, faults) => {
    if (!isMembers(value)) throw wrongType(value, "a Map");
    const entries = Object.entries(value).filter(([, one]) => one !== null);
    for (const [name, one] of entries) check(one, `${path}.${name}.member`, faults);
    return Object.fromEntries(entries.map(([name, one]) => [name, String(one)]));
  };
}

/** Reads anything that JSON has. */
export function anything(): Check<unknown> {
  return (value) => value;
}

/** Reads a structure. Members that it does not have are passed over, as by Cognito. */
export function structure<const Of extends Shape>(shape: Of): Check<Read<Of>> {
  return (value, path, faults) => {
    if (!isMembers(value)) throw wrongType(value, "a Structure");
    const members: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(shape)) {
      const member = value[name] ?? undefined;
      const at = path === "" ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
      if (member !== undefined) members[name] = check(member, at, faults);
      else if (check.isRequired) faults.add(at, "Member must not be null", null);
    }
    return members as Read<Of>;
  };
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** As Cognito writes it: without what anchors it to the whole text. */
function shownPattern({ source }: RegExp): string {
  return source.replace(/^\^|\$$/g, "");
}

function wrongType(value: unknown, expected: string): CognitoException {
  const actual = Array.isArray(value) ? "Start of list" : typeof value;
  return new CognitoException("Serialization", `${actual} can not be converted to ${expected}`);
}
