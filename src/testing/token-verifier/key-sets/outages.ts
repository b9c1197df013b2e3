import type { JsonWebKeySet, KeySetCache } from "../../../ports/index.ts";
import { ContractFailure, expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomesAtOnce } from "../../outcomes.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims, signers } from "../world.ts";
import {
  cooldownMs,
  createRemoteWorld,
  hang,
  publish,
  type RemoteWorld,
  say,
} from "./remote-world.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Times without the provider, and with several instances: JW12, JW14 to JW16. */
export const outageCases: readonly TokenVerifierCase[] = [
  ...([say("down", 500), hang({ isDeaf: true })] as const).map((answer, index) =>
    verifierCase(
      `JW12: takes good tokens for an hour of an address that is ${["down", "hanging"][index]}`,
      async (library) => {
        const world = await createRemoteWorld(library, { terms: { timeoutMs: 20 } });
        await expectGood(world, 1);
        world.endpoint.answer = answer;

        for (const passed of [11 * minute, 20 * minute, 29 * minute]) {
          world.clock.time += passed;
          const before = world.endpoint.requests;
          await expectGood(world, 50);
          expectEqual("requests", world.endpoint.requests, before + 1);
          await aMoment();
        }
      },
    ),
  ),

  verifierCase("JW12: takes no token by keys that are older than a day", async (library) => {
    const world = await createRemoteWorld(library);
    await expectGood(world, 1);
    world.endpoint.answer = say("down", 500);
    world.clock.time += 24 * hour;

    await expectCode(
      world.verifier.verify(await world.signer.sign(accessClaims())),
      "keys_unavailable",
    );

    world.endpoint.answer = publish(world.signer.jwk);
    world.clock.time += cooldownMs;
    await expectGood(world, 1);
  }),

  verifierCase("JW12: fetches newer keys while the old ones are in use", async (library) => {
    const world = await createRemoteWorld(library);
    await expectGood(world, 50);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    world.endpoint.answer = async () => {
      await gate;
      return Response.json({ keys: [world.next.jwk] });
    };
    world.clock.time += 6 * minute;

    await expectGood(world, 50);
    expectEqual("requests", world.endpoint.requests, 2);
    open();
    await aMoment();

    await world.verifier.verify(await world.next.sign(accessClaims()));
    await expectCode(
      world.verifier.verify(await world.signer.sign(accessClaims())),
      "invalid_token",
    );
  }),

  verifierCase(
    "JW12: takes no key that was taken back before, after a long pause",
    async (library) => {
      const world = await createRemoteWorld(library);
      await expectGood(world, 1);
      world.endpoint.answer = publish(world.next.jwk);
      world.clock.time += 5 * hour;

      await expectCode(
        world.verifier.verify(await world.signer.sign(accessClaims())),
        "invalid_token",
      );
    },
  ),

  verifierCase("JW14: heals by itself when its address was down at the start", async (library) => {
    const world = await createRemoteWorld(library, { answer: say("down", 500) });
    const token = await world.signer.sign(accessClaims());
    await expectCode(world.keys.current(), "keys_unavailable");
    await expectCode(world.verifier.verify(token), "keys_unavailable");

    world.endpoint.answer = publish(world.signer.jwk);
    world.clock.time += cooldownMs;

    await world.verifier.verify(token);
    await world.keys.current();
    expectEqual("requests", world.endpoint.requests, 2);
  }),

  verifierCase("JW14: works at once with a seed while its address is down", async (library) => {
    const [signer] = await signers();
    const seed: JsonWebKeySet = { keys: [signer.jwk] };
    const world = await createRemoteWorld(library, { answer: say("down", 500), terms: { seed } });

    await expectGood(world, 50);
    await aMoment();

    expectEqual("requests", world.endpoint.requests, 1);
    world.clock.time += 24 * hour;
    await expectCode(world.verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");
  }),

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
      [1, 2, 3].map(() => createRemoteWorld(library, { answer: say("", 500), terms: { cache } })),
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

  ...[
    "http://issuer.example/keys",
    "http://10.0.0.7/keys",
    "https://10.0.0.7/keys",
    "https://172.31.255.1/keys",
    "https://192.168.1.1/keys",
    "https://169.254.169.254/latest",
    "https://100.64.0.1/keys",
    "https://0.0.0.0/keys",
    "https://[fd00::1]/keys",
    "https://[fe80::1]/keys",
    "https://[::ffff:10.0.0.7]/keys",
    "https://0x0a000007/keys",
    "https://user:secret@issuer.example/keys",
    "https://user@issuer.example/keys",
    "ftp://issuer.example/keys",
    "file:///etc/keys",
    "data:application/json,{}",
    "javascript:0",
    "//issuer.example/keys",
    "keys",
    "",
    "http://localhost.issuer.example/keys",
    "http://127.0.0.1.issuer.example/keys",
    "http://127.1.evil.example/",
  ].map((uri) =>
    verifierCase(
      `JW16: cannot be made with the address ${JSON.stringify(uri)}`,
      async (library) => {
        try {
          library.createRemoteKeySet({ uri });
        } catch (error) {
          expectThat("it throws a TypeError", error instanceof TypeError);
          return;
        }
        throw new ContractFailure("expected a TypeError, but it was made");
      },
    ),
  ),

  ...[
    "https://issuer.example/keys",
    "https://8.8.8.8/keys",
    "http://localhost:9229/keys",
    "http://127.0.0.1:9229/keys",
    "http://[::1]:9229/keys",
  ].map((uri) =>
    verifierCase(`JW16: can be made with the address ${uri}`, async (library) => {
      library.createRemoteKeySet({ uri });
    }),
  ),
];

async function expectGood({ verifier, signer }: RemoteWorld, count: number): Promise<void> {
  const token = await signer.sign(accessClaims());
  const outcomes = await outcomesAtOnce(Array.from({ length: count }), () =>
    verifier.verify(token),
  );
  expectEqual("the outcomes", [...new Set(outcomes)], ["no error"]);
}

/** Lets what goes on in the background come to its end. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}

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
