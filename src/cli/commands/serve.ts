import { startNodeService } from "../../runtimes/node-service.ts";
import { addressOf } from "../../service/listen.ts";
import type { Command } from "../command.ts";
import { envFileOption, readEnvFiles } from "../environment.ts";

/** Starts the service. */
export const serve: Command = {
  name: "serve",
  summary: "start the service, with settings from the environment",
  details: `Starts the service, on this machine alone unless HOST says otherwise, with users in memory unless IDENTITY_PROVIDER does.
Settings are environment variables. SIGTERM and SIGINT stop it when the requests in flight are answered.`,
  options: {
    port: { value: "number", text: "the port to listen on, 0 for any; goes before PORT" },
    "env-file": envFileOption,
  },
  async run(given, terminal) {
    const port = given.text("port");
    const environment = {
      ...readEnvFiles(given, terminal),
      ...(port !== undefined && { PORT: port }),
    };
    if (!given.json) {
      await startNodeService(environment);
      return undefined;
    }
    await startNodeService(environment, {
      announce: (host, port) =>
        terminal.print(JSON.stringify({ event: "listening", url: addressOf(host, port) })),
      reportFaults: (message, faults) =>
        terminal.print(JSON.stringify({ error: "settings", message, faults })),
    });
    return undefined;
  },
};
