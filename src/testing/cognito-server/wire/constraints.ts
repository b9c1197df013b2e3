import { CognitoException, invalidParameter } from "./cognito-exception.ts";
import { isMembers } from "./wire.ts";

/** The faults that a check has found so far. */
export interface ConstraintFailures {
  /** Says which constraint a value at a path fails, and the value itself where it may be shown. */
  add(path: string, constraint: string, value?: unknown): void;
}

/** Reads a member: gives it typed, or says what is wrong with it. */
export interface Check<Value> {
  (value: unknown, path: string, failures: ConstraintFailures): Value | undefined;
  /** Of a structure: what its members are read with. */
  readonly members?: Shape;
  /** Of a list or a map: what each of its values is read with. */
  readonly item?: Check<unknown>;
  /** Of a member that this server does not do, whatever its value. */
  readonly isRefused?: true;
}

/** The checks that the members of a structure are read with. A member is absent where it is not `required`. */
export type Shape = Readonly<Record<string, Check<unknown> & { readonly isRequired?: true }>>;

/** The members as a shape reads them. */
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
  const failures: ConstraintFailures = {
    add(path, constraint, value) {
      const shown = value === undefined ? "Value" : `Value '${JSON.stringify(value)}'`;
      const told = typeof value === "string" ? `Value '${value}'` : shown;
      found.push(`${value === null ? "Value null" : told} at '${path}' ${failed}: ${constraint}`);
    },
  };
  const value = structure(shape)(members, "", failures);
  if (value !== undefined && found.length === 0) return value;
  const errors = found.length === 1 ? "error" : "errors";
  throw invalidParameter(`${found.length} validation ${errors} detected: ${found.join("; ")}`);
}

const failed = "failed to satisfy constraint";

/** Makes a member one that must be there. */
export function required<Value>(check: Check<Value>): Check<Value> & { readonly isRequired: true } {
  const bound: Check<Value> = check.bind(undefined);
  return Object.assign(bound, check, { isRequired: true as const });
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
  return (value, path, failures) => {
    if (typeof value !== "string") throw wrongType(value, "a String");
    const fail = (constraint: string) =>
      failures.add(path, constraint, isSecret ? undefined : value);
    if (value.length < min) fail(`Member must have length greater than or equal to ${min}`);
    if (value.length > max) fail(`Member must have length less than or equal to ${max}`);
    if (pattern && !pattern.test(value))
      fail(`Member must satisfy regular expression pattern: ${shownPattern(pattern)}`);
    if (oneOf && !oneOf.includes(value))
      fail(`Member must satisfy enum value set: [${oneOf.join(", ")}]`);
    return value;
  };
}

/** Reads one of some texts. */
export function choice<const Name extends string>(...names: readonly Name[]): Check<Name> {
  const check = text({ oneOf: names });
  return (value, path, failures) => {
    check(value, path, failures);
    return names.find((name) => name === value);
  };
}

/** Reads a whole number within bounds. */
export function integer(min: number, max: number): Check<number> {
  return (value, path, failures) => {
    if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(value, "an Integer");
    if (value < min)
      failures.add(path, `Member must have value greater than or equal to ${min}`, value);
    if (value > max)
      failures.add(path, `Member must have value less than or equal to ${max}`, value);
    return value;
  };
}

/** Reads true or false. As at Cognito, the words do as well: templates send `"True"`. */
export function flag(): Check<boolean> {
  return (value) => {
    const word = typeof value === "string" ? value.toLowerCase() : value;
    if (word === true || word === "true") return true;
    if (word === false || word === "false") return false;
    throw wrongType(value, "a Boolean");
  };
}

/** Reads a list. */
export function list<Item>(item: Check<Item>, max = 100, min = 0): Check<readonly Item[]> {
  const check: Check<readonly Item[]> = (value, path, failures) => {
    if (!Array.isArray(value)) throw wrongType(value, "a List");
    if (value.length < min)
      failures.add(path, `Member must have length greater than or equal to ${min}`);
    if (value.length > max)
      failures.add(path, `Member must have length less than or equal to ${max}`);
    const items = value.map((one, index) => item(one, `${path}.${index + 1}.member`, failures));
    return items.filter((one) => one !== undefined);
  };
  return Object.assign(check, { item });
}

/** Reads a map from texts, such as the tags of a pool. */
export function map<Item>(
  item: Check<Item>,
  name: Check<string> = text(),
): Check<Readonly<Record<string, Item>>> {
  const check: Check<Readonly<Record<string, Item>>> = (value, path, failures) => {
    if (!isMembers(value)) throw wrongType(value, "a Map");
    const entries = Object.entries(value).flatMap(([key, one]): [string, Item][] => {
      name(key, path, failures);
      const read = one === null ? undefined : item(one, `${path}.${key}.member`, failures);
      return read === undefined ? [] : [[key, read]];
    });
    return Object.fromEntries(entries);
  };
  return Object.assign(check, { item });
}

/**
 * Refuses a member that this server does not do: it would be kept, and nothing would come of it.
 *
 * @param what - what is not done
 */
export function unserved(what: string): Check<never> {
  const check: Check<never> = () => {
    throw invalidParameter(`This server does not do ${what}.`);
  };
  return Object.assign(check, { isRefused: true as const });
}

/** Reads a map of texts, whose values are repeated in no message. */
export function texts(max = 2048): Check<Readonly<Record<string, string>>> {
  const check = text({ max, isSecret: true });
  return (value, path, failures) => {
    if (!isMembers(value)) throw wrongType(value, "a Map");
    const entries = Object.entries(value).filter(([, one]) => one !== null);
    for (const [name, one] of entries) check(one, `${path}.${name}.member`, failures);
    return Object.fromEntries(entries.map(([name, one]) => [name, String(one)]));
  };
}

/** Reads anything that JSON has. */
export function anything(): Check<unknown> {
  return (value) => value;
}

/** Reads a structure. Members that it does not have are passed over, as by Cognito. */
export function structure<const Of extends Shape>(shape: Of): Check<Read<Of>> {
  const check: Check<Read<Of>> = (value, path, failures) => {
    if (!isMembers(value)) throw wrongType(value, "a Structure");
    const members: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(shape)) {
      const member = value[name] ?? undefined;
      const at = path === "" ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
      if (member !== undefined) members[name] = check(member, at, failures);
      else if (check.isRequired) failures.add(at, "Member must not be null", null);
    }
    return members as Read<Of>;
  };
  return Object.assign(check, { members: shape });
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
