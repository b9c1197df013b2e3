import type { ServerState } from "./answers.ts";
import { type Child, startChild } from "./child.ts";
import { loadProcessor, loadServer, serverProcessor, startLoad } from "./load-server.ts";
import type { Contender } from "./measure.ts";
import type { RequestKind } from "./requests.ts";

/** The whole service in processes of its own, one for each choice of settings, and what loads them. */
export interface SessionServers {
  /** Makes a contender of some requests to the service of that name. */
  contender(name: string, service: string, request: RequestKind): Contender;
  stop(): void;
}

/** Starts the keys, the load, and the service with each of some settings beyond those of a user pool. */
export async function startSessionServers(
  fixturePath: string,
  services: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<SessionServers> {
  const keys = startChild({
    script: "test/bench/processes/keys-server.ts",
    args: [fixturePath],
    processor: loadProcessor,
  });
  const { port } = await keys.ask<ServerState>();
  const keysUri = `http://127.0.0.1:${port}/.well-known/jwks.json`;
  const load = startLoad();
  const servers = new Map<string, Child>(
    Object.entries(services).map(([name, settings]) => [
      name,
      startChild({
        script: "test/bench/processes/session-server.ts",
        args: [fixturePath, keysUri, JSON.stringify(settings)],
        processor: serverProcessor,
      }),
    ]),
  );
  return {
    contender(name, service, request) {
      const server = servers.get(service);
      if (!server) throw new Error(`There is no service ${service}.`);
      return { name, run: () => loadServer({ server: () => server.ask(), load, request }) };
    },
    stop() {
      for (const child of [keys, load, ...servers.values()]) child.stop();
    },
  };
}
