import process from "node:process";
import { createLazyPasskeyVerifier } from "../service/lazy-passkeys.ts";
import { listenOrExit } from "../service/listen.ts";
import { announce, createService, exitOnBadSettings, stopWhenTold } from "../service/service.ts";
import { createLazyTracer } from "../service/telemetry/lazy-tracer.ts";
import { createServiceMetrics, type MetricsParts } from "../service/telemetry/metrics.ts";
import { readTextFiles } from "./text-files.ts";

declare const Bun: {
  serve(options: {
    hostname: string;
    port: number;
    idleTimeout: number;
    fetch: (request: Request, server: BunServer) => Response | Promise<Response>;
  }): BunServer;
};

interface BunServer {
  port: number;
  stop(): Promise<void>;
  requestIP(request: Request): { readonly address: string } | null;
}

const service = exitOnBadSettings(
  () =>
    createService(process.env, {
      passkeys: createLazyPasskeyVerifier,
      readTextFiles,
      makeTracer: createLazyTracer,
      metrics: (parts: MetricsParts) =>
        createServiceMetrics(parts, {
          runtime: "bun",
          memoryBytes: () => process.memoryUsage.rss(),
        }),
    }),
  process.exit,
);
const { host: hostname, port } = service;
const listen = () =>
  Bun.serve({
    hostname,
    port,
    // Seconds: for a head, a body, and a connection between two requests alike. Stated, as a default may change.
    idleTimeout: 10,
    fetch: (request, server) =>
      service.fetch(request, { peer: () => server.requestIP(request)?.address }),
  });
const server = await listenOrExit(service, listen, process.exit);
const self = {
  exit: process.exit,
  onSignal: process.on.bind(process),
  onUnhandledError(listener: (error: unknown) => void) {
    process.on("unhandledRejection", listener).on("uncaughtException", listener);
  },
};
stopWhenTold(service, self, () => server.stop());
announce(hostname, server.port);
void service.checkSetUp();
