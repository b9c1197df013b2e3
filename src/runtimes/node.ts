import process from "node:process";
import { serve } from "../node.ts";
import { announce, createService, exitOnBadSettings, stopOnSignals } from "../service/service.ts";

const service = exitOnBadSettings(() => createService(process.env), process.exit);
const server = await serve(service);
const signals = { exit: process.exit, onSignal: process.on.bind(process) };
stopOnSignals(service, signals, server.close);
announce(service.host, server.port);
