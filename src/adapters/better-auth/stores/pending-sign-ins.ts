import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import type { Auth } from "../database/auth.ts";
import type { Digest } from "./digest.ts";
import { randomToken } from "./random.ts";
import type { OpenStates } from "./states.ts";

const lifeMs = 3 * 60_000;

/** A sign-in that has not ended. */
export interface PendingSignIn {
  readonly type: "totp" | "new_password" | "email_code" | "select_factor";
  /** The name that it was begun with. */
  readonly username: string;
  /** The key of the account that the name led to: should it lead to another one meanwhile, nothing comes of it. */
  readonly key: string;
  /** Of the password that it was begun with, if any: once that is replaced, nothing comes of the sign-in. */
  readonly passwordStamp?: string;
}

/** Sign-ins that wait for an answer. */
export interface PendingSignIns {
  /** Gives the session that a sign-in goes on with. */
  open(pending: PendingSignIn): Promise<string>;
  /** @throws {IdentityError} `challenge_expired` — there is none of that session and kind */
  get(session: string, type: string): Promise<PendingSignIn>;
  /**
   * Makes a session worthless, once.
   *
   * @throws {IdentityError} `challenge_expired` — it was so already
   */
  spend(session: string): Promise<void>;
}

interface SealedSignIn {
  readonly pending: PendingSignIn;
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Says that it was sealed here: Better Auth seals other things with the same key. */
  readonly tag: string;
}

/**
 * Makes the way to the sign-ins. Anyone can begin any number of them, so they are kept by whoever began them, sealed; the
 * database learns of those that are spent.
 */
export function createPendingSignIns(
  { encrypt, decrypt }: Pick<Auth, "encrypt" | "decrypt">,
  parts: { readonly openStates: OpenStates; readonly clock: Clock; readonly digest: Digest },
): PendingSignIns {
  const { openStates, clock, digest } = parts;
  const spent = openStates<boolean>("spent sign-in");
  const tagged = (id: string) => `sign-in ${id}`;

  async function unseal(session: string): Promise<SealedSignIn> {
    const sealed = await read(session);
    const isAlive = sealed !== undefined && sealed.expiresAt > clock.now();
    if (!isAlive || !(await digest.all(tagged(sealed.id))).includes(sealed.tag))
      throw new IdentityError("challenge_expired");
    return sealed;
  }

  async function read(session: string): Promise<SealedSignIn | undefined> {
    // It is of hexadecimal digits, which would be taken in capitals as well.
    if (session !== session.toLowerCase()) return undefined;
    try {
      return JSON.parse(await decrypt(session));
    } catch {
      // Invented or altered.
      return undefined;
    }
  }

  return {
    async open(pending) {
      const id = randomToken();
      const expiresAt = clock.now() + lifeMs;
      const sealed: SealedSignIn = { pending, id, expiresAt, tag: await digest(tagged(id)) };
      return encrypt(JSON.stringify(sealed));
    },
    async get(session, type) {
      const { pending, id } = await unseal(session);
      if (pending.type !== type || (await spent.read(id)))
        throw new IdentityError("challenge_expired");
      return pending;
    },
    async spend(session) {
      const { id, expiresAt } = await unseal(session);
      const isFirst = await spent.update(id, (isSpent) =>
        isSpent ? { result: false } : { next: { value: true, expiresAt }, result: true },
      );
      if (!isFirst) throw new IdentityError("challenge_expired");
    },
  };
}
