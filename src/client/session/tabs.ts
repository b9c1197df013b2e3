/** The news of a session that tabs tell one another. */
export type SessionChange = "signed_in" | "signed_out";

/** The tabs that share a session. */
export interface Tabs {
  /** Tells all others. */
  announce(change: SessionChange): void;
  /** Does something while no other tab does. */
  alone<T>(act: () => Promise<T>): Promise<T>;
}

/** A lock is waited for no longer: a tab that holds it may have been put to sleep. */
const longestWaitMs = 20_000;

/**
 * Joins the tabs of a name. Without one, this client is alone, and only what it does itself happens one after the other.
 *
 * @param hear - is told what another tab announced
 */
export function joinTabs(name: string | false, hear: (change: SessionChange) => void): Tabs {
  if (name === false) return { announce: () => undefined, alone: createQueue() };
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(name);
  channel?.addEventListener("message", ({ data }) => {
    if (data === "signed_in" || data === "signed_out") hear(data);
  });
  // A process is not kept alive by listening.
  (channel as { unref?(): void } | undefined)?.unref?.();
  const locks = globalThis.navigator?.locks;
  const alone = locks ? createLock(locks, name) : createQueue();
  return { announce: (change) => channel?.postMessage(change), alone };
}

/** @see https://w3c.github.io/web-locks/ */
function createLock(locks: LockManager, name: string): Tabs["alone"] {
  return async (act) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), longestWaitMs);
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
      if (isHeld || !signal.aborted) throw error;
      return act();
    } finally {
      clearTimeout(timer);
    }
  };
}

function createQueue(): Tabs["alone"] {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const next = last.then(act, act);
    last = next.catch(() => undefined);
    return next;
  };
}
