import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import { demandPlainAddress } from "../../domain/plain-address.ts";
import type { Clock, Courier, Mail, Notice, Notices, OutboxMessage } from "../../ports/index.ts";
import { createWorkQueue } from "../shared/work-queue.ts";
import type { MailKind } from "./catalogue.ts";
import type { MailTemplates } from "./templates.ts";

/** Writes and sends mails. */
export interface Mailer extends Notices {
  /**
   * Sends a message of a provider, and ends once it was taken.
   *
   * @throws {IdentityError} `delivery_failed` — it was refused, or not taken at any try; or it is no mail
   */
  deliver(message: OutboxMessage): Promise<void>;
  /** Sends a message of a provider after the answer. Never throws: that it failed is told. */
  post(message: OutboxMessage): void;
  /** Ends when all that no answer waited for was sent, or could not be. */
  settled(): Promise<void>;
}

/** A mail that no answer waited for, and that was not sent. */
export interface MailFailure {
  readonly kind: MailKind;
  /** The user whose account it is about, where that is known. */
  readonly subject?: string;
  /** For the log, as anything may be in it. */
  readonly cause: unknown;
}

/** The parts of a mailer. */
export interface MailerParts {
  readonly courier: Courier;
  readonly templates: MailTemplates;
  readonly clock: Clock;
  readonly onFailure: (failure: MailFailure) => void;
  /** Keeps a request's end from ending the work it started. */
  readonly waitUntil?: ((work: Promise<unknown>) => void) | undefined;
  /** The waits before a mail is tried again, in milliseconds. @default 300, 1500 and 5000 */
  readonly pausesMs?: readonly number[];
}

/** A mail before it is written. */
interface Letter {
  readonly kind: MailKind;
  readonly to: string;
  readonly code?: string;
  /** The languages that are wished for, the best first. */
  readonly languages: readonly (string | undefined)[];
}

/** The mails that are on their way at once: each takes a connection. */
const atOnce = 8;

/** The mails that wait for their turn at the most, and how long. */
const [mostWaiting, longestWaitMs] = [1_000, 60_000];

/** The time in which the owner of an address is told once that they have an account: strangers can ask for it again and again. */
const againMs = 3_600_000;

/** Makes a mailer. */
export function createMailer(parts: MailerParts): Mailer {
  const { courier, templates, clock, onFailure, waitUntil, pausesMs = [300, 1500, 5000] } = parts;
  const queue = createWorkQueue({ atOnce, mostWaiting, longestWaitMs });
  const underWay = new Set<Promise<void>>();
  const isNew = createOnceAWhile(clock);

  function written({ kind, to, code, languages }: Letter): Mail {
    demandPlainAddress(to);
    const language = templates.languageFor(languages);
    return { id: crypto.randomUUID(), to, language, ...templates.write(kind, language, code) };
  }

  async function send(letter: Letter): Promise<void> {
    const mail = written(letter);
    for (const pauseMs of [...pausesMs, undefined]) {
      try {
        return await courier.send(mail);
      } catch (cause) {
        const mayBeLater = isIdentityError(cause, "provider_unavailable");
        if (!mayBeLater || pauseMs === undefined) {
          throw new IdentityError("delivery_failed", { cause });
        }
      }
      await pause(pauseMs);
    }
  }

  /** Not before the answer is on its way, so that its time tells nothing. */
  function later(kind: MailKind, subject: string | undefined, work: () => Promise<void>): void {
    const told = { kind, ...(subject !== undefined && { subject }) };
    const done = pause(0)
      .then(() => queue.run(work))
      .catch((cause) => harmless(() => onFailure({ ...told, cause })))
      .finally(() => underWay.delete(done));
    underWay.add(done);
    waitUntil?.(done);
  }

  const letterOf = (message: OutboxMessage): Letter => {
    const { purpose: kind, destination: to, code, locale, medium } = message;
    if (medium === "email") return { kind, to, code, languages: [locale] };
    throw new IdentityError("delivery_failed", { cause: new Error("There is no way for it.") });
  };

  return {
    deliver: async (message) => send(letterOf(message)),

    post(message) {
      later(message.purpose, message.username, async () => send(letterOf(message)));
    },

    tell({ kind, recipient, acceptLanguage }: Notice) {
      later(kind, undefined, async () => {
        const found = await recipient();
        if (!found || (kind === "account_exists" && !isNew(found.address))) return;
        await send({ kind, to: found.address, languages: [found.locale, acceptLanguage] });
      });
    },

    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** Makes a function that tells whether an address was not asked about for a while. */
function createOnceAWhile(clock: Clock): (address: string) => boolean {
  const told = new Map<string, number>();
  return (address) => {
    const key = address.toLowerCase();
    const now = clock.now();
    for (const [oldest, at] of told) {
      if (told.size < 10_000 && Math.abs(now - at) < againMs) break;
      told.delete(oldest);
    }
    const before = told.get(key);
    if (before !== undefined && Math.abs(now - before) < againMs) return false;
    told.set(key, now);
    return true;
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Nobody is left to hear of what is thrown here, and it would end the process. */
function harmless(act: () => void): void {
  try {
    act();
  } catch {
    // So that it ends here.
  }
}
