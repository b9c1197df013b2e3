import { addressBlock } from "../../domain/ip-address.ts";
import type { SecurityEvent } from "../../domain/security-event.ts";
import type { EventSink } from "../../ports/index.ts";

/** A sink that tells of the same again and again at most once a minute. */
export interface ThinnedEvents extends EventSink {
  /** Tells at once of what was held back. */
  flush(): void;
}

/** The terms of {@link createThinnedEvents}. */
export interface ThinningTerms {
  /** Milliseconds of a clock that never steps. @default the runtime's */
  readonly now?: () => number;
  /**
   * Whether a timer tells of what was held back when its minute is over. Without one it is told of with the next event,
   * which is all that Workers can do once a request is answered. @default true
   */
  readonly hasTimer?: boolean;
}

/** Events that are alike, since one of them was told. */
interface Alike {
  readonly until: number;
  readonly count: number;
  readonly last?: SecurityEvent;
}

const quietMs = 60_000;

/** The kinds that are known at a time, of some 300 bytes each: whoever has more addresses makes the oldest told early. */
const mostKinds = 10_000;

/**
 * Thins the events that anyone can bring about as fast as they can send: access tokens that are refused. The first of an
 * address and a reason is told at once; those of the next minute are one event together, the last of them, with their
 * count. Else a flood of made-up tokens would be one of rows and of calls to a webhook.
 */
export function createThinnedEvents(sink: EventSink, terms: ThinningTerms = {}): ThinnedEvents {
  const { now = () => performance.now(), hasTimer = true } = terms;
  const kinds = new Map<string, Alike>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(kind: string, { last, count }: Alike): void {
    kinds.delete(kind);
    if (!last) return;
    sink.record({ ...last, count });
  }

  /** The minute of what still comes begins anew, so that it is one event a minute and not two. */
  function endMinutes(): void {
    for (const [kind, alike] of kinds) {
      if (alike.until > now()) return;
      end(kind, alike);
      if (alike.last) begin(kind);
    }
  }

  function begin(kind: string): void {
    kinds.set(kind, { until: now() + quietMs, count: 0 });
    const [oldest] = kinds;
    if (kinds.size > mostKinds && oldest) end(...oldest);
  }

  function wait(): void {
    if (!hasTimer || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      endMinutes();
      if (kinds.size > 0) wait();
    }, quietMs);
  }

  return {
    record(event) {
      endMinutes();
      if (event.type !== "token_rejection") return sink.record(event);
      const kind = kindOf(event);
      const alike = kinds.get(kind);
      if (alike) return void kinds.set(kind, { ...alike, count: alike.count + 1, last: event });
      sink.record(event);
      begin(kind);
      wait();
    },

    flush() {
      clearTimeout(timer);
      timer = undefined;
      for (const [kind, alike] of kinds) end(kind, alike);
    },
  };
}

/** A user who was known by a good token is a kind by itself: nobody else can bring their events about. */
function kindOf({
  address = "",
  code,
  rejection,
  rejectionReason,
  subject,
}: SecurityEvent): string {
  return JSON.stringify([addressBlock(address), code, rejection, rejectionReason, subject]);
}
