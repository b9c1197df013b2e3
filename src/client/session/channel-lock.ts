import type { Alone } from "./queue.ts";

/** A tab that has or wants the lock says so within this time. */
const answerMs = 100;

/** Who wants the lock, and since when. */
interface Claim {
  readonly at: number;
  readonly id: string;
}

type Message = { readonly claim: Claim } | { readonly wait: string } | "free";

/**
 * Makes a lock of messages between tabs, where the browser has none, as on pages without https: who wants it asks, and has it
 * unless a tab answers that has it or wanted it first. Messages that take longer than a tab waits can let two have it, so what
 * it guards has to bear that.
 *
 * @param queue - what this tab itself does under it happens one after the other
 * @param longestMs - a tab that has it and says no more for this time was closed, or put to sleep
 */
export function createChannelLock(name: string, queue: Alone, longestMs: number): Alone {
  const channel = new BroadcastChannel(`${name} lock`);
  // A process is not kept alive by listening.
  (channel as { unref?(): void }).unref?.();
  const id = crypto.getRandomValues(new Uint32Array(3)).join("-");
  const post = (message: Message) => channel.postMessage(message);
  let mine: Claim | undefined;
  let isHeld = false;
  let wake: ((isFree: boolean) => void) | undefined;

  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data === "free") wake?.(true);
    else if ("wait" in data) {
      if (data.wait === id) wake?.(false);
    } else if (mine && (isHeld || isEarlier(mine, data.claim))) post({ wait: data.claim.id });
    // Whoever asked first may not have heard of this claim.
    else wake?.(false);
  });

  /** Gives the word of another tab within a time, nothing if none speaks. */
  function hear(milliseconds: number): Promise<boolean | undefined> {
    return new Promise((resolve) => {
      // Where this tab was busy for as long, messages wait that were there in time.
      const timer = setTimeout(() => setTimeout(resolve), milliseconds);
      wake = (isFree) => {
        clearTimeout(timer);
        resolve(isFree);
      };
    });
  }

  async function acquire(claim: Claim): Promise<void> {
    mine = claim;
    for (;;) {
      post({ claim });
      const heard = await hear(answerMs);
      if (heard === undefined) break;
      // Where it was freed just now, another may want it as well.
      if (!heard && !(await isFreed(longestMs))) break;
    }
    isHeld = true;
  }

  async function isFreed(milliseconds: number): Promise<boolean> {
    const end = Date.now() + milliseconds;
    for (let left = milliseconds; left > 0; left = end - Date.now()) {
      if (await hear(left)) return true;
    }
    return false;
  }

  return (act) =>
    queue(async () => {
      await acquire({ at: Date.now(), id });
      try {
        return await act();
      } finally {
        isHeld = false;
        mine = undefined;
        post("free");
      }
    });
}

function isEarlier(one: Claim, other: Claim): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id);
}
