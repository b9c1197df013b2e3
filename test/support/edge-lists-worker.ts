import {
  createDurableObjectRevocationList,
  createKvRevocationList,
  type RevocationNamespace,
  type RevocationObjectNamespace,
} from "../../src/adapters/cloudflare/index.ts";
import type { RevocationList } from "../../src/ports/index.ts";
import {
  type RevocationListHarness,
  revocationListContract,
  searchableRevocationListContract,
  sharedRevocationListContract,
} from "../../src/testing/index.ts";

export { RevocationListObject } from "../../src/adapters/cloudflare/index.ts";

interface Bindings {
  readonly REVOCATIONS: RevocationNamespace;
  readonly REVOCATION_LIST_OBJECT: RevocationObjectNamespace;
}

type Clock = { now(): number };
type Gate = () => Promise<void>;

/** Lists over bindings that can be cut, by a clock that can be set. */
function harnessOf(
  open: (clock: Clock, name: string, gate: Gate) => RevocationList,
): RevocationListHarness {
  return {
    async create() {
      const name = crypto.randomUUID();
      let ahead = 0;
      let isDown = false;
      const clock = { now: () => Date.now() + ahead };
      const gate = async () => {
        if (isDown) throw new Error("the binding is cut");
      };
      return {
        open: () => open(clock, name, gate),
        nowSeconds: () => Math.floor(clock.now() / 1000),
        pass(seconds) {
          ahead += seconds * 1000;
        },
        takeDown() {
          isDown = true;
        },
        close: async () => undefined,
      };
    },
  };
}

/** In a part of the namespace that is the list's alone. */
function inKv({ REVOCATIONS: kv }: Bindings): RevocationListHarness {
  return harnessOf((clock, name, gate) => {
    const namespace: RevocationNamespace = {
      async put(key, value, options) {
        await gate();
        await kv.put(`${name}/${key}`, value, options);
      },
      async list(options) {
        await gate();
        return kv.list({ ...options, prefix: `${name}/${options.prefix}` });
      },
    };
    return createKvRevocationList({ namespace, clock, timeoutMs: 8000 });
  });
}

function inObject({ REVOCATION_LIST_OBJECT: objects }: Bindings): RevocationListHarness {
  return harnessOf((clock, name, gate) => {
    const namespace: RevocationObjectNamespace = {
      idFromName: (own) => objects.idFromName(own),
      get: (id) => ({
        async fetch(url, init) {
          await gate();
          return objects.get(id).fetch(url, init);
        },
      }),
    };
    return createDurableObjectRevocationList({ namespace, clock, name, timeoutMs: 8000 });
  });
}

const cases = [
  ...revocationListContract,
  ...searchableRevocationListContract,
  ...sharedRevocationListContract,
];

/** Runs the case that `?case=` names on the list that `?list=` names, and answers with what went wrong, if anything. */
export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const harness = searchParams.get("list") === "kv" ? inKv(bindings) : inObject(bindings);
    const listCase = cases.find(({ name }) => name === searchParams.get("case"));
    if (!listCase) return new Response("no such case", { status: 404 });
    try {
      await listCase.run(harness);
      return new Response(null, { status: 204 });
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};
