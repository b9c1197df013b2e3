import {
  createDurableObjectSharedWork,
  type SharedStateNamespace,
} from "../../src/adapters/cloudflare/index.ts";
import {
  type SharedWorkHarness,
  sharedWorkContract,
  sharedWorkOfProcessesContract,
} from "../../src/testing/index.ts";

export { SharedStateObject } from "../../src/adapters/cloudflare/index.ts";

interface Bindings {
  readonly SHARED_STATE_OBJECT: SharedStateNamespace;
}

/** Places for shared work over a binding that can be cut, by the clock of the objects. */
function harnessOf({ SHARED_STATE_OBJECT: objects }: Bindings): SharedWorkHarness {
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
        open: () => createDurableObjectSharedWork({ namespace, name, timeoutMs: 8000 }),
        pass: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
        takeDown() {
          isDown = true;
        },
        close: async () => undefined,
      };
    },
  };
}

const cases = [...sharedWorkContract, ...sharedWorkOfProcessesContract];

/** Runs the case that `?case=` names, and answers with what went wrong, if anything. */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const workCase = cases.find(({ name }) => name === searchParams.get("case"));
    if (!workCase) return new Response("no such case", { status: 404 });
    try {
      await workCase.run(harnessOf(bindings));
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
