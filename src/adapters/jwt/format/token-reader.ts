import type { JsonObject } from "../../shared/json-object.ts";
import { type ByteRange, decodeBase64url } from "./base64url.ts";
import { readHeader, type TokenHeader } from "./header.ts";
import { rejected } from "./rejection.ts";
import { parseObject } from "./strict-json.ts";

/** Longest token that is looked at, in characters: beyond it even splitting costs more than a refusal should. */
export const maxTokenLength = 16_384;

/** Most headers that are remembered, and the longest: an issuer has a few keys, and a header for each. */
const maxHeaders = 16;
const maxHeaderLength = 512;

/** The memory that a token gets which is used again, in bytes, and the most such pieces that lie ready. */
const usualSize = 3072;
const maxReady = 128;

/** A token taken apart, with nobody to vouch for what it says yet. */
export interface ReadToken {
  /** The whole token as it came. */
  readonly text: string;
  readonly header: TokenHeader;
  readonly claims: JsonObject;
  readonly signature: Uint8Array<ArrayBuffer>;
  /** The text that was signed: header and payload as they came. */
  readonly signingInput: Uint8Array<ArrayBuffer>;
  /** The memory that both are in. */
  readonly memory: Uint8Array<ArrayBuffer>;
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
  /** Takes a token's memory back: its signature and what was signed are not to be looked at any more. */
  release(token: ReadToken): void;
}

const encoder = new TextEncoder();

/** Makes a reader. */
export function createTokenReader(): TokenReader {
  const decoded = new Uint8Array(maxTokenLength);
  const headers: { readonly text: string; readonly header: TokenHeader }[] = [];
  const ready: Uint8Array<ArrayBuffer>[] = [];

  /**
   * Writes a token into memory that is its own until it is released, as its signature is checked while others are read:
   * WebCrypto copies what it is given before it gives its promise, but what somebody put in its place may not. Asking for
   * new memory for each token takes 6 % of the time of verifying it.
   */
  function encode(token: string): Uint8Array<ArrayBuffer> {
    const isUsual = token.length <= usualSize;
    const memory = (isUsual && ready.pop()) || new Uint8Array(isUsual ? usualSize : token.length);
    // Characters beyond ASCII take more room than there may be, and what was there before is none of the token's own.
    if (encoder.encodeInto(token, memory).read !== token.length) throw rejected("malformed");
    return memory;
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
      const memory = encode(token);
      const start = payloadEnd + 1;
      // Decoded where its text is, as it is shorter.
      const text = { bytes: memory, from: start, to: token.length };
      const length = decodeBase64url(text, memory, start);
      if (!length) throw rejected("malformed");
      const claims = parseObject(decode({ bytes: memory, from: headerEnd + 1, to: payloadEnd }));
      const header = headerOf(token, { bytes: memory, from: 0, to: headerEnd });
      const signature = memory.subarray(start, start + length);
      const signingInput = memory.subarray(0, payloadEnd);
      return { text: token, header, claims, signature, signingInput, memory };
    },

    release({ memory }) {
      if (memory.length === usualSize && ready.length < maxReady) ready.push(memory);
    },
  };
}
