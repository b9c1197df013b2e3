// A thread that signs access tokens, a batch for each message, as fast as one thread can.
import { Buffer } from "node:buffer";
import { createPrivateKey, sign } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { accessTokenClaims } from "../fixture.ts";

/** What the thread needs to know. */
export interface SignerTask {
  readonly privateKeyPem: string;
  readonly header: { readonly alg: "ES256"; readonly kid: string };
  readonly issuer: string;
  readonly clientId: string;
}

const { privateKeyPem, header, issuer, clientId }: SignerTask = workerData;
const key = createPrivateKey(privateKeyPem);
const headerSegment = encode(header);

parentPort?.on("message", (count: number) => {
  parentPort?.postMessage(Array.from({ length: count }, signToken));
});

function signToken(): string {
  const now = Math.floor(Date.now() / 1000);
  const signed = `${headerSegment}.${encode(accessTokenClaims(issuer, clientId, now))}`;
  const signature = sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
