import { isJsonObject, type JsonObject } from "./json-object.ts";
import { rejected } from "./rejection.ts";

/** Longest token that is looked at, in characters: beyond it even splitting costs more than a refusal should. */
const maxTokenLength = 16_384;

/**
 * Base64url without padding (RFC 7515 section 2) and with the unused bits of the last character zero (RFC 4648
 * section 3.5), so that each token has one spelling only and its text can stand for it.
 */
const strictBase64url =
  /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/;

// A byte order mark is no JSON (RFC 8259 section 8.1), and bytes that are not UTF-8 are no text.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Splits a token in JWS Compact Serialization (RFC 7515 section 7.1) into header, payload and signature, still encoded.
 *
 * @throws {IdentityError} `invalid_token` — too long, not three segments, or not strict base64url
 */
export function splitToken(token: string): readonly [string, string, string] {
  if (token.length > maxTokenLength) throw rejected("malformed");
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || !signature || rest.length > 0) throw rejected("malformed");
  for (const segment of [header, payload, signature]) {
    if (!strictBase64url.test(segment)) throw rejected("malformed");
  }
  return [header, payload, signature];
}

/**
 * Reads a JSON object.
 *
 * @throws {IdentityError} `invalid_token` — not UTF-8, not JSON, or not an object
 */
export function parseObject(bytes: Uint8Array): JsonObject {
  const value = parseJson(bytes);
  if (!isJsonObject(value)) throw rejected("malformed");
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
