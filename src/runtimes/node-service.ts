import process from "node:process";
import type { Environment } from "../adapters/shared/settings.ts";
import { serve } from "../node.ts";
import { createLazyPasskeyVerifier } from "../service/lazy-passkeys.ts";
import { listenOrExit } from "../service/listen.ts";
import {
  announce,
  createService,
  exitOnBadSettings,
  reportFaults,
  stopWhenTold,
} from "../service/service.ts";
import { createLazyTracer } from "../service/telemetry/lazy-tracer.ts";
import { createServiceMetrics, type MetricsParts } from "../service/telemetry/metrics.ts";
import { createLineOutput } from "./node-output.ts";
import { createProcessReader } from "./node-process.ts";
import { readTextFiles } from "./text-files.ts";

/** The words in which a start is told. */
export interface StartWords {
  /** @default a sentence on standard output */
  readonly announce?: (host: string, port: number) => void;
  /** @default the message on standard error */
  readonly reportFaults?: (message: string, faults: readonly string[]) => void;
}

/** Starts the service of an environment on Node, as this process: it ends when told to, or where it cannot start. */
export async function startNodeService(
  environment: Environment,
  words: StartWords = {},
): Promise<void> {
  const output = createLineOutput(1);
  // At a crash as well.
  process.on("exit", output.end);
  const service = exitOnBadSettings(
    () =>
      createService(environment, {
        print: output.print,
        passkeys: createLazyPasskeyVerifier,
        readTextFiles,
        makeTracer: createLazyTracer,
        metrics: (parts: MetricsParts) => createServiceMetrics(parts, createProcessReader()),
      }),
    process.exit,
    words.reportFaults ?? reportFaults,
  );
  const server = await listenOrExit(
    service,
    () => serve({ ...service, ...service.connectionBounds }),
    process.exit,
  );
  const self = {
    exit: process.exit,
    onSignal: process.on.bind(process),
    onUnhandledError(listener: (error: unknown) => void) {
      process.on("unhandledRejection", listener).on("uncaughtException", listener);
    },
  };
  stopWhenTold(service, self, server.close);
  (words.announce ?? announce)(service.host, server.port);
  void service.checkSetUp();
}
