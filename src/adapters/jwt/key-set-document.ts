import type { JsonWebKeySet, PublicJsonWebKey } from "../../ports/index.ts";
import { isJsonObject, type JsonObject } from "./json-object.ts";
import { publicKeyParameters } from "./public-key.ts";

/** Most keys that a set may have: Cognito publishes two, and twice that while it changes them. */
const maxKeys = 16;

/** Members that only private and shared keys have (RFC 7518 section 6). */
const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * Reads a JWK set (RFC 7517 section 5), keeping of each key what a verifier needs and nothing else. Keys of unknown
 * types and broken ones are left out, as the RFC asks.
 *
 * @throws {Error} for what is no key set, has no usable key or too many, publishes a secret key, or gives two keys one id
 */
export function parseKeySet(text: string): JsonWebKeySet {
  const document: unknown = JSON.parse(text);
  if (!isJsonObject(document) || !Array.isArray(document.keys))
    throw new Error("That is no key set.");
  const entries = document.keys.filter(isJsonObject);
  if (document.keys.length > maxKeys) throw new Error("The key set has too many keys.");
  if (entries.some(isSecret)) throw new Error("The key set publishes a secret key.");
  const keys = entries.flatMap((entry) => publicKey(entry) ?? []);
  if (keys.length === 0) throw new Error("The key set has no usable key.");
  checkIds(keys);
  return { keys };
}

function isSecret(entry: JsonObject): boolean {
  return entry.kty === "oct" || secretMembers.some((member) => Object.hasOwn(entry, member));
}

function publicKey(entry: JsonObject): PublicJsonWebKey | undefined {
  const parameters = publicKeyParameters(entry);
  if (!parameters) return undefined;
  const { kid, alg, use, key_ops } = entry;
  return {
    ...parameters,
    ...(typeof kid === "string" ? { kid } : {}),
    ...(typeof alg === "string" ? { alg } : {}),
    ...(typeof use === "string" ? { use } : {}),
    ...(isTextList(key_ops) ? { key_ops } : {}),
  };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

/** Two keys under one id would make it a matter of chance which one verifies. */
function checkIds(keys: readonly PublicJsonWebKey[]): void {
  const known = new Map<string, string>();
  for (const key of keys) {
    if (key.kid === undefined) continue;
    const text = JSON.stringify(key);
    if ((known.get(key.kid) ?? text) !== text) throw new Error("Two keys have one id.");
    known.set(key.kid, text);
  }
}
