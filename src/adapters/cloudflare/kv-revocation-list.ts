import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";
import {
  readRevocations,
  revocationText,
  textBeginning,
  textBeginnings,
} from "../jwt/revocations/revocation-text.ts";
import { sha256Text } from "../shared/digest.ts";
import { bindingCall } from "./binding-call.ts";

/** The part of a Workers KV namespace that is used. */
export interface RevocationNamespace {
  put(
    key: string,
    value: string,
    options: { readonly expiration: number; readonly metadata: unknown },
  ): Promise<void>;
  list(options: {
    readonly prefix: string;
    readonly limit?: number;
    readonly cursor?: string;
  }): Promise<{
    readonly keys: readonly { readonly name: string; readonly metadata?: unknown }[];
    readonly list_complete: boolean;
    readonly cursor?: string;
  }>;
}

/** The options of {@link createKvRevocationList}. */
export interface KvRevocationListOptions {
  /** The binding, as the Worker gets it in `env`. */
  readonly namespace: RevocationNamespace;
  /** The time that reading or writing may take, in milliseconds. @default 4000 */
  readonly timeoutMs?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** Shortest time that KV keeps anything, in seconds. */
const kvMinimumSeconds = 60;

/** The seconds within which all that is added shares a prefix, so that what is new can be listed without the rest. */
const spanSeconds = 300;

/** The number of spans from which on listing all of them is cheaper. */
const mostSpans = 6;

/** Most entries that are listed at once, in all: as many as KV lists. */
const mostAtOnce = 1000;

/**
 * Keeps revocations in Workers KV, for all isolates everywhere: what one of them adds, others see within a minute, as
 * KV promises no sooner. Where that is too long, or there are many thousands, take a Durable Object. Each entry expires
 * by itself.
 *
 * @see https://developers.cloudflare.com/kv/concepts/how-kv-works/
 * @see https://developers.cloudflare.com/kv/api/list-keys/
 */
export function createKvRevocationList(options: KvRevocationListOptions): RevocationList {
  const { namespace, timeoutMs = 4000, clock = Date } = options;
  lists += 1;
  const listId = String(lists);
  const spanNow = () => Math.floor(clock.now() / 1000 / spanSeconds);

  async function add(revocation: Revocation): Promise<void> {
    // A key of its own each time, as KV takes one write a second to the same.
    const key = `${prefixOf(spanNow())}${crypto.randomUUID()}`;
    const earliest = Math.ceil(clock.now() / 1000) + kvMinimumSeconds + 1;
    const expiration = Math.max(Math.ceil(revocation.until), earliest);
    const of = `${await ownerPrefix(textBeginning(revocation))}${crypto.randomUUID()}`;
    // In the metadata, of 1024 bytes at most, as listing gives that and not the value.
    const options = { expiration, metadata: revocationText(revocation) };
    await Promise.all([key, of].map((each) => namespace.put(each, "", options)));
  }

  async function list([prefix, cursor]: Listing, limit: number) {
    const asked = { prefix, limit, ...(cursor !== undefined && { cursor }) };
    const { keys, list_complete: isLast, cursor: next } = await namespace.list(asked);
    const left: [string, string][] = isLast || next === undefined ? [] : [[prefix, next]];
    return { texts: keys.map(({ metadata }) => metadata), left };
  }

  async function found(prefix: string): Promise<readonly unknown[]> {
    const texts: unknown[] = [];
    for (let left: readonly Listing[] = [[prefix]]; left[0]; ) {
      const part = await list(left[0], mostAtOnce);
      texts.push(...part.texts);
      left = part.left;
    }
    return texts;
  }

  return {
    add: (revocation) => bindingCall(add(revocation), timeoutMs),

    async read(cursor = "") {
      const { since, listings } = placeOf(cursor, spanNow());
      const limit = Math.floor(mostAtOnce / listings.length);
      const work = Promise.all(listings.map((listing) => list(listing, limit)));
      const parts = await bindingCall(work, timeoutMs);
      const left = parts.flatMap((part) => part.left);
      const hasMore = left.length > 0;
      return {
        revocations: readRevocations(
          parts.flatMap(({ texts }) => texts),
          clock,
        ),
        cursor: [listId, since, ...(hasMore ? [new URLSearchParams(left)] : [])].join(":"),
        hasMore,
      };
    },

    async find(of) {
      const work = textBeginnings(of).map(async (each) => found(await ownerPrefix(each)));
      return readRevocations((await bindingCall(Promise.all(work), timeoutMs)).flat(), clock);
    },
  };

  /** The prefixes to list next, and the span that a reading after this one begins with. */
  function placeOf(cursor: string, now: number): Place {
    const [ofList, span = "", left] = cursor.split(":");
    // With the span before, as KV may have taken its time, and whoever added may have another clock.
    const first = ofList === listId && /^\d{1,12}$/.test(span) ? Number(span) - 1 : 0;
    if (first > now || now - first >= mostSpans) return { since: now, listings: [[allPrefix]] };
    if (left) return { since: Number(span), listings: [...new URLSearchParams(left)] };
    // The span after, for those whose clock is ahead.
    const spans = Array.from({ length: now - first + 2 }, (_, index) => first + index);
    return { since: now, listings: spans.map((each) => [prefixOf(each)]) };
  }
}

/** A prefix, and KV's own cursor where a part of it was listed. */
type Listing = readonly [prefix: string, cursor?: string];

interface Place {
  readonly since: number;
  readonly listings: readonly Listing[];
}

/** The number of lists so far, so that the cursor of one is none of another's. */
let lists = 0;

const allPrefix = "revocation:";

/** The prefix of all that is of one session or user, which is there a second time to be found. */
async function ownerPrefix(beginning: string): Promise<string> {
  return `revoked:${await sha256Text(beginning)}:`;
}

function prefixOf(span: number): string {
  return `${allPrefix}${span}:`;
}
