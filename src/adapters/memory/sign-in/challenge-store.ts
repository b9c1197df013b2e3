import * as base64url from "jose/base64url";
import type { ChallengeType, MfaMethod, SignInFactor } from "../../../domain/challenge.ts";
import { sha256Text } from "../../shared/digest.ts";
import type { CodeTarget } from "../codes/one-time-codes.ts";
import type { PasswordHash } from "../credentials/password-hash.ts";
import { refused } from "../errors.ts";
import type { CustomRound } from "../settings/custom-challenge.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { createExpiringMap } from "../store/expiring-map.ts";
import { type SavePoint, saveAll } from "../store/save-point.ts";
import type { Client } from "../tokens/clients.ts";

const sessionBytes = 48;

/** A code that was sent in a sign-in, or nobody's: one that no answer matches. */
export interface SignInCode {
  readonly type: "sms_code" | "email_code";
  /** Whether it stands for a password, comes after one, or comes after one and sets the factor up. */
  readonly use: "first_factor" | "second_factor" | "set_up";
  readonly sent: (CodeTarget & { readonly code: string }) | undefined;
  /** The number of wrong codes that were tried. */
  readonly wrong: number;
}

/** A passkey that was asked for. */
export interface PasskeyAsk {
  readonly type: "passkey";
  /** The challenge that it has to sign, base64url. */
  readonly challenge: string;
}

/** The proof or choice that a sign-in waits for. */
export type Ask =
  | SignInCode
  | PasskeyAsk
  | { readonly type: "totp" | "new_password" }
  | {
      readonly type: "mfa_setup";
      readonly methods: readonly MfaMethod[];
      /** Once an authenticator app was chosen. */
      readonly secret: string | undefined;
    }
  | { readonly type: "select_mfa"; readonly methods: readonly MfaMethod[] }
  | { readonly type: "select_factor"; readonly factors: readonly SignInFactor[] }
  | {
      readonly type: "custom";
      readonly parameters: Readonly<Record<string, string>>;
      readonly expected: string;
      readonly metadata?: string;
      readonly rounds: readonly CustomRound[];
    };

/** Whether a sign-in waits for a second factor that is set up, or for the choice of one. */
export function asksForSecondFactor(ask: Ask): boolean {
  if (ask.type === "sms_code" || ask.type === "email_code") return ask.use === "second_factor";
  return ask.type === "totp" || ask.type === "select_mfa";
}

/** A sign-in that has not ended. */
export interface PendingSignIn {
  /** The name that it goes on under. */
  readonly username: string;
  /** The name that it was begun with, where that is known. */
  readonly begunAs?: string | undefined;
  /**
   * The subject of its user: nobody's, where it is played for a user who does not exist or cannot sign in like that.
   */
  readonly subject: string | undefined;
  readonly clientId: string;
  /** The password that it was begun with, if any: once that is replaced, nothing comes of the sign-in. */
  readonly password: PasswordHash | undefined;
  readonly ask: Ask;
}

/** A sign-in as kept. */
export interface OpenSignIn extends PendingSignIn {
  /** The hash of the session, which itself is not kept. */
  readonly id: string;
  /** In milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly isSpent: boolean;
}

/**
 * Sign-ins that wait for an answer. There are only so many: the oldest go first, and those that anyone can begin never
 * make room by those that took a password.
 */
export interface Challenges extends SavePoint {
  /** Keeps a sign-in, and gives the session that it goes on with. */
  open(pending: PendingSignIn, client: Client): Promise<string>;
  /** Gives the hash of a session. */
  idOf(session: string): Promise<string>;
  /**
   * Gives a sign-in that waits for an answer of the kind.
   *
   * @throws {IdentityError} `challenge_expired` — there is none; `reasonOf` tells why
   */
  get(id: string, client: Client, type?: ChallengeType): OpenSignIn;
  /** Keeps the changes to a sign-in that an answer did not take further. */
  update(open: OpenSignIn): void;
  /** Makes a session worthless. */
  spend(open: OpenSignIn): Promise<void>;
}

/** Makes a store of sign-ins. */
export function createChallenges({ clock, pause, randomBytes }: MemorySettings): Challenges {
  const anyones = createExpiringMap<OpenSignIn>(clock);
  const withPassword = createExpiringMap<OpenSignIn>(clock);

  /** Kept for twice its life, so that a late answer is known to be late. */
  function keep(open: OpenSignIn): void {
    const lateMs = Math.max(0, open.expiresAt - clock.now());
    const entries = open.password === undefined ? anyones : withPassword;
    entries.set(open.id, open, { expiresAt: open.expiresAt + lateMs, isExpendable: true });
  }

  return {
    async open(pending, { challengeSeconds }) {
      const session = base64url.encode(randomBytes(sessionBytes));
      const expiresAt = clock.now() + challengeSeconds * 1000;
      keep({ ...pending, id: await sha256Text(session), expiresAt, isSpent: false });
      return session;
    },
    idOf: sha256Text,
    get(id, client, type) {
      const open = withPassword.get(id) ?? anyones.get(id);
      if (!open || open.clientId !== client.id)
        throw refused("challenge_expired", "session_unknown");
      if (open.isSpent) throw refused("challenge_expired", "session_used");
      if (clock.now() >= open.expiresAt) throw refused("challenge_expired", "session_expired");
      if (type !== undefined && open.ask.type !== type)
        throw refused("challenge_expired", "session_of_other_challenge");
      return open;
    },
    update: keep,
    async spend(open) {
      await pause();
      keep({ ...open, isSpent: true });
    },
    save: () => saveAll([anyones, withPassword]),
  };
}
