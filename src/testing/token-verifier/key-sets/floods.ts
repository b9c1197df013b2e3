import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomesAtOnce, outcomesOf } from "../../outcomes.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims } from "../world.ts";
import {
  answerText,
  cooldownMs,
  createRemoteWorld,
  hang,
  invent,
  type KeyAnswer,
  publish,
  type RemoteWorld,
} from "./remote-world.ts";

const count = 200;

const faults: readonly (readonly [string, KeyAnswer])[] = [
  ["answers with status 500", answerText("down", 500)],
  ["answers with no keys", publish()],
  ["hangs", hang()],
  ["hangs and does not notice", hang({ isDeaf: true })],
];

/** Tokens that name keys nobody has, and keys that change meanwhile: JW10, JW11, JW13. */
export const floodCases: readonly TokenVerifierCase[] = [
  ...(["one after another", "at once"] as const).map((how) =>
    verifierCase(
      `JW10: fetches at most once for invented keys that come ${how}`,
      async (library) => {
        const world = await createRemoteWorld(library);
        await world.keys.current();
        world.clock.time += cooldownMs;

        await flood(world, how);
        expectEqual("requests", world.endpoint.requests, 2);
        world.clock.time += cooldownMs;
        await flood(world, how);

        expectEqual("requests", world.endpoint.requests, 3);
      },
    ),
  ),

  verifierCase(
    "JW10: fetches at most once for invented keys that are the first to come",
    async (library) => {
      const world = await createRemoteWorld(library);

      await flood(world, "one after another");
      await flood(world, "at once");

      expectEqual("requests", world.endpoint.requests, 1);
    },
  ),

  verifierCase(
    "JW10: fetches once in a cooldown for invented keys that never stop",
    async (library) => {
      const world = await createRemoteWorld(library);
      await world.keys.current();
      const tokens = await invent(world.signer, 600);

      // A minute of ten a second.
      for (const token of tokens) {
        world.clock.time += 100;
        await expectCode(world.verifier.verify(token), "invalid_token");
      }

      const { requests } = world.endpoint;
      expectThat(`of ${requests} requests at most eight are for them`, requests <= 1 + 8);
    },
  ),

  verifierCase(
    "JW10: fetches once for one invented key, however often it comes",
    async (library) => {
      const world = await createRemoteWorld(library);
      await world.keys.current();
      world.clock.time += cooldownMs;
      const [token = ""] = await invent(world.signer, 1);

      for (let times = 0; times < 20; times += 1) {
        await expectCode(world.verifier.verify(token), "invalid_token");
        world.clock.time += 400;
      }

      expectEqual("requests", world.endpoint.requests, 2);
    },
  ),

  ...faults.map(([what, answer]) =>
    verifierCase(
      `JW11: fetches once in a cooldown at an address that ${what}, with no keys`,
      async (library) => {
        const world = await createRemoteWorld(library, { answer, terms: { timeoutMs: 50 } });

        await flood(world, "at once", "keys_unavailable");
        await flood(world, "one after another", "keys_unavailable");

        expectEqual("requests", world.endpoint.requests, 1);
      },
    ),
  ),

  ...faults.map(([what, answer]) =>
    verifierCase(
      `JW11: fetches once in a cooldown at an address that ${what}, with keys`,
      async (library) => {
        const world = await createRemoteWorld(library, { terms: { timeoutMs: 50 } });
        await world.keys.current();
        world.endpoint.answer = answer;
        world.clock.time += cooldownMs;

        await flood(world, "at once", "keys_unavailable");
        await flood(world, "one after another", "keys_unavailable");

        expectEqual("requests", world.endpoint.requests, 2);
        await world.verifier.verify(await world.signer.sign(accessClaims()));
      },
    ),
  ),

  verifierCase(
    "JW13: accepts a key that was changed right after a fetch within a second",
    async (library) => {
      const world = await createRemoteWorld(library);
      await world.keys.current();

      rotate(world);

      await expectAcceptedWithin(world, 1_000);
      expectEqual("requests", world.endpoint.requests, 2);
    },
  ),

  ...(["one after another", "at once"] as const).map((how) =>
    verifierCase(
      `JW13: accepts a changed key within a second of a flood that came ${how}`,
      async (library) => {
        const world = await createRemoteWorld(library);
        await world.keys.current();
        world.clock.time += cooldownMs;
        await flood(world, how);

        rotate(world);

        await expectAcceptedWithin(world, 1_000);
        expectEqual("requests", world.endpoint.requests, 3);
      },
    ),
  ),

  verifierCase(
    "JW13: accepts a changed key at the latest after a cooldown, in a flood that goes on",
    async (library) => {
      const world = await createRemoteWorld(library);
      await world.keys.current();
      world.clock.time += cooldownMs;
      await flood(world, "at once");
      rotate(world);
      const token = await world.next.sign(accessClaims());
      const invented = await invent(world.signer, 100);

      const outcomes = [];
      for (const other of invented) {
        world.clock.time += 100;
        await expectCode(world.verifier.verify(other), "invalid_token");
        outcomes.push(...(await outcomesOf(1, () => world.verifier.verify(token))));
      }

      expectEqual("the last outcome", outcomes.at(-1), "no error");
    },
  ),

  verifierCase(
    "JW13: goes on taking the old key until the next fetch, and then no more",
    async (library) => {
      const world = await createRemoteWorld(library);
      const old = await world.signer.sign(accessClaims());
      await world.verifier.verify(old);
      world.endpoint.answer = publish(world.next.jwk);
      world.clock.time += cooldownMs;
      await world.verifier.verify(old);

      await world.verifier.verify(await world.next.sign(accessClaims()));

      await expectCode(world.verifier.verify(old), "invalid_token");
    },
  ),
];

async function flood(
  { verifier, signer }: RemoteWorld,
  how: "one after another" | "at once",
  expected: "invalid_token" | "keys_unavailable" = "invalid_token",
): Promise<void> {
  const tokens = [...(await invent(signer, count))];
  const verify = (token: string | undefined) => verifier.verify(token ?? "");
  const outcomes =
    how === "at once"
      ? await outcomesAtOnce(tokens, verify)
      : await outcomesOf(count, () => verify(tokens.pop()));
  expectEqual("the outcomes", [...new Set(outcomes)], [expected]);
}

/** Publishes the next key beside the one that there is. */
function rotate({ endpoint, signer, next }: RemoteWorld): void {
  endpoint.answer = publish(signer.jwk, next.jwk);
}

/** Tries a token of the next key again and again, as its holder would. */
async function expectAcceptedWithin(world: RemoteWorld, ms: number): Promise<void> {
  const token = await world.next.sign(accessClaims());
  const outcomes = await outcomesOf(11, async () => {
    await world.verifier.verify(token).finally(() => {
      world.clock.time += ms / 10;
    });
  });
  expectEqual("the outcome in the end", outcomes.at(-1), "no error");
}
