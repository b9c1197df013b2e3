import { createLazyPasskeyVerifier } from "../service/lazy-passkeys.ts";
import { addressOf, listenOrExit } from "../service/listen.ts";
import { announce, createService, exitOnBadSettings, stopWhenTold } from "../service/service.ts";
import { settingNames } from "../service/settings.ts";
import { createLazyTracer } from "../service/telemetry/lazy-tracer.ts";
import { createServiceMetrics, type MetricsParts } from "../service/telemetry/metrics.ts";
import { readTextFiles } from "./text-files.ts";

declare const Deno: {
  env: { get(name: string): string | undefined; toObject(): Record<string, string> };
  permissions: { querySync(permission: { name: "env" }): { readonly state: string } };
  exit(status: number): never;
  memoryUsage(): { readonly rss: number };
  addSignalListener(signal: string, listener: () => void): void;
  serve(
    options: { hostname: string; port: number; onListen: (address: { port: number }) => void },
    fetch: (request: Request, info: ServeInfo) => Response | Promise<Response>,
  ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> };
};

interface ServeInfo {
  readonly remoteAddr: { readonly hostname?: string };
}

const mayReadAll = Deno.permissions.querySync({ name: "env" }).state === "granted";
// Else by name, as permission is granted for these variables and no others.
const environment = mayReadAll
  ? Deno.env.toObject()
  : Object.fromEntries(settingNames().map((name) => [name, Deno.env.get(name)]));
const service = exitOnBadSettings(
  () =>
    createService(environment, {
      passkeys: createLazyPasskeyVerifier,
      readTextFiles,
      makeTracer: createLazyTracer,
      metrics: (parts: MetricsParts) =>
        createServiceMetrics(parts, { runtime: "deno", memoryBytes: () => Deno.memoryUsage().rss }),
    }),
  Deno.exit,
);
const { host: hostname, port } = service;
const onListen = (address: { port: number }) => announce(hostname, address.port);
const listen = () =>
  Deno.serve({ hostname, port, onListen }, (request, { remoteAddr }) =>
    service.fetch(withHost(request), { peer: () => remoteAddr.hostname }),
  );
const server = await listenOrExit(service, listen, Deno.exit);
const self = {
  exit: Deno.exit,
  onSignal: Deno.addSignalListener,
  onUnhandledError(listener: (error: unknown) => void) {
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      listener(event.reason);
    });
    addEventListener("error", (event) => {
      event.preventDefault();
      listener(event.error);
    });
  },
};
stopWhenTold(service, self, () => server.shutdown());
void service.checkSetUp();

/**
 * Gives a request that lacks a `Host` an empty one, which is refused: HTTP/1.1 demands it (RFC 9112 section 3.2), and
 * Deno puts an address of its own making into the URL instead. HTTP/2 has no such header, and names the host elsewhere.
 */
function withHost(request: Request): Request {
  if (request.headers.has("Host") || !isMadeUp(new URL(request.url))) return request;
  const headers = new Headers(request.headers);
  headers.set("Host", "");
  return new Request(request, { headers });
}

function isMadeUp(url: URL): boolean {
  const isLocal = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(hostname);
  return (
    url.origin === new URL(addressOf(isLocal ? "localhost" : hostname, server.addr.port)).origin
  );
}
