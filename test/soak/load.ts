import { readFileSync } from "node:fs";
import type { RunningRuntime } from "../support/runtimes.ts";
import type { Clients, Session } from "./client.ts";

/** One second of a run. */
export interface Second {
  /** The memory of the service's process, in MiB. */
  readonly memoryMiB: number;
  /** The requests that were under way at its end. */
  readonly underWay: number;
}

/** The time that those under way are waited for at the end, in milliseconds. */
const patienceMs = 30_000;
const tickMs = 10;

/**
 * Asks a service as often as is said, whether or not it has answered: 60 % a route that goes by the token alone, 25 %
 * refreshes, 10 % profiles and 5 % sign-ins.
 */
export async function putUnderLoad(
  service: RunningRuntime,
  clients: Clients,
  sessions: readonly Session[],
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<readonly Second[]> {
  const refreshing = new Set<Session>();
  const found: Second[] = [];
  let underWay = 0;

  function anySession(): Session {
    const session = sessions[Math.floor(Math.random() * sessions.length)];
    if (!session) throw new Error("there are no sessions");
    return session;
  }

  async function refresh(session: Session): Promise<void> {
    // A client refreshes once at a time.
    if (refreshing.has(session)) return clients.getSession(session);
    refreshing.add(session);
    await clients.refresh(session).finally(() => refreshing.delete(session));
  }

  async function askOnce(): Promise<void> {
    const session = anySession();
    const lot = Math.random();
    underWay += 1;
    if (lot < 0.6) await clients.getSession(session);
    else if (lot < 0.85) await refresh(session);
    else if (lot < 0.95) await clients.getProfile(session);
    else await clients.signIn(session.username, session.address);
    underWay -= 1;
  }

  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  for (let sent = 0; elapsed() < seconds * 1_000; ) {
    for (const due = (elapsed() / 1_000) * rate; sent < due; sent++) void askOnce();
    if (found.length < Math.floor(elapsed() / 1_000))
      found.push({ memoryMiB: memoryOf(service.pid), underWay });
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  const deadline = performance.now() + patienceMs;
  while (underWay > 0 && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return found;
}

/** Gives the event loop's delays that the watcher wrote, in milliseconds. */
export function delaysIn(output: string): readonly number[] {
  return output
    .split("\n")
    .filter((line) => line.includes('"soak_delays"'))
    .flatMap((line): number[] => JSON.parse(line).lateMs);
}

/** Linux alone tells the memory of another process without a tool. */
function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
}
