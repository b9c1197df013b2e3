import process from "node:process";
import { createLineBatches } from "../adapters/system/line-batches.ts";
import { serve } from "../node.ts";
import { createLazyPasskeyVerifier } from "../service/lazy-passkeys.ts";
import { listenOrExit } from "../service/listen.ts";
import { announce, createService, exitOnBadSettings, stopOnSignals } from "../service/service.ts";

const lines = createLineBatches(console.log, setImmediate);
// At a crash as well.
process.on("exit", lines.flush);
const service = exitOnBadSettings(
  () => createService(process.env, { print: lines.print, passkeys: createLazyPasskeyVerifier }),
  process.exit,
);
const server = await listenOrExit(service, () => serve(service), process.exit);
const signals = { exit: process.exit, onSignal: process.on.bind(process) };
stopOnSignals(service, signals, server.close);
announce(service.host, server.port);
