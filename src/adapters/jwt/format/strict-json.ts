import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { rejected } from "./rejection.ts";

/** Deepest nesting of objects and lists in a token: more than any provider writes, and little enough to walk. */
const maxDepth = 32;

// A byte order mark is no JSON (RFC 8259 section 8.1), and bytes that are not UTF-8 are no text.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Longest run of digits in a number: four times what tells any two doubles apart, and little enough for any parser. */
const maxDigits = 64;

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Reads a JSON object in which nothing is said twice. Parsers differ in which of two members of one name they take
 * (RFC 7515 section 4 and RFC 7519 section 4 leave it to them), and what two readers understand differently is a way
 * past one of them. So is a number that some parsers refuse for its length, or a member that is a part of every object.
 *
 * @throws {IdentityError} `invalid_token` — not UTF-8, not JSON, not an object, nested too deep, a name used twice or
 *   named `__proto__` or `constructor`, or a number of more than 64 digits
 */
export function parseObject(bytes: Uint8Array): JsonObject {
  const written = countMembers(bytes);
  const value = parseJson(bytes);
  if (!isJsonObject(value) || written !== countNames(value)) throw rejected("malformed");
  return value;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    // The parser's message quotes the token: it goes no further, not even as a cause.
    throw rejected("malformed");
  }
}

/**
 * Counts the members written, in all objects together: in JSON each has one colon outside of strings. Means nothing
 * for what is not JSON.
 */
function countMembers(bytes: Uint8Array): number {
  let members = 0;
  let depth = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at++];
    if (byte === quote) {
      while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
      at += 1;
    } else if (byte === colon) members += 1;
    else if (byte === openObject || byte === openList) depth += 1;
    else if (byte === closeObject || byte === closeList) depth -= 1;
    else if (isDigit(byte)) {
      const from = at;
      while (isDigit(bytes[at])) at += 1;
      if (at - from >= maxDigits) throw rejected("malformed");
    }
    if (depth > maxDepth) throw rejected("malformed");
  }
  return members;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Counts the members that the parser kept, in all objects together: one for each name. */
function countNames(value: object): number {
  // A careless reader of the claims would take these for something else than members.
  if (Object.hasOwn(value, "__proto__") || Object.hasOwn(value, "constructor")) {
    throw rejected("malformed");
  }
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  let names = members === value ? 0 : members.length;
  for (const member of members) {
    if (typeof member === "object" && member !== null) names += countNames(member);
  }
  return names;
}
