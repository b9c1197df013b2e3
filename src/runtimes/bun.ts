import process from "node:process";
import { announce, createService, exitOnBadSettings, stopOnSignals } from "../service/service.ts";

declare const Bun: {
  serve(options: {
    hostname: string;
    port: number;
    fetch: (request: Request) => Response | Promise<Response>;
  }): { port: number; stop(): Promise<void> };
};

const service = exitOnBadSettings(() => createService(process.env), process.exit);
const { host: hostname, port } = service;
const server = Bun.serve({ hostname, port, fetch: (request) => service.fetch(request) });
const signals = { exit: process.exit, onSignal: process.on.bind(process) };
stopOnSignals(service, signals, () => server.stop());
announce(hostname, server.port);
