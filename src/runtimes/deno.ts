import { settingNames } from "../service/compose.ts";
import { announce, createService, exitOnBadSettings, stopOnSignals } from "../service/service.ts";

declare const Deno: {
  env: { get(name: string): string | undefined; toObject(): Record<string, string> };
  permissions: { querySync(permission: { name: "env" }): { readonly state: string } };
  exit(status: number): never;
  addSignalListener(signal: string, listener: () => void): void;
  serve(
    options: { hostname: string; port: number; onListen: (address: { port: number }) => void },
    fetch: (request: Request, info: ServeInfo) => Response | Promise<Response>,
  ): { shutdown(): Promise<void> };
};

interface ServeInfo {
  readonly remoteAddr: { readonly hostname?: string };
}

const mayReadAll = Deno.permissions.querySync({ name: "env" }).state === "granted";
// Else by name, as permission is granted for these variables and no others.
const environment = mayReadAll
  ? Deno.env.toObject()
  : Object.fromEntries(settingNames().map((name) => [name, Deno.env.get(name)]));
const service = exitOnBadSettings(() => createService(environment), Deno.exit);
const { host: hostname, port } = service;
const onListen = (address: { port: number }) => announce(hostname, address.port);
const server = Deno.serve({ hostname, port, onListen }, (request, { remoteAddr }) =>
  service.fetch(request, { peer: () => remoteAddr.hostname }),
);
const signals = { exit: Deno.exit, onSignal: Deno.addSignalListener };
stopOnSignals(service, signals, () => server.shutdown());
