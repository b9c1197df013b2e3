import { isSameText } from "../../shared/constant-time.ts";
import { randomCode } from "../../shared/random.ts";
import { refused, tooManyAttempts } from "../errors.ts";
import type { HourlyLimits, LimitedAction } from "../limits/hourly-limits.ts";
import type { Contact } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { createExpiringMap } from "../store/expiring-map.ts";
import type { SavePoint } from "../store/save-point.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";

/** The purpose that a code is good for. */
export type StoredCodePurpose = "sign_up_confirmation" | "password_reset" | `verify_${Contact}`;

/** The address that a code is sent to. */
export interface CodeTarget {
  readonly contact: Contact;
  readonly address: string;
}

/** The outcome of an attempt: the code was right, spent before, wrong, or none was alive to compare with. */
export type CodeAttempt =
  | ({ readonly outcome: "match" } & CodeTarget)
  | { readonly outcome: "spent" | "mismatch" | "no_code" };

/**
 * One-time codes: for each account and purpose one at most. Wrong ones are counted, whether there is a code, an account
 * or neither, so that when they are refused says nothing about which it is. Asking for a new code starts the count
 * anew, again whether one is sent or not.
 */
export interface OneTimeCodes extends SavePoint {
  /** Makes the code that takes the place of any before it. */
  issue(account: Account, purpose: StoredCodePurpose, target: CodeTarget): Promise<string>;
  /** Does as {@link OneTimeCodes.issue} does where there is nobody to send a code to. */
  issueNone(account: Account, purpose: StoredCodePurpose): Promise<void>;
  /**
   * Compares a code with the one that was sent. The right one is good until it is spent.
   *
   * @throws {IdentityError} `too_many_attempts` — too many wrong ones: nothing was compared
   */
  attempt(account: Account, purpose: StoredCodePurpose, code: string): Promise<CodeAttempt>;
  /** Makes the right code worthless, which whoever repeats it is told. */
  spend(account: Account, purpose: StoredCodePurpose): Promise<void>;
  /** Makes every code of an account worthless. */
  forget(account: Account): void;
}

interface SentCode extends CodeTarget {
  readonly code: string;
  readonly expiresAt: number;
  readonly isSpent: boolean;
}

interface Entry {
  readonly sent?: SentCode;
  readonly wrong: number;
  /**
   * The time at which the wrong ones are forgotten: a code's life after the first of them, and so never before the code
   * is dead.
   */
  readonly expiresAt: number;
}

/** Makes a store of codes. */
export function createOneTimeCodes(settings: MemorySettings, hourly: HourlyLimits): OneTimeCodes {
  const { clock, pause, randomBytes, limits } = settings;
  const entries = createExpiringMap<Entry>(clock);
  const lifeMs = lifetimes(settings);

  function save(account: Account, purpose: StoredCodePurpose, entry: Entry): void {
    const isExpendable = account.user === undefined;
    entries.set(idOf(account, purpose), entry, { expiresAt: entry.expiresAt, isExpendable });
  }

  return {
    async issue(account, purpose, { contact, address }) {
      const code = randomCode(randomBytes);
      await pause();
      const expiresAt = clock.now() + lifeMs[purpose];
      const sent = { code, contact, address, expiresAt, isSpent: false };
      save(account, purpose, { sent, wrong: 0, expiresAt });
      return code;
    },

    async issueNone(account, purpose) {
      await pause();
      // No code and no wrong one is what there is to know of an account of which nothing is kept.
      entries.delete(idOf(account, purpose));
    },

    async attempt(account, purpose, code) {
      await hourly.take(account, hourlyLimits[purpose]);
      const entry = entries.get(idOf(account, purpose)) ?? { wrong: 0, expiresAt: 0 };
      await pause();
      const now = clock.now();
      if (entry.wrong >= limits.wrongTriesPerCode) throw tooManyAttempts(entry.expiresAt - now);
      const attempt = compare(code, entry.sent, now);
      if (attempt.outcome === "match" || attempt.outcome === "spent") {
        // Whoever repeats a code that was right guesses nothing.
        hourly.giveBack(account, hourlyLimits[purpose]);
      } else {
        const expiresAt = entry.wrong === 0 ? now + lifeMs[purpose] : entry.expiresAt;
        save(account, purpose, { ...entry, wrong: entry.wrong + 1, expiresAt });
      }
      return attempt;
    },

    async spend(account, purpose) {
      const entry = entries.get(idOf(account, purpose));
      await pause();
      if (entry?.sent)
        save(account, purpose, { ...entry, sent: { ...entry.sent, isSpent: true }, wrong: 0 });
    },

    forget(account) {
      for (const purpose of purposes) entries.delete(idOf(account, purpose));
    },

    save: entries.save,
  };
}

/**
 * Gives a user with the contact proven that a right code was sent to.
 *
 * @throws {IdentityError} `code_mismatch` `code_expired` — it was not a right code, or the address is not the user's any more
 */
export function withProvenContact(user: User, attempt: CodeAttempt): User {
  const { contact, address } = provenTarget(attempt);
  if (user.attributes[contact] !== address) throw refused("code_expired", "no_code");
  return { ...user, verified: new Set(user.verified).add(contact) };
}

/**
 * Gives where a right code was sent.
 *
 * @throws {IdentityError} `code_mismatch` `code_expired` — it was not a right code
 */
export function provenTarget(attempt: CodeAttempt): CodeTarget {
  if (attempt.outcome === "match") return attempt;
  if (attempt.outcome === "mismatch") throw refused("code_mismatch", "wrong_code");
  throw refused("code_expired", attempt.outcome === "spent" ? "code_spent" : "no_code");
}

const hourlyLimits = {
  sign_up_confirmation: "confirmationsPerHour",
  password_reset: "recoveriesPerHour",
  verify_email: "provingsPerHour",
  verify_phone_number: "provingsPerHour",
} satisfies Record<StoredCodePurpose, LimitedAction>;

const purposes = [
  "sign_up_confirmation",
  "password_reset",
  "verify_email",
  "verify_phone_number",
] as const satisfies readonly StoredCodePurpose[];

function lifetimes({
  codeSeconds,
}: Pick<MemorySettings, "codeSeconds">): Record<StoredCodePurpose, number> {
  return {
    sign_up_confirmation: codeSeconds.signUpConfirmation * 1000,
    password_reset: codeSeconds.passwordReset * 1000,
    verify_email: codeSeconds.attributeVerification * 1000,
    verify_phone_number: codeSeconds.attributeVerification * 1000,
  };
}

/** No purpose has a space in its name. */
function idOf(account: Account, purpose: StoredCodePurpose): string {
  return `${purpose} ${account.key}`;
}

function compare(code: string, sent: SentCode | undefined, now: number): CodeAttempt {
  if (!sent || now >= sent.expiresAt) return { outcome: "no_code" };
  const isRight = isSameText(code, sent.code);
  if (sent.isSpent) return { outcome: isRight ? "spent" : "no_code" };
  if (!isRight) return { outcome: "mismatch" };
  return { outcome: "match", contact: sent.contact, address: sent.address };
}
