import { isJsonObject, type JsonObject } from "../../adapters/shared/json-object.ts";

/** The parts of a token that say what it is, as they stand there: nothing of it is verified, and nothing is about the user. */
export interface TokenParts {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** Reads the parts of a token, as far as it is one. */
export function partsOf(token: string): TokenParts | undefined {
  const [header, claims, signature, more] = token.split(".");
  if (signature === undefined || more !== undefined) return undefined;
  const parts = { header: objectIn(header), claims: objectIn(claims) };
  return parts.header && parts.claims && { header: parts.header, claims: parts.claims };
}

/** The members that tell what a token is, and not whose. */
const headerNames = ["alg", "kid", "typ"];
const claimNames = ["iss", "aud", "client_id", "azp", "token_use", "iat", "nbf", "exp"];

/** Gives the members of a token that tell what it is, and not whose, for programs. */
export function summaryOf(token: string): JsonObject | undefined {
  const parts = partsOf(token);
  return parts && { ...pick(parts.header, headerNames), ...pick(parts.claims, claimNames) };
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (name in object ? [[name, object[name]]] : [])),
  );
}

function objectIn(part = ""): JsonObject | undefined {
  try {
    const bytes = Uint8Array.from(
      atob(part.replaceAll("-", "+").replaceAll("_", "/")),
      (character) => character.charCodeAt(0),
    );
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
