import type { JsonObject } from "../../src/domain/challenge.ts";
import type {
  PasskeyDevice,
  PasskeyFlaw,
} from "../../src/testing/identity-provider/steps/passkey-device.ts";
import { type CborValue, concat, encodeCbor } from "./cbor.ts";

/** What a software authenticator is, and what it is told to do wrong on every occasion. */
export interface SoftwareAuthenticatorOptions {
  /** The page's origin. */
  readonly origin: string;
  /** Whether it checks who its user is. @default true */
  readonly verifiesUser?: boolean;
  /** Whether it counts signatures. Passkeys that are synchronised do not. @default true */
  readonly counts?: boolean;
  /** The id that it gives every passkey, base64url. @default a random one for each */
  readonly credentialId?: string;
  /** Whether the page is in a frame of another site's. @default false */
  readonly isFramed?: boolean;
  /** What it attests passkeys with. @default nothing, in the format `none` */
  readonly attestation?: {
    readonly format: string;
    readonly statement: ReadonlyMap<string, CborValue>;
  };
}

/** A {@link PasskeyDevice} that is told what is not in its options. */
export interface SoftwareAuthenticator extends PasskeyDevice {
  /** The credential ids of its passkeys, base64url, the oldest first. */
  readonly ids: readonly string[];
}

interface StoredCredential {
  readonly id: string;
  readonly keys: CryptoKeyPair;
  readonly userHandle: string;
}

interface Ceremony {
  readonly type: "webauthn.create" | "webauthn.get";
  readonly challenge: string;
  readonly rpId: string;
  readonly flaw: PasskeyFlaw | undefined;
}

const flags = { userPresent: 0x01, userVerified: 0x04, attestedCredential: 0x40 };
const es256 = -7;

/** Makes an authenticator without passkeys, on ES256, that lives in a browser without a face. */
export function createSoftwareAuthenticator(
  device: SoftwareAuthenticatorOptions,
): SoftwareAuthenticator {
  const credentials: StoredCredential[] = [];
  let signCount = 0;

  function count(flaw: PasskeyFlaw | undefined): number {
    if (device.counts === false) return 0;
    // As of a copy that was made when the passkey was new.
    if (flaw === "counter_back") return 1;
    signCount += 1;
    return signCount;
  }

  return {
    get ids() {
      return credentials.map(({ id }) => id);
    },

    async create(options, flaw) {
      const rpId = textOf(objectOf(options.rp).id);
      const credential: StoredCredential = {
        id: device.credentialId ?? encode(crypto.getRandomValues(new Uint8Array(32))),
        keys: await newKeys(),
        userHandle: textOf(objectOf(options.user).id),
      };
      credentials.push(credential);
      const ceremony: Ceremony = {
        type: "webauthn.create",
        challenge: textOf(options.challenge),
        rpId,
        flaw,
      };
      const attested = await attestedCredential(credential);
      const authData = concat(await authenticatorHead(device, ceremony, count(flaw)), attested);
      const { format, statement } = device.attestation ?? { format: "none", statement: new Map() };
      const attestationObject = encodeCbor(
        new Map<string, CborValue>([
          ["fmt", format],
          ["attStmt", statement],
          ["authData", authData],
        ]),
      );
      return credentialJson(credential, {
        clientDataJSON: encode(clientData(device, ceremony)),
        attestationObject: encode(attestationObject),
        transports: ["internal"],
      });
    },

    async get(options, flaw) {
      const rpId = textOf(options.rpId);
      const ceremony: Ceremony = {
        type: "webauthn.get",
        challenge: textOf(options.challenge),
        rpId,
        flaw,
      };
      const credential = choose(credentials, options);
      const authData = await authenticatorHead(device, ceremony, count(flaw));
      const client = clientData(device, ceremony);
      const signed = concat(authData, await sha256(flaw === "bad_signature" ? authData : client));
      return credentialJson(credential, {
        clientDataJSON: encode(client),
        authenticatorData: encode(authData),
        signature: encode(await sign(credential, signed)),
        userHandle: credential.userHandle,
      });
    },
  };
}

