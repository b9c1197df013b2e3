import type { Environment } from "../adapters/shared/settings.ts";
import { createApp } from "../http/app.ts";
import type { Connection } from "../http/environment.ts";
import { compose, type RuntimeParts } from "./compose.ts";
import type { ConnectionBounds } from "./connection-bounds.ts";
import { addressOf } from "./listen.ts";
import { readEnvironment, SettingsError } from "./settings.ts";

/** The running service, as an entry sees it. */
export interface Service {
  readonly host: string;
  readonly port: number;
  /** The bounds of connections, where the server counts them. */
  readonly connectionBounds: ConnectionBounds;
  /** Is told of connections that were closed as there were too many. */
  readonly onDroppedConnections: (count: number) => void;
  /** Logs a fault that no request had: thrown where nobody catches. */
  readonly onUnhandledError: (error: unknown) => void;
  fetch(request: Request, connection?: Connection): Response | Promise<Response>;
  /** Has the service say that it is not ready from now on, so that no new requests are sent its way. */
  drain(): void;
  /** Looks at what the service stands on, and logs what is wrong: for processes, which start seldom. Never rejects. */
  checkSetUp(): Promise<void>;
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
  const { ports, options, host, port, connectionBounds, onDroppedConnections } = composition;
  const { notice, settled, onUnhandledError, checkSetUp } = composition;
  let draining = false;
  const app = createApp(ports, { ...options, isDraining: () => draining });
  if (notice !== undefined) console.warn(notice);
  return {
    host,
    port,
    connectionBounds,
    onDroppedConnections,
    onUnhandledError,
    checkSetUp,
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
  /** Hears of what is thrown, or rejected, where nobody catches it, in place of the runtime, which would end at once. */
  onUnhandledError(listener: (error: unknown) => void): void;
}

/** The time that requests in flight may take to finish after a signal to stop, in milliseconds. */
const stopDeadlineMs = 10_000;

/**
 * Stops the service on SIGTERM or SIGINT: it is no longer ready, takes no new connections, finishes the requests in
 * flight, sends what no answer waited for, and exits with status 0. At a second signal, or when the requests take too long, it exits at once with 1.
 *
 * It stops likewise at an error that nobody caught, which is logged, and exits with 1: nobody knows in what state that left it.
 *
 * @param close - takes no new connections, and ends when all requests in flight are answered
 */
export function stopWhenTold(
  service: Service,
  process: Process,
  close: () => Promise<unknown>,
): void {
  let status: 0 | 1 | undefined;
  const stop = (asked: 0 | 1) => {
    const isStopping = status !== undefined;
    status = status === 1 ? 1 : asked;
    if (isStopping) return;
    service.drain();
    setTimeout(() => process.exit(1), stopDeadlineMs);
    close()
      .then(() => service.settled())
      .then(
        () => process.exit(status ?? 0),
        () => process.exit(1),
      );
  };
  let signals = 0;
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    else stop(0);
  };
  process.onSignal("SIGTERM", onSignal);
  process.onSignal("SIGINT", onSignal);
  process.onUnhandledError((error) => {
    service.onUnhandledError(error);
    stop(1);
  });
}

/** Says where the service can be reached. */
export function announce(host: string, port: number): void {
  console.log(`Portico listens on ${addressOf(host, port)} (try /docs)`);
}

/** Says what is at fault with the settings. */
export function reportFaults(message: string): void {
  console.error(message);
}

/** Ends the process where the settings are at fault, with the faults and nothing else on standard error. */
export function exitOnBadSettings<T>(
  start: () => T,
  exit: (status: number) => never,
  report: (message: string, faults: readonly string[]) => void = reportFaults,
): T {
  try {
    return start();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    report(error.message, error.faults);
    return exit(1);
  }
}
