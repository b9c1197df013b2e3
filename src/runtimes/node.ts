import process from "node:process";
import { serve } from "../node.ts";
import { createLazyPasskeyVerifier } from "../service/lazy-passkeys.ts";
import { listenOrExit } from "../service/listen.ts";
import { announce, createService, exitOnBadSettings, stopWhenTold } from "../service/service.ts";
import { createLazyTracer } from "../service/telemetry/lazy-tracer.ts";
import { createServiceMetrics, type MetricsParts } from "../service/telemetry/metrics.ts";
import { createLineOutput } from "./node-output.ts";
import { createProcessReader } from "./node-process.ts";

const output = createLineOutput(1);
// At a crash as well.
process.on("exit", output.end);
const service = exitOnBadSettings(
  () =>
    createService(process.env, {
      print: output.print,
      passkeys: createLazyPasskeyVerifier,
      makeTracer: createLazyTracer,
      metrics: (parts: MetricsParts) => createServiceMetrics(parts, createProcessReader()),
    }),
  process.exit,
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
announce(service.host, server.port);
void service.checkSetUp();