function newKeys(): Promise<CryptoKeyPair> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** A passkey that is not allowed is used as well where there is no other: it is the provider's to refuse. */
function choose(credentials: readonly StoredCredential[], options: JsonObject): StoredCredential {
  const allowed = Array.isArray(options.allowCredentials) ? options.allowCredentials : [];
  const ids = allowed.map((entry: unknown) => objectOf(entry).id);
  const chosen = credentials.findLast(({ id }) => ids.includes(id)) ?? credentials.at(-1);
  if (!chosen) throw new Error("the device has no passkey");
  return chosen;
}

/** Web Authentication Level 3, section 5.8.1. */
function clientData(
  { origin, isFramed = false }: SoftwareAuthenticatorOptions,
  { type, challenge, flaw }: Ceremony,
): Uint8Array<ArrayBuffer> {
  const otherType = type === "webauthn.get" ? "webauthn.create" : "webauthn.get";
  const members = {
    type: flaw === "other_ceremony" ? otherType : type,
    challenge: flaw === "other_challenge" ? encode(new Uint8Array(32)) : challenge,
    origin: flaw === "other_origin" ? "https://evil.example" : origin,
    crossOrigin: isFramed,
  };
  return new TextEncoder().encode(JSON.stringify(members));
}

/** Web Authentication Level 3, section 6.1, up to the attested credential. */
async function authenticatorHead(
  { verifiesUser = true }: SoftwareAuthenticatorOptions,
  { type, rpId, flaw }: Ceremony,
  signCount: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const site = flaw === "other_site" ? "evil.example" : rpId;
  const rpIdHash = await sha256(new TextEncoder().encode(site));
  const attested = type === "webauthn.create" ? flags.attestedCredential : 0;
  const verified = verifiesUser ? flags.userVerified : 0;
  const counter = new DataView(new ArrayBuffer(4));
  counter.setUint32(0, signCount);
  const flagByte = Uint8Array.of(flags.userPresent | verified | attested);
  return concat(rpIdHash, flagByte, new Uint8Array(counter.buffer));
}

/** Web Authentication Level 3, section 6.5.1, with the key as RFC 9053 section 7.1.1 has it. */
async function attestedCredential({
  id,
  keys,
}: StoredCredential): Promise<Uint8Array<ArrayBuffer>> {
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", keys.publicKey);
  const key = new Map<number, CborValue>([
    [1, 2],
    [3, es256],
    [-1, 1],
    [-2, decode(x)],
    [-3, decode(y)],
  ]);
  const bytes = decode(id);
  const length = Uint8Array.of(bytes.length >> 8, bytes.length & 0xff);
  return concat(new Uint8Array(16), length, bytes, encodeCbor(key));
}

async function sign({ keys }: StoredCredential, bytes: Uint8Array<ArrayBuffer>) {
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm, keys.privateKey, bytes));
  const integers = [signature.subarray(0, 32), signature.subarray(32)].map(derInteger);
  const content = concat(...integers);
  return concat(Uint8Array.of(0x30, content.length), content);
}

/** X.690 section 8.3: as short as can be, and with a leading zero where it would be negative. */
function derInteger(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const short = bytes.subarray(start);
  const padded = (short[0] ?? 0) > 0x7f ? concat(Uint8Array.of(0), short) : short;
  return concat(Uint8Array.of(0x02, padded.length), padded);
}

function credentialJson({ id }: StoredCredential, response: JsonObject): JsonObject {
  return { id, rawId: id, type: "public-key", clientExtensionResults: {}, response };
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function encode(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
}

function objectOf(value: unknown): JsonObject {
  if (typeof value !== "object" || value === null) throw new TypeError("no object");
  return { ...value };
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("no text");
  return value;
}
