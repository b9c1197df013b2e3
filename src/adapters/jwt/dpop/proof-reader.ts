import type { JsonObject } from "../../shared/json-object.ts";
import { decodeText } from "../format/base64url.ts";
import { mediaType } from "../format/media-type.ts";
import { parseObject } from "../format/strict-json.ts";
import { refusedProof } from "./proof-refusal.ts";

/** Longest proof that is looked at, in characters: twice what one takes with an RSA key of 8192 bits. */
const maxProofLength = 8192;

/** Members that change how a JWS is to be read, which no proof needs (RFC 7515 section 4.1.11, RFC 7797). */
const refusedMembers = ["crit", "b64", "zip", "enc"];

/** A proof taken apart, with nobody to vouch for what it says yet. */
export interface ReadProof {
  readonly algorithm: string;
  readonly jwk: unknown;
  readonly claims: JsonObject;
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly signingInput: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();

/**
 * Takes a proof apart, as strictly as an access token: a JWS in Compact Serialization, each segment strict base64url,
 * nothing said twice. Two headers arrive as one with a comma, which is no base64url.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-4.2
 * @throws {IdentityError} `invalid_token` — it is none
 */
export function readProof(proof: string | undefined): ReadProof {
  if (!proof || proof.length > maxProofLength)
    throw refusedProof("There is no proof, or too long a one.");
  const segments = proof.split(".");
  const [head = "", payload = "", signature = ""] = segments;
  if (segments.length !== 3) throw refusedProof("The proof is no JWS.");
  const { typ, alg, jwk, ...others } = parseObject(decoded(head));
  if (mediaType(typ) !== "application/dpop+jwt")
    throw refusedProof("The proof is of another type.");
  if (typeof alg !== "string") throw refusedProof("The proof names no algorithm.");
  if (refusedMembers.some((member) => Object.hasOwn(others, member))) {
    throw refusedProof("The proof asks to be read in another way.");
  }
  return {
    algorithm: alg,
    jwk,
    claims: parseObject(decoded(payload)),
    signature: decoded(signature),
    signingInput: encoder.encode(`${head}.${payload}`),
  };
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeText(text);
  if (!bytes) throw refusedProof("The proof is not in base64url.");
  return bytes;
}
