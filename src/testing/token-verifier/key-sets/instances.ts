import type { KeySetCache } from "../../../ports/index.ts";
import { expectEqual } from "../../expectations.ts";
import { outcomesAtOnce } from "../../outcomes.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims } from "../world.ts";
import {
  answerText,
  cooldownMs,
  createRemoteWorld,
  expectGood,
  hang,
  publish,
} from "./remote-world.ts";

/** Many requests and several instances: JW15. */
export const instanceCases: readonly TokenVerifierCase[] = [
  verifierCase("JW15: fetches once for any number of first tokens at once", async (library) => {
    const world = await createRemoteWorld(library);

    await expectGood(world, 100);

    expectEqual("requests", world.endpoint.requests, 1);
  }),

  verifierCase(
    "JW15: waits for no fetch that died with the request that it belonged to",
    async (library) => {
      const world = await createRemoteWorld(library, {
        answer: hang({ isDeaf: true }),
        terms: { timeoutMs: 50 },
      });
      const token = await world.signer.sign(accessClaims());
      const waiting = outcomesAtOnce(Array.from({ length: 20 }), () =>
        world.verifier.verify(token),
      );
      expectEqual("the outcomes", [...new Set(await waiting)], ["keys_unavailable"]);

      world.endpoint.answer = publish(world.signer.jwk);
      world.clock.time += cooldownMs;

      await world.verifier.verify(token);
    },
  ),

  verifierCase("JW15: fetches once for several instances that share a cache", async (library) => {
    const cache = sharedCache();
    const first = await createRemoteWorld(library, { terms: { cache } });
    await expectGood(first, 100);

    const others = await Promise.all(
      [1, 2, 3].map(() =>
        createRemoteWorld(library, { answer: answerText("", 500), terms: { cache } }),
      ),
    );
    for (const other of others) {
      await expectGood(other, 100);
      expectEqual("requests", other.endpoint.requests, 0);
    }
  }),

  ...brokenCaches().map(([what, cache]) =>
    verifierCase(`JW15: goes on without a shared cache that ${what}`, async (library) => {
      const world = await createRemoteWorld(library, { terms: { cache } });

      await expectGood(world, 10);

      expectEqual("requests", world.endpoint.requests, 1);
    }),
  ),
];

function sharedCache(): KeySetCache {
  const documents = new Map<string, string>();
  return {
    get: async (uri) => documents.get(uri),
    async put(uri, document) {
      documents.set(uri, document);
    },
  };
}

function brokenCaches(): readonly (readonly [string, KeySetCache])[] {
  const put = async () => undefined;
  const fail = async () => Promise.reject(new Error("down"));
  const never = () => new Promise<never>(() => undefined);
  const holding = (document: string): KeySetCache => ({ get: async () => document, put });
  return [
    ["fails", { get: fail, put: fail }],
    ["hangs", { get: never, put: never }],
    ["holds no JSON", holding("<html>")],
    ["holds null", holding("null")],
    ["holds no keys", holding('{"fetchedAt":1800000000000,"keys":[]}')],
    ["does not say when", holding('{"keys":[{"kty":"RSA"}]}')],
    [
      "holds keys of a year ago",
      holding(`{"fetchedAt":1768464000000,"keys":[{"kty":"oct","k":"AA"}]}`),
    ],
  ];
}
