import { tracing, waitUntil } from "cloudflare:workers";
import { createCacheApiKeySetCache, createWorkersTracer } from "../adapters/cloudflare/index.ts";
import type { Environment } from "../adapters/shared/settings.ts";
import { misconfigured } from "../http/problem.ts";
import { createService, type Service } from "../service/service.ts";

// Bindings arrive with a request, and the service is kept for the isolate's life: making it anew for each request
// would throw away the key set.
let service: Service | undefined;

// The classes that REVOCATION_LIST and SHARED_STATE need with durable-object; they make no object unless a binding names them.
export { RevocationListObject, SharedStateObject } from "../adapters/cloudflare/index.ts";

export default {
  fetch(request: Request, bindings: Environment): Response | Promise<Response> {
    try {
      service ??= createService(bindings, {
        isHosted: true,
        waitUntil,
        makeTracer: () => createWorkersTracer(tracing),
        // A request cannot wait for what another one fetches, and each isolate starts with nothing.
        keySetCache: createCacheApiKeySetCache(),
      });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "SettingsError") throw error;
      console.error(error.message);
      return misconfigured();
    }
    // Cloudflare sets it to the address of who called, whatever the client sent under its name.
    const caller = () => request.headers.get("CF-Connecting-IP") ?? undefined;
    return service.fetch(request, { caller });
  },
};
