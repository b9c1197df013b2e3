import type { Environment } from "../adapters/shared/settings.ts";
import { createApp } from "../http/app.ts";
import type { Connection } from "../http/environment.ts";
import { compose, type RuntimeParts } from "./compose.ts";
import { addressOf } from "./listen.ts";
import { readEnvironment } from "./settings.ts";

/** The running service, as an entry sees it. */
export interface Service {
  readonly host: string;
  readonly port: number;
  /** The most connections at once, where the server counts them. */
  readonly maxConnections: number;
  /** Is told of connections that were closed as there were too many. */
  readonly onDroppedConnections: (count: number) => void;
  fetch(request: Request, connection?: Connection): Response | Promise<Response>;
  /** Has the service say that it is not ready from now on, so that no new requests are sent its way. */
  drain(): void;
  /** Ends when the work is done that no answer waited for. */
  settled(): Promise<void>;
}

/**
 * Makes the service of an environment, which is all that the entries of the four runtimes do before they listen.
 *
 * @throws {SettingsError} where the settings are at fault
 */
export function createService(environment: Environment, runtime: RuntimeParts = {}): Service {
  const composition = compose(readEnvironment(environment, runtime), runtime);
  const { ports, options, host, port, maxConnections, onDroppedConnections } = composition;
  const { notice, settled } = composition;
  let draining = false;
  const app = createApp(ports, { ...options, isDraining: () => draining });
  if (notice !== undefined) console.warn(notice);
  return {
    host,
    port,
    maxConnections,
    onDroppedConnections,
    fetch: (request, connection) => app.fetch(request, connection),
    drain() {
      draining = true;
    },
    async settled() {
      await settled?.();
    },
  };
}

/** The process that the service is, where the runtime has processes: how it is told to stop, and how it ends. */
export interface Process {
  exit(status: number): void;
  onSignal(signal: "SIGTERM" | "SIGINT", listener: () => void): void;
}

/** The time that requests in flight may take to finish after a signal to stop, in milliseconds. */
const stopDeadlineMs = 10_000;

/**
 * Stops the service on SIGTERM or SIGINT: it is no longer ready, takes no new connections, finishes the requests in
 * flight, sends what no answer waited for, and exits with status 0. At a second signal, or when the requests take too long, it exits at once with 1.
 *
 * @param close - takes no new connections, and ends when all requests in flight are answered
 */
export function stopOnSignals(
  service: Service,
  process: Process,
  close: () => Promise<unknown>,
): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return process.exit(1);
    stopping = true;
    service.drain();
    setTimeout(() => process.exit(1), stopDeadlineMs);
    close()
      .then(() => service.settled())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.onSignal("SIGTERM", stop);
  process.onSignal("SIGINT", stop);
}

/** Says where the service can be reached. */
export function announce(host: string, port: number): void {
  console.log(`Portico listens on ${addressOf(host, port)} (try /docs)`);
}

/** Ends the process where the settings are at fault, with the faults and nothing else on standard error. */
export function exitOnBadSettings<T>(start: () => T, exit: (status: number) => never): T {
  try {
    return start();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SettingsError") throw error;
    console.error(error.message);
    return exit(1);
  }
}
