import { hex, join, pad, padShort, signPadded, signText, toBytes, toNumber } from "./rsa.ts";
import { decode, importFor, type Signer } from "./signer.ts";

/** A way to make something that is like a signature of RS256 and is none. */
export interface Forgery {
  readonly what: string;
  forge(signer: Signer, input: string): Promise<Uint8Array>;
}

/** DigestInfo of SHA-256 up to the digest (RFC 8017 section 9.2, note 1). */
const sha256 = hex("3031300d060960864801650304020105000420");

/** Paddings that only a reader takes who does not look at every byte, after Wycheproof's; made with the right key. */
const paddings: readonly (readonly [string, (digest: Uint8Array) => Uint8Array])[] = [
  ["of block type 2", (digest) => pad([sha256, digest], { type: 2 })],
  ["of block type 0", (digest) => pad([sha256, digest], { type: 0 })],
  ["with another first byte", (digest) => pad([sha256, digest], { first: 1 })],
  ["with padding that is not all ones", (digest) => pad([sha256, digest], { filler: 0xfe })],
  ["with no end of the padding", (digest) => pad([sha256, digest], { separator: 0xff })],
  ["with short padding and rubbish at the end", (digest) => padShort([sha256, digest])],
  ["with rubbish after the digest", (digest) => pad([sha256, digest, new Uint8Array(8)])],
  ["with rubbish before the digest", (digest) => pad([new Uint8Array(8), sha256, digest])],
  [
    "without the hash's parameters",
    (digest) => pad([hex("302f300b06096086480165030402010420"), digest]),
  ],
  [
    "with other parameters",
    (digest) => pad([hex("3031300d060960864801650304020101000420"), digest]),
  ],
  [
    "with long-form lengths",
    (digest) => pad([hex("308131300d060960864801650304020105000420"), digest]),
  ],
  [
    "with an open end",
    (digest) => pad([hex("3080300d060960864801650304020105000420"), digest, hex("0000")]),
  ],
  [
    "that names SHA-1",
    (digest) => pad([hex("3021300906052b0e03021a05000414"), digest.slice(0, 20)]),
  ],
  ["that names SHA-384", (digest) => pad([hex("3041300d060960864801650304020205000430"), digest])],
  ["that names SHA-512", (digest) => pad([hex("3051300d060960864801650304020305000440"), digest])],
  ["of half the digest", (digest) => pad([sha256, digest.slice(0, 16)])],
  ["of the digest by itself", (digest) => pad([digest])],
  ["of another text's digest", (digest) => pad([sha256, digest.map((byte) => byte ^ 1)])],
  ["of nothing", () => pad([])],
];

/** The changes to a good signature. */
const changes: readonly (readonly [string, (signature: bigint, modulus: bigint) => Uint8Array])[] =
  [
    ["with its first bit flipped", (signature) => toBytes(signature ^ (1n << 2047n))],
    ["with a bit in its middle flipped", (signature) => toBytes(signature ^ (1n << 1024n))],
    ["with its last bit flipped", (signature) => toBytes(signature ^ 1n)],
    ["plus the modulus", (signature, modulus) => toBytes(signature + modulus)],
    ["taken from the modulus", (signature, modulus) => toBytes(modulus - signature)],
    ["of zeros", () => toBytes(0n)],
    ["of one", () => toBytes(1n)],
    ["of the modulus", (_signature, modulus) => toBytes(modulus)],
    ["of the modulus less one", (_signature, modulus) => toBytes(modulus - 1n)],
    ["without its last byte", (signature) => toBytes(signature).slice(0, -1)],
    ["without its first byte", (signature) => toBytes(signature).slice(1)],
    ["with a zero before", (signature) => join([hex("00"), toBytes(signature)])],
    ["with a zero after", (signature) => join([toBytes(signature), hex("00")])],
    ["twice in a row", (signature) => join([toBytes(signature), toBytes(signature)])],
    ["of one byte", () => hex("01")],
  ];

/** The forgeries. */
export const forgeries: readonly Forgery[] = [
  ...paddings.map(([what, padded]) => ({
    what,
    async forge(signer: Signer, input: string) {
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(input));
      return signPadded(signer, padded(new Uint8Array(digest)));
    },
  })),
  ...changes.map(([what, change]) => ({
    what,
    async forge(signer: Signer, input: string) {
      return change(toNumber(await signText(signer, input)), toNumber(decode(signer.jwk.n)));
    },
  })),
  {
    what: "of PS256",
    async forge(signer, input) {
      const key = await importFor(signer, { name: "RSA-PSS", hash: "SHA-256" });
      const how = { name: "RSA-PSS", saltLength: 32 };
      return new Uint8Array(await crypto.subtle.sign(how, key, new TextEncoder().encode(input)));
    },
  },
];
