import { IdentityError } from "../../domain/errors.ts";
import type { OutboxMessage } from "../../ports/index.ts";
import type { Account } from "./accounts.ts";
import { isSameText } from "./constant-time.ts";
import { tooManyAttempts } from "./errors.ts";
import { createExpiringMap } from "./expiring-map.ts";
import type { Settings } from "./options.ts";
import { randomCode } from "./random.ts";
import type { Contact } from "./users.ts";

/** What a code is good for. */
export type CodePurpose = OutboxMessage["purpose"];

/** What became of an attempt: the code was right, wrong, or none was alive to compare with. */
export type CodeAttempt =
  | { readonly outcome: "match"; readonly contact: Contact }
  | { readonly outcome: "mismatch" }
  | { readonly outcome: "no_code" };

/**
 * One-time codes: for each account and purpose one at most. Attempts are counted from the first one on, whether there
 * is a code, an account or neither, so that when they are refused says nothing about which it is. Asking for a new code
 * starts the count anew, again whether one is sent or not.
 */
export interface OneTimeCodes {
  /** Makes the code that takes the place of any before it. */
  issue(account: Account, purpose: CodePurpose, contact: Contact): Promise<string>;
  /** Does as {@link OneTimeCodes.issue} does where there is nobody to send a code to. */
  issueNone(account: Account, purpose: CodePurpose): Promise<void>;
  /**
   * Compares a code with the one that was sent, and spends that if it is the right one.
   *
   * @throws {IdentityError} `too_many_attempts` — nothing was compared
   */
  attempt(account: Account, purpose: CodePurpose, code: string): Promise<CodeAttempt>;
  /** Makes every code of an account worthless. */
  forget(account: Account): void;
}

interface Entry {
  readonly sent?: { readonly code: string; readonly contact: Contact; readonly expiresAt: number };
  readonly attempts: number;
  /** When the attempts are forgotten: one life of a code after the first, and so never before the code is dead. */
  readonly expiresAt: number;
}

/** Makes a store of codes. */
export function createOneTimeCodes({
  clock,
  pause,
  randomBytes,
  codeSeconds,
  limits,
}: Pick<Settings, "clock" | "pause" | "randomBytes" | "codeSeconds" | "limits">): OneTimeCodes {
  const entries = createExpiringMap<Entry>(clock);
  const lifeMs = {
    sign_up_confirmation: codeSeconds.signUpConfirmation * 1000,
    password_reset: codeSeconds.passwordReset * 1000,
  } satisfies Record<CodePurpose, number>;

  function save(account: Account, purpose: CodePurpose, entry: Entry): void {
    const isExpendable = account.user === undefined;
    entries.set(idOf(account, purpose), entry, { expiresAt: entry.expiresAt, isExpendable });
  }

  return {
    async issue(account, purpose, contact) {
      const code = randomCode(randomBytes);
      await pause();
      const expiresAt = clock.now() + lifeMs[purpose];
      save(account, purpose, { sent: { code, contact, expiresAt }, attempts: 0, expiresAt });
      return code;
    },

    async issueNone(account, purpose) {
      await pause();
      save(account, purpose, { attempts: 0, expiresAt: clock.now() + lifeMs[purpose] });
    },

    async attempt(account, purpose, code) {
      const now = clock.now();
      const { sent, attempts, expiresAt } = entries.get(idOf(account, purpose)) ?? noAttempts;
      await pause();
      if (attempts >= limits.comparisonsPerCode) throw tooManyAttempts(expiresAt - now);
      save(account, purpose, {
        ...(sent && { sent }),
        attempts: attempts + 1,
        expiresAt: attempts === 0 ? now + lifeMs[purpose] : expiresAt,
      });
      if (!sent || now >= sent.expiresAt) return { outcome: "no_code" };
      if (!isSameText(code, sent.code)) return { outcome: "mismatch" };
      entries.delete(idOf(account, purpose));
      return { outcome: "match", contact: sent.contact };
    },

    forget(account) {
      for (const purpose of ["sign_up_confirmation", "password_reset"] as const)
        entries.delete(idOf(account, purpose));
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

const noAttempts: Entry = { attempts: 0, expiresAt: 0 };

/** No purpose has a space in its name. */
function idOf(account: Account, purpose: CodePurpose): string {
  return `${purpose} ${account.key}`;
}
