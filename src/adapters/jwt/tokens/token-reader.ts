import type { JsonObject } from "../json-object.ts";
import { type ByteRange, decodeBase64url } from "./base64url.ts";
import { readHeader, type TokenHeader } from "./header.ts";
import { rejected } from "./rejection.ts";
import { parseObject } from "./strict-json.ts";

/** Longest token that is looked at, in characters: beyond it even splitting costs more than a refusal should. */
export const maxTokenLength = 16_384;

/** Most headers that are remembered, and the longest: an issuer has a few keys, and a header for each. */
const maxHeaders = 16;
const maxHeaderLength = 512;

/** How much memory is asked for at once, in bytes: for some fifty tokens. */
const poolSize = 65_536;

/** What a token says, with nobody to vouch for it yet. */
export interface ReadToken {
  readonly header: TokenHeader;
  readonly claims: JsonObject;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** What was signed: header and payload as they came. */
  readonly signingInput: Uint8Array<ArrayBuffer>;
}

/** Reads tokens in JWS Compact Serialization (RFC 7515 section 7.1). */
export interface TokenReader {
  /**
   * Takes a token apart. All three segments are strict base64url, or nothing of it is looked at, so that each token has
   * one spelling only and its text can stand for it.
   *
   * @throws {IdentityError} `invalid_token` — too long, not three segments, not strict base64url, or not JSON inside
   */
  read(token: string): ReadToken;
}

const encoder = new TextEncoder();

/** Makes a reader. */
export function createTokenReader(): TokenReader {
  const decoded = new Uint8Array(maxTokenLength);
  const headers: { readonly text: string; readonly header: TokenHeader }[] = [];
  let pool = new Uint8Array(0);
  let used = 0;

  /**
   * Writes a token into memory that nothing else is ever written into, as its signature is checked while others are
   * read: WebCrypto copies what it is given before it gives its promise, but what somebody put in its place may not.
   * Asking for the memory of each token by itself takes 6 % of the time of verifying it.
   */
  function encode(token: string): Uint8Array<ArrayBuffer> {
    if (pool.length - used < token.length) {
      pool = new Uint8Array(poolSize);
      used = 0;
    }
    const bytes = pool.subarray(used, used + token.length);
    used += token.length;
    // What is not ASCII takes more room than there is.
    if (encoder.encodeInto(token, bytes).read !== token.length) throw rejected("malformed");
    return bytes;
  }

  function decode(range: ByteRange): Uint8Array {
    const length = decodeBase64url(range, decoded, 0);
    if (!length) throw rejected("malformed");
    return decoded.subarray(0, length);
  }

  /**
   * Issuers write one header for all tokens of a key, and reading it anew takes 4 % of the time of verifying a token.
   * Comparing a few is faster than looking one up in a map.
   */
  function headerOf(token: string, range: ByteRange): TokenHeader {
    for (const { text, header } of headers) if (token.startsWith(text)) return header;
    const header = readHeader(decode(range));
    if (headers.length >= maxHeaders) headers.length = 0;
    const text = token.slice(0, range.to + 1);
    if (text.length <= maxHeaderLength) headers.push({ text, header });
    return header;
  }

  return {
    read(token) {
      if (token.length > maxTokenLength) throw rejected("malformed");
      const headerEnd = token.indexOf(".");
      const payloadEnd = token.indexOf(".", headerEnd + 1);
      if (payloadEnd < 0) throw rejected("malformed");
      const bytes = encode(token);
      const start = payloadEnd + 1;
      // Decoded where its text is, as it is shorter.
      const length = decodeBase64url({ bytes, from: start, to: bytes.length }, bytes, start);
      if (!length) throw rejected("malformed");
      const claims = parseObject(decode({ bytes, from: headerEnd + 1, to: payloadEnd }));
      const header = headerOf(token, { bytes, from: 0, to: headerEnd });
      const signature = bytes.subarray(start, start + length);
      return { header, claims, signature, signingInput: bytes.subarray(0, payloadEnd) };
    },
  };
}
