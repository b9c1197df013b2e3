import { IdentityError } from "../../../domain/errors.ts";
import type { Clock, OutboxMessage } from "../../../ports/index.ts";
import { tooManyAttempts } from "../errors.ts";
import type { Digest } from "./digest.ts";
import type { Limits } from "./limits.ts";
import { randomCode } from "./random.ts";
import type { OpenStates } from "./states.ts";

/** The purpose that a code is good for. */
export type StoredCodePurpose = Exclude<OutboxMessage["purpose"], "invitation" | "mfa_code">;

/** The address that a code was sent to. */
export interface Contact {
  readonly attribute: "email" | "phone_number";
  readonly address: string;
}

/** The outcome of an attempt: the code was right, spent before, wrong, or none was alive to compare with. */
export type CodeAttempt =
  | { readonly outcome: "match"; readonly contact: Contact }
  | { readonly outcome: "spent" | "mismatch" | "no_code" };

/**
 * One-time codes: for each account and purpose one at most. Wrong ones are counted, whether there is a code, an account
 * or neither, so that when they are refused says nothing about which it is: for each code, and in each hour for all codes
 * of an account and purpose together, as a new code would be one more to guess.
 */
export interface Codes {
  /** Makes the code that takes the place of any before it: nobody's, where there is no contact to send it to. */
  issue(key: string, purpose: StoredCodePurpose, contact: Contact | undefined): Promise<string>;
  /**
   * Compares a code with the one that was sent, and spends that if it is the right one, once.
   *
   * @throws {IdentityError} `too_many_attempts` — too many wrong ones: nothing was compared
   */
  attempt(key: string, purpose: StoredCodePurpose, code: string): Promise<CodeAttempt>;
  /** Finds the address that the code went to which was sent last and waits for its use. */
  pendingContact(key: string, purpose: StoredCodePurpose): Promise<Contact | undefined>;
  /** Makes the codes of an account worthless. */
  forget(key: string): Promise<void>;
}

interface SentCode {
  readonly digest: string;
  readonly contact: Contact;
  readonly isSpent: boolean;
}

interface CodeState {
  readonly sent?: SentCode;
  readonly wrong: number;
  readonly expiresAt: number;
}

const wrongTriesPerCode = 5;
const hourMs = 3600_000;

const lifeMs = {
  sign_up_confirmation: 24 * hourMs,
  password_reset: hourMs,
  attribute_verification: 24 * hourMs,
  sign_in_code: 3 * 60_000,
} satisfies Record<StoredCodePurpose, number>;

/** Makes a store of codes. The database learns none of them. */
export function createCodes(
  openStates: OpenStates,
  parts: { readonly clock: Clock; readonly digest: Digest; readonly limits: Limits },
): Codes {
  const { clock, digest, limits } = parts;
  const states = openStates<CodeState>("code");
  const idOf = (key: string, purpose: StoredCodePurpose) => `${purpose} ${key}`;

  return {
    async issue(key, purpose, contact) {
      const id = idOf(key, purpose);
      const code = randomCode();
      const sent = contact && { digest: await digest(`${id} ${code}`), contact, isSpent: false };
      await states.update(id, () => {
        const value = { ...(sent && { sent }), wrong: 0, expiresAt: clock.now() + lifeMs[purpose] };
        return { next: keep(value), result: undefined };
      });
      return code;
    },

    async attempt(key, purpose, code) {
      const id = idOf(key, purpose);
      const tried = await digest.all(`${id} ${code}`);
      await limits.take(key, `guess ${purpose}`);
      const attempt = await states.update(id, (current) => {
        const state = current ?? { wrong: 0, expiresAt: clock.now() + lifeMs[purpose] };
        if (state.wrong >= wrongTriesPerCode) throw tooManyAttempts(state.expiresAt - clock.now());
        const result = compare(tried, state.sent);
        return { next: keep(after(state, result)), result };
      });
      if (isNoGuess(attempt)) await limits.giveBack(key, `guess ${purpose}`);
      return attempt;
    },

    async pendingContact(key, purpose) {
      const state = await states.read(idOf(key, purpose));
      return state?.sent?.isSpent === false ? state.sent.contact : undefined;
    },

    async forget(key) {
      for (const purpose of Object.keys(lifeMs) as StoredCodePurpose[])
        await states.take(idOf(key, purpose));
    },
  };
}

/**
 * Gives the contact that a right code proves.
 *
 * @throws {IdentityError} `code_mismatch` `code_expired` — it was not a right code
 */
export function provenContact(attempt: CodeAttempt): Contact {
  if (attempt.outcome === "match") return attempt.contact;
  throw new IdentityError(attempt.outcome === "mismatch" ? "code_mismatch" : "code_expired");
}

/**
 * Holds a code against its user: it is right only where it went to the address that is still theirs. An address that was
 * given up may be read by somebody else.
 *
 * @throws {IdentityError} `code_mismatch` `code_expired` — it was not a right code, or the address is not the user's any more
 */
export function requireAddressOf(
  { email }: { readonly email: string },
  attempt: CodeAttempt,
): void {
  const { attribute, address } = provenContact(attempt);
  if (attribute !== "email" || address !== email) throw new IdentityError("code_expired");
}

function keep(value: CodeState) {
  return { value, expiresAt: value.expiresAt };
}

function compare(tried: readonly string[], sent: SentCode | undefined): CodeAttempt {
  if (!sent) return { outcome: "no_code" };
  const isRight = tried.includes(sent.digest);
  if (sent.isSpent) return { outcome: isRight ? "spent" : "no_code" };
  return isRight ? { outcome: "match", contact: sent.contact } : { outcome: "mismatch" };
}

/** True of a code that was right, also when it is repeated: whoever shows one guesses nothing. */
function isNoGuess({ outcome }: CodeAttempt): boolean {
  return outcome === "match" || outcome === "spent";
}

function after(state: CodeState, { outcome }: CodeAttempt): CodeState {
  if (outcome === "spent") return state;
  if (outcome === "match" && state.sent)
    return { ...state, sent: { ...state.sent, isSpent: true }, wrong: 0 };
  return { ...state, wrong: state.wrong + 1 };
}
