import { isSameText } from "../../../adapters/shared/constant-time.ts";
import type { RandomBytes } from "../../../adapters/shared/random.ts";
import {
  bytesOf,
  generatorPower,
  hashNumber,
  modularPower,
  multiplier,
  multiplyAdd,
  numberOf,
} from "./numbers.ts";

/** The server's end of one exchange, between the client's public value and its proof. */
export interface SrpExchange {
  readonly clientPublic: bigint;
  readonly serverPublic: bigint;
  readonly serverPrivate: bigint;
  readonly verifier: bigint;
  /** Base64. */
  readonly secretBlock: string;
}

/** The proof that the client has the password. */
export interface SrpProof {
  /** The pool's name and the user's, one after the other. */
  readonly identity: string;
  readonly secretBlock: string;
  readonly timestamp: string;
  /** Base64. */
  readonly signature: string;
}

const privateBytes = 32;
const secretBlockBytes = 64;
const keyBits = 128;
const keyLabel = new TextEncoder().encode("Caldera Derived Key");

/** Answers a client's public value (RFC 5054 section 2.5.3). */
export async function openExchange(
  clientPublic: bigint,
  verifier: bigint,
  randomBytes: RandomBytes,
): Promise<SrpExchange> {
  const serverPrivate = numberOf(randomBytes(privateBytes));
  const serverPublic = multiplyAdd(await multiplier(), verifier, generatorPower(serverPrivate));
  const secretBlock = btoa(String.fromCharCode(...randomBytes(secretBlockBytes)));
  return { clientPublic, serverPublic, serverPrivate, verifier, secretBlock };
}

/** Tells whether a proof is one that only whoever knows the password can have made. */
export async function isProof(exchange: SrpExchange, proof: SrpProof): Promise<boolean> {
  if (proof.secretBlock !== exchange.secretBlock) return false;
  const key = await sharedKey(exchange);
  const utf8 = new TextEncoder();
  const block = Uint8Array.from(atob(exchange.secretBlock), (letter) => letter.charCodeAt(0));
  const message = [...utf8.encode(proof.identity), ...block, ...utf8.encode(proof.timestamp)];
  const mac = await crypto.subtle.sign("HMAC", key, Uint8Array.from(message));
  return isSameText(btoa(String.fromCharCode(...new Uint8Array(mac))), proof.signature);
}

async function sharedKey(exchange: SrpExchange): Promise<CryptoKey> {
  const { clientPublic, serverPublic, serverPrivate, verifier } = exchange;
  const scrambler = await hashNumber(bytesOf(clientPublic), bytesOf(serverPublic));
  const base = multiplyAdd(clientPublic, modularPower(verifier, scrambler), 0n);
  const secret = bytesOf(modularPower(base, serverPrivate));
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const salt = bytesOf(scrambler);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt, info: keyLabel };
  const bits = await crypto.subtle.deriveBits(algorithm, material, keyBits);
  return crypto.subtle.importKey("raw", bits, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
