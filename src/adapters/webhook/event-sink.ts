import type { SecurityEvent } from "../../domain/security-event.ts";
import { writtenEvent } from "../../domain/security-event.ts";
import type { Clock, EventSink } from "../../ports/index.ts";
import { createEventIds } from "../shared/event-id.ts";
import { jittered } from "../shared/jitter.ts";
import { createSigner } from "./signer.ts";

/** The options of {@link createWebhookEventSink}. */
export interface WebhookEventSinkOptions {
  /** The address that events are posted to. */
  readonly url: string;
  /** The secrets that they are signed with, each `whsec_` and Base64, the newest first: a receiver needs one of them. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  /** Hears of events that were lost: as too many waited, or as the receiver took none of the tries. */
  readonly onLost: (count: number) => void;
  /** The most events that wait. @default 1000 */
  readonly maxWaiting?: number;
  /** The pauses before each further try, in milliseconds. @default five tries within three minutes */
  readonly pausesMs?: readonly number[];
  /** The time that one try may take, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Lets work outlive the request that began it. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** @default the runtime's own */
  readonly fetch?: typeof fetch;
}

/** A sink that posts events, and can be waited for. */
export interface WebhookEventSink extends EventSink {
  /** Ends when nothing waits any more. From then on each event is tried once more, at once, and no further. */
  settled(): Promise<void>;
}

/** The posts that are under way at once. */
const mostAtOnce = 8;

interface Waiting {
  readonly event: SecurityEvent;
  readonly id: string;
}

/**
 * Makes a sink that posts each event as a webhook that is signed, eight at a time. What is not answered with 2xx is tried
 * again, after longer and longer pauses. No request waits for it, and no more than so many events do: one that is too many is
 * lost, and counted.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function createWebhookEventSink(options: WebhookEventSinkOptions): WebhookEventSink {
  const { clock, onLost, waitUntil, maxWaiting = 1000 } = options;
  const { pausesMs = [1000, 5000, 25_000, 120_000] } = options;
  const post = createPost(options);
  const nextId = createEventIds();
  const queue: Waiting[] = [];
  const workers = new Set<Promise<void>>();
  const pause = createPause();

  async function deliver(waiting: Waiting): Promise<void> {
    for (const pauseMs of [...pausesMs, undefined]) {
      if (await post(waiting)) return;
      if (pauseMs !== undefined) await pause.of(jittered(pauseMs));
    }
    onLost(1);
  }

  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift()) await deliver(next);
  }

  function start(): void {
    if (workers.size >= mostAtOnce) return;
    const worker = work().finally(() => workers.delete(worker));
    workers.add(worker);
    waitUntil?.(worker);
  }

  return {
    record(event) {
      if (queue.length >= maxWaiting) return onLost(1);
      queue.push({ event, id: `msg_${nextId(clock.now())}` });
      start();
    },
    async settled() {
      pause.endAll();
      await Promise.all(workers);
    },
  };
}

/** Makes a post of one event. It tells whether the receiver took it. */
function createPost(options: WebhookEventSinkOptions) {
  const { url, secrets, clock, timeoutMs = 10_000, fetch: request = fetch } = options;
  const sign = createSigner(secrets);
  return async ({ event, id }: Waiting): Promise<boolean> => {
    try {
      const { time: timestamp, ...data } = writtenEvent(event);
      const body = JSON.stringify({ type: `security.${event.type}`, timestamp, data });
      const response = await request(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...(await sign(id, clock.now(), body)) },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      // Of no answer as of a bad one: nothing of it is for the log, as the address may hold a secret.
      return false;
    }
  };
}

/** Makes pauses that all can be ended early, and none of which keeps a process from ending. */
function createPause() {
  const enders = new Set<() => void>();
  let isOver = false;
  return {
    async of(ms: number): Promise<void> {
      if (isOver) return;
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer);
          enders.delete(end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        enders.add(end);
      });
    },
    endAll() {
      isOver = true;
      for (const end of enders) end();
    },
  };
}
