import type { PublicJsonWebKey } from "../../../ports/index.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { signatureAlgorithm } from "../format/algorithms.ts";
import { isStrong, type PublicKeyParameters, publicKeyParameters } from "./public-key.ts";

/** What is left of a key set once it was looked through. */
export interface VettedKeys {
  /** The keys to verify with, each with what a verifier needs of it and nothing else. */
  readonly keys: readonly PublicJsonWebKey[];
  /** The ids of keys that are published for verifying but too weak to be trusted, broken, or of an unknown type. */
  readonly unusableKeyIds: ReadonlySet<string>;
}

/** Most keys that a set may have: Cognito publishes two, and twice that while it changes them. */
const maxKeys = 16;

/** Members that only private and shared keys have (RFC 7518 section 6). */
const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * Looks a JWK set through (RFC 7517 section 5). Left out are entries of unknown types and broken ones, as the RFC asks,
 * keys that are for anything but verifying signatures (sections 4.2 to 4.4), and weak ones. A key without an algorithm
 * stays: the verifier's configuration has the last word on what it may be used with.
 *
 * @throws {Error} for what is no key set, has too many keys, publishes a secret one, or gives two keys one id: whoever
 *   publishes that is not in control of the keys
 */
export function vetKeys(document: unknown): VettedKeys {
  if (!isJsonObject(document) || !Array.isArray(document.keys))
    throw new Error("That is no key set.");
  if (document.keys.length > maxKeys) throw new Error("The key set has too many keys.");
  const entries = document.keys.filter(isJsonObject);
  if (entries.some(isSecret)) throw new Error("The key set publishes a secret key.");
  const published = entries.map(publicKey).filter((key) => key !== undefined);
  checkIds(published);
  const keys = published.filter((key) => isForVerifying(key) && isStrong(key));
  const unusable = entries
    .filter(isForVerifying)
    .flatMap(({ kid }) => (typeof kid === "string" ? kid : []))
    .filter((keyId) => !keys.some(({ kid }) => kid === keyId));
  return { keys, unusableKeyIds: new Set(unusable) };
}

/**
 * As {@link vetKeys}, for where there are keys to be lost by taking what has none.
 *
 * @throws {Error} as `vetKeys`, and for no usable key
 */
export function vetSomeKeys(document: unknown): VettedKeys {
  const vetted = vetKeys(document);
  if (vetted.keys.length === 0) throw new Error("The key set has no usable key.");
  return vetted;
}

function isSecret(entry: JsonObject): boolean {
  return entry.kty === "oct" || secretMembers.some((member) => Object.hasOwn(entry, member));
}

function publicKey(entry: JsonObject): (PublicJsonWebKey & PublicKeyParameters) | undefined {
  const parameters = publicKeyParameters(entry);
  const { kid, alg, use, key_ops } = entry;
  if (!parameters || ![kid, alg, use].every(isTextOrAbsent)) return undefined;
  if (key_ops !== undefined && !isTextList(key_ops)) return undefined;
  return {
    ...parameters,
    ...(typeof kid === "string" && { kid }),
    ...(typeof alg === "string" && { alg }),
    ...(typeof use === "string" && { use }),
    ...(key_ops !== undefined && { key_ops }),
  };
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
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

function isForVerifying({ use, alg, key_ops: operations }: JsonObject): boolean {
  if (use !== undefined && use !== "sig") return false;
  if (typeof alg === "string" && !signatureAlgorithm(alg)) return false;
  return !isTextList(operations) || operations.includes("verify");
}
