import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { Clock, RevocationList, TokenOwner } from "../../../ports/index.ts";
import { createBoundedMap } from "../../shared/bounded-map.ts";
import { withinDeadline } from "../../shared/deadline.ts";
import { createRevocationCopy, type RevocationCopy } from "./revocation-copy.ts";

/** The terms of {@link createEntryLookup}. */
export interface EntryLookupTerms {
  readonly find: NonNullable<RevocationList["find"]>;
  readonly clock: Clock;
  readonly maxAgeMs: number;
  readonly maxStaleMs: number;
  readonly timeoutMs: number;
  /** Is told how each question ended: by what went wrong, if anything did. */
  readonly onEnd: (failure?: unknown) => void;
}

/** Asks a list about one token at a time. */
export interface EntryLookup {
  /** Gives nothing where it cannot be told. A promise only where the list has to be asked. */
  isRevoked(principal: AnyPrincipal): boolean | undefined | Promise<boolean | undefined>;
  /** Forgets all that was asked. */
  forget(): void;
}

/** All that is on the list of the owner of a token, as it was some time ago. */
interface Answer {
  readonly at: number;
  readonly revocations: RevocationCopy;
}

/** A question that is open, or was asked by a request that Workers ended. */
interface Question {
  readonly at: number;
  readonly answer: Promise<Answer | undefined>;
}

/** Most owners of tokens to keep the answers of, and to ask for at once. */
const maxAnswers = 10_000;

/**
 * Makes a lookup that asks once for all tokens of a session, however many come at once, and again once the answer is as old as a copy may get. While
 * the list does not answer it goes by what it was told, for as long as a copy would, and asks as seldom as one is read.
 */
export function createEntryLookup(terms: EntryLookupTerms): EntryLookup {
  const { find, clock, maxAgeMs, maxStaleMs, timeoutMs, onEnd } = terms;
  const keep = { maxEntries: maxAnswers, maxAgeMs: Math.max(maxAgeMs, maxStaleMs), clock };
  let answers = createBoundedMap<string, Answer>(keep);
  const asking = new Map<string, Question>();
  let failedAt = Number.NEGATIVE_INFINITY;

  async function ask(owner: TokenOwner, at: number): Promise<Answer | undefined> {
    try {
      const revocations = createRevocationCopy(Number.POSITIVE_INFINITY);
      for (const one of await withinDeadline(find(owner), timeoutMs)) revocations.add(one);
      onEnd();
      return { at, revocations };
    } catch (cause) {
      failedAt = at;
      onEnd(cause ?? new Error("The list failed."));
      return undefined;
    }
  }

  async function answerOf(owner: TokenOwner, key: string): Promise<Answer | undefined> {
    const question = { at: clock.now(), answer: ask(owner, clock.now()) };
    if (asking.size >= maxAnswers) asking.clear();
    asking.set(key, question);
    const into = answers;
    const given = await question.answer;
    if (given) into.set(key, given);
    if (asking.get(key) === question) asking.delete(key);
    return given;
  }

  const isWithin = (ms: number, at: number) => Math.abs(clock.now() - at) < ms;

  return {
    isRevoked(principal) {
      const owner = ownerOf(principal);
      const key = JSON.stringify([owner.issuer, owner.subject, owner.sessionId]);
      const known = answers.get(key);
      const judge = (answer = known) => answer?.revocations.has(principal);
      if ((known && isWithin(maxAgeMs, known.at)) || isWithin(maxAgeMs, failedAt)) return judge();
      const asked = asking.get(key);
      if (!asked || !isWithin(timeoutMs, asked.at)) return answerOf(owner, key).then(judge);
      return withinDeadline(asked.answer, timeoutMs)
        .catch(() => undefined)
        .then(judge);
    },

    forget() {
      answers = createBoundedMap(keep);
      asking.clear();
    },
  };
}

function ownerOf(principal: AnyPrincipal): TokenOwner {
  const { issuer, subject } = principal;
  const sessionId = principal.kind === "machine" ? undefined : principal.sessionId;
  return { issuer, subject, ...(sessionId !== undefined && { sessionId }) };
}
