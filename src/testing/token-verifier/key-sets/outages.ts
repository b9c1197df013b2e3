import type { JsonWebKeySet } from "../../../ports/index.ts";
import { expectCode, expectEqual } from "../../expectations.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims, signers } from "../world.ts";
import {
  answerText,
  cooldownMs,
  createRemoteWorld,
  expectGood,
  hang,
  publish,
} from "./remote-world.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Times without the provider: JW12 and JW14. */
export const outageCases: readonly TokenVerifierCase[] = [
  ...([answerText("down", 500), hang({ isDeaf: true })] as const).map((answer, index) =>
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
    world.endpoint.answer = answerText("down", 500);
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
    const world = await createRemoteWorld(library, { answer: answerText("down", 500) });
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
    const world = await createRemoteWorld(library, {
      answer: answerText("down", 500),
      terms: { seed },
    });

    await expectGood(world, 50);
    await aMoment();

    expectEqual("requests", world.endpoint.requests, 1);
    world.clock.time += 24 * hour;
    await expectCode(world.verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");
  }),
];

/** Lets the work in the background come to its end. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}
