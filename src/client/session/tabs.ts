import { type Alone, createQueue } from "./queue.ts";

/** The news of a session that tabs tell one another. */
export type SessionChange = "signed_in" | "signed_out";

/** The tabs that share a session. */
export interface Tabs {
  /** Tells all others. */
  announce(change: SessionChange): void;
  /** Does something while no other tab does. */
  readonly alone: Alone;
  /** Hears nothing any more. */
  leave(): void;
}

const silent = { announce: () => undefined, leave: () => undefined };

/**
 * Joins the tabs of a name. Without one, this client is alone, and only what it does itself happens one after the other.
 *
 * @param longestMs - a lock is waited for no longer: a tab that holds it may have been put to sleep
 * @param hear - is told what another tab announced
 */
export function joinTabs(
  name: string | false,
  longestMs: number,
  hear: (change: SessionChange) => void,
): Tabs {
  if (name === false) return { ...silent, alone: createQueue() };
  let channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(name);
  channel?.addEventListener("message", ({ data }) => {
    if (data === "signed_in" || data === "signed_out") hear(data);
  });
  // A process is not kept alive by listening.
  (channel as { unref?(): void } | undefined)?.unref?.();
  const locks = globalThis.navigator?.locks;
  return {
    announce: (change) => channel?.postMessage(change),
    alone: locks ? createLock(locks, name, longestMs) : lockOf(channel, name, longestMs),
    leave() {
      channel?.close();
      channel = undefined;
    },
  };
}

/** @see https://w3c.github.io/web-locks/ */
function createLock(locks: LockManager, name: string, longestMs: number): Alone {
  return async (act) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), longestMs);
    const { signal } = controller;
    let isHeld = false;
    const held = () => {
      isHeld = true;
      clearTimeout(timer);
      return act();
    };
    try {
      return await locks.request(name, { signal }, held);
    } catch (error) {
      if (isHeld) throw error;
      return act();
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Makes a lock of messages, which is loaded when it is first wanted; a queue where tabs cannot speak to one another. */
function lockOf(channel: BroadcastChannel | undefined, name: string, longestMs: number): Alone {
  let lock: Promise<Alone> | undefined;
  const queue = createQueue();
  if (!channel) return queue;
  const load = async () =>
    (await import("./channel-lock.ts")).createChannelLock(name, queue, longestMs);
  return async (act) => {
    lock ??= load().catch(() => queue);
    return (await lock)(act);
  };
}
