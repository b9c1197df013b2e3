import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";
import { readRevocation, revocationText } from "../jwt/revocations/revocation-text.ts";
import { bindingCall } from "./binding-call.ts";

/** The part of a Workers KV namespace that is used. */
export interface RevocationNamespace {
  put(
    key: string,
    value: string,
    options: { readonly expiration: number; readonly metadata: unknown },
  ): Promise<void>;
  list(options: { readonly prefix: string; readonly cursor?: string }): Promise<{
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
    // In the metadata, of 1024 bytes at most, as listing gives that and not the value.
    await namespace.put(key, "", { expiration, metadata: revocationText(revocation) });
  }

  async function list(prefix: string): Promise<readonly Revocation[]> {
    const found: Revocation[] = [];
    const now = clock.now() / 1000;
    let cursor: string | undefined;
    do {
      const page = await namespace.list({ prefix, ...(cursor !== undefined && { cursor }) });
      for (const { metadata } of page.keys) {
        const revocation = readRevocation(metadata);
        if (revocation && revocation.until > now) found.push(revocation);
      }
      cursor = page.list_complete ? undefined : page.cursor;
    } while (cursor !== undefined);
    return found;
  }

  /** With the span before, as KV may have taken its time, and whoever added may have another clock. */
  function prefixesSince(cursor: string, now: number): readonly string[] {
    const [ofList, span] = cursor.split(":");
    const first = ofList === listId && /^\d{1,12}$/.test(span ?? "") ? Number(span) - 1 : 0;
    if (first > now || now - first >= mostSpans) return [allPrefix];
    // The span after, for those whose clock is ahead.
    return Array.from({ length: now - first + 2 }, (_, index) => prefixOf(first + index));
  }

  return {
    add: (revocation) => bindingCall(add(revocation), timeoutMs),

    async read(cursor = "") {
      const now = spanNow();
      const work = Promise.all(prefixesSince(cursor, now).map(list));
      return {
        revocations: (await bindingCall(work, timeoutMs)).flat(),
        cursor: `${listId}:${now}`,
      };
    },
  };
}

/** The number of lists so far, so that the cursor of one is none of another's. */
let lists = 0;

const allPrefix = "revocation:";

function prefixOf(span: number): string {
  return `${allPrefix}${span}:`;
}
