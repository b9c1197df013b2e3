import * as base64url from "jose/base64url";
import { hmacSha256 } from "../../shared/digest.ts";
import { type Secrets, secretsOf } from "../../shared/secrets.ts";

/** The state that a challenge is answered from, besides the answer itself. */
export interface PendingChallenge {
  /** Cognito's name for the challenge. */
  readonly name: string;
  /** Cognito's own session; empty where the challenge is made up. */
  readonly session: string;
  /** The time that it was made up at, in milliseconds since the epoch. */
  readonly madeUpAt?: number;
  /** The number of answers that a challenge that is made up has had. */
  readonly round?: number;
  /** The name that the next call sends for the user, and hashes. */
  readonly username: string;
  /** The name of the user that the sign-in was begun with. */
  readonly account: string;
  /** Whether the user has shown a first factor. */
  readonly isProven: boolean;
  /** Cognito's names for what there is to choose from. */
  readonly offered?: readonly string[];
  /** Those of them that Cognito does not know of, which are offered as everyone else is offered them. */
  readonly madeUp?: readonly string[];
  /** Whether Cognito waits for the code of an authenticator app that is being set up. */
  readonly isTotpStarted?: boolean;
}

/** Turns pending challenges into sessions to hand out, and back. */
export interface ChallengeSeal {
  close(pending: PendingChallenge): Promise<string>;
  /** Gives nothing for a session that was invented or altered, or handed out by somebody else. */
  open(session: string): Promise<PendingChallenge | undefined>;
}

/**
 * The length that the longest session of Cognito's takes (2048 characters), so that a challenge that is made up is not
 * the shorter.
 */
const evenLength = 3072;
const ivBytes = 12;
const algorithm = "AES-GCM";

/**
 * Makes a seal for one app client: what it closes can be neither altered nor read, as Cognito's name for a user is
 * nothing to tell whoever has merely typed an address.
 *
 * @param secrets - what every instance of the service has in common: the newest closes, any opens. Without one, a session
 *   is good only where it was handed out, and only until that process ends.
 */
export function createChallengeSeal(clientId: string, secrets: Secrets | undefined): ChallengeSeal {
  const [newest = base64url.encode(crypto.getRandomValues(new Uint8Array(32))), ...others] =
    secretsOf(secrets);
  return {
    async close(pending) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const content = new TextEncoder().encode(JSON.stringify(pending).padEnd(evenLength));
      const key = await deriveKey(clientId, newest);
      const closed = await crypto.subtle.encrypt({ name: algorithm, iv }, key, content);
      return base64url.encode(new Uint8Array([...iv, ...new Uint8Array(closed)]));
    },

    async open(session) {
      const bytes = decode(session);
      if (!bytes) return undefined;
      const iv = bytes.subarray(0, ivBytes);
      for (const secret of [newest, ...others]) {
        const opened = await crypto.subtle
          .decrypt(
            { name: algorithm, iv },
            await deriveKey(clientId, secret),
            bytes.subarray(ivBytes),
          )
          .catch(() => undefined);
        if (opened) return JSON.parse(new TextDecoder().decode(opened));
      }
      return undefined;
    },
  };
}

/** Decodes the one spelling that a session has: base64url lets the last character say the same in several ways. */
function decode(session: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = new Uint8Array(base64url.decode(session));
    return base64url.encode(bytes) === session ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** The label keeps the key apart from every other use of the secret, and says which form the content has. */
async function deriveKey(clientId: string, secret: string): Promise<CryptoKey> {
  const label = new TextEncoder().encode(`portico challenge session 1\n${clientId}`);
  const key = await hmacSha256(secret, label);
  return crypto.subtle.importKey("raw", key, algorithm, false, ["encrypt", "decrypt"]);
}
