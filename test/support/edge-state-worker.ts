import {
  createDurableObjectRateLimiter,
  createDurableObjectReplayStore,
  createDurableObjectSharedWork,
  type SharedStateNamespace,
} from "../../src/adapters/cloudflare/index.ts";
import {
  rateLimiterContract,
  replayStoreContract,
  sharedRateLimiterContract,
  sharedReplayStoreContract,
  sharedWorkContract,
  sharedWorkOfProcessesContract,
} from "../../src/testing/index.ts";

export { SharedStateObject } from "../../src/adapters/cloudflare/index.ts";

interface Bindings {
  readonly SHARED_STATE_OBJECT: SharedStateNamespace;
}

type Terms = Parameters<typeof createDurableObjectRateLimiter>[0];

/** Stores over a binding that can be cut, by the clock of the objects. */
function harnessOf<Store>(
  { SHARED_STATE_OBJECT: objects }: Bindings,
  open: (terms: Terms) => Store,
) {
  return {
    async create() {
      const name = crypto.randomUUID();
      let isDown = false;
      const namespace: SharedStateNamespace = {
        idFromName: (own) => objects.idFromName(own),
        get: (id) => ({
          async fetch(url, init) {
            if (isDown) throw new Error("the binding is cut");
            return objects.get(id).fetch(url, init);
          },
        }),
      };
      return {
        open: () => open({ namespace, name, timeoutMs: 8000 }),
        pass: (seconds: number) => new Promise<void>((end) => setTimeout(end, seconds * 1000)),
        takeDown() {
          isDown = true;
        },
        close: async () => undefined,
      };
    },
  };
}

/** The cases of each suite, as calls on the bindings. */
const suites: Readonly<
  Record<string, readonly { name: string; run(bindings: Bindings): Promise<void> }[]>
> = {
  "rate-limiter": [...rateLimiterContract, ...sharedRateLimiterContract].map(({ name, run }) => ({
    name,
    run: (bindings) => run(harnessOf(bindings, createDurableObjectRateLimiter)),
  })),
  "replay-store": [...replayStoreContract, ...sharedReplayStoreContract].map(({ name, run }) => ({
    name,
    run: (bindings) => run(harnessOf(bindings, createDurableObjectReplayStore)),
  })),
  "shared-work": [...sharedWorkContract, ...sharedWorkOfProcessesContract].map(({ name, run }) => ({
    name,
    run: (bindings) => run(harnessOf(bindings, createDurableObjectSharedWork)),
  })),
};

/** Runs the case that `?suite=…&case=…` names, and answers with what went wrong, if anything. */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const cases = suites[searchParams.get("suite") ?? ""] ?? [];
    const found = cases.find(({ name }) => name === searchParams.get("case"));
    if (!found) return new Response("no such case", { status: 404 });
    try {
      await found.run(bindings);
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
