import type { PublicJsonWebKey } from "../../../ports/index.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { signatureAlgorithm } from "../format/algorithms.ts";
import { isStrongKey, type PublicKeyParameters, publicKeyParameters } from "./public-key.ts";

/** The keys of a set that are left once it was looked through. */
export interface VettedKeys {
  /** The keys to verify with, each with what a verifier needs of it and nothing else. */
  readonly keys: readonly PublicJsonWebKey[];
  /** The ids of keys that are published for verifying but too weak to be trusted, broken, or of an unknown type. */
  readonly unusableKeyIds: ReadonlySet<string>;
}

/** Most keys to verify with that a set may have: Cognito publishes two, and twice that while it changes them. */
const maxKeys = 16;

/** Members that only private and shared keys have (RFC 7518 section 6). */
const secretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/**
 * Looks a JWK set through (RFC 7517 section 5). Left out before anything else are entries of unknown types and broken
 * ones, as the RFC asks, keys that are for anything but verifying signatures (sections 4.2 to 4.4), and weak ones: none
 * of them keeps a good key from being used. A member that is null counts as missing, but a key with a place for its
 * secret part is none to verify with. A key without an algorithm stays: the verifier's configuration has the last word
 * on what it may be used with.
 *
 * @throws {Error} for what is no key set, has too many keys, or publishes a secret one: whoever publishes that is not in
 *   control of the keys
 */
export function vetKeys(document: unknown): VettedKeys {
  if (!isJsonObject(document) || !Array.isArray(document.keys))
    throw new Error("That is no key set.");
  const entries = document.keys.filter(isJsonObject);
  if (entries.some(isSecret)) throw new Error("The key set publishes a secret key.");
  const forVerifying = entries.filter(isForVerifying);
  const keys = forVerifying.map(publicKey).filter((key) => key !== undefined);
  if (keys.length > maxKeys) throw new Error("The key set has too many keys.");
  const unusable = forVerifying
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
  return secretMembers.some((member) => isThere(entry[member]));
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function publicKey(entry: JsonObject): (PublicJsonWebKey & PublicKeyParameters) | undefined {
  const parameters = publicKeyParameters(entry);
  const { kid, alg, use, key_ops } = entry;
  if (!parameters || !isStrongKey(parameters)) return undefined;
  if (secretMembers.some((member) => entry[member] === null)) return undefined;
  if ([kid, alg, use].some((member) => isThere(member) && typeof member !== "string"))
    return undefined;
  if (isThere(key_ops) && !isTextList(key_ops)) return undefined;
  return {
    ...parameters,
    ...(typeof kid === "string" && { kid }),
    ...(typeof alg === "string" && { alg }),
    ...(typeof use === "string" && { use }),
    ...(isTextList(key_ops) && { key_ops }),
  };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isForVerifying({ use, alg, key_ops: operations }: JsonObject): boolean {
  if (isThere(use) && use !== "sig") return false;
  if (typeof alg === "string" && !signatureAlgorithm(alg)) return false;
  return !isTextList(operations) || operations.includes("verify");
}
