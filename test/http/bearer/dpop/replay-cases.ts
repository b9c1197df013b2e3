import { IdentityError } from "../../../../src/domain/errors.ts";
import { createMemoryReplayStore, type ReplayStore } from "../../../../src/jwt.ts";
import { expectEqual, expectThat } from "../../../../src/testing/expectations.ts";
import { createClient } from "./client.ts";
import {
  type Answer,
  createWorld,
  type DpopCase,
  dpopCase,
  expectRefused,
  expectTaken,
  type World,
} from "./world.ts";

/** An honest request that can be sent again and again. */
async function repeatable({ proof, token }: World) {
  const shown = await token();
  return { token: shown, proofs: [await proof({ token: shown })] };
}

const brokenStore: ReplayStore = { add: () => Promise.reject(new Error("connection refused")) };

function expectUnavailable({ status, code, headers, challenge }: Answer): void {
  expectEqual("the answer", [status, code, challenge], [503, "provider_unavailable", ""]);
  expectThat("it says when to come back", headers.has("Retry-After"));
}

export const replayCases: readonly DpopCase[] = [
  dpopCase(
    "11.1: refuses a proof that was used before, as long as it is young",
    async (protect) => {
      const world = await createWorld(protect);
      const request = await repeatable(world);
      expectTaken(await world.ask(request));
      for (const seconds of [0, 30, 29, 1, 1, 5, 60]) {
        world.clock.time += seconds * 1000;
        expectRefused(await world.ask(request));
      }
    },
  ),
  dpopCase("11.1: lets one through of many at once with the same proof", async (protect) => {
    const world = await createWorld(protect);
    const request = await repeatable(world);
    const answers = await Promise.all(Array.from({ length: 32 }, () => world.ask(request)));
    const taken = answers.filter(({ status }) => status === 200);
    expectEqual("how many got through", taken.length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefused(answer);
  }),
  dpopCase("11.1: refuses a new proof with the id of an old one", async (protect) => {
    const { ask } = await createWorld(protect);
    const claims = { jti: "the same" };
    expectTaken(await ask({ claims }));
    expectRefused(await ask({ claims, method: "POST" }));
  }),
  dpopCase("11.1: takes the same id of two clients", async (protect) => {
    const replays = createMemoryReplayStore();
    const claims = { jti: "the same" };
    for (const client of [await createClient(), await createClient()]) {
      const { ask } = await createWorld(protect, { client, dpop: { replays } });
      expectTaken(await ask({ claims }));
    }
  }),
  dpopCase("11.1: spends no id on a proof that is refused", async (protect) => {
    const { ask } = await createWorld(protect, {
      dpop: { replays: createMemoryReplayStore({ maxEntries: 1 }) },
    });
    expectRefused(await ask({ claims: { jti: "the same", htm: "POST" } }));
    expectRefused(await ask({ claims: { jti: "the same" }, client: await createClient() }));
    expectTaken(await ask({ claims: { jti: "the same" } }));
  }),
  dpopCase(
    "11.1: knows on one instance what was used on another that shares its store",
    async (protect) => {
      const replays = createMemoryReplayStore();
      const [one, other] = [
        await createWorld(protect, { dpop: { replays } }),
        await createWorld(protect, { dpop: { replays } }),
      ];
      const request = await repeatable(one);
      const answers = await Promise.all([one.ask(request), other.ask(request)]);
      expectEqual("the answers", answers.map(({ status }) => status).toSorted(), [200, 401]);
    },
  ),
  dpopCase(
    "11.1: refuses everybody rather than to forget a proof while there is no room",
    async (protect) => {
      const clock = { time: 1_800_000_000_000, now: () => clock.time };
      const replays = createMemoryReplayStore({ maxEntries: 2, clock });
      const world = await createWorld(protect, { dpop: { replays } });
      const first = await repeatable(world);
      expectTaken(await world.ask(first));
      expectTaken(await world.ask());
      expectUnavailable(await world.ask());
      expectRefused(await world.ask(first));
      clock.time += 70_000;
      world.clock.time += 70_000;
      expectTaken(await world.ask());
      expectRefused(await world.ask(first));
    },
  ),
  dpopCase(
    "11.1: answers 503 where the store is down, and never takes a proof unasked",
    async (protect) => {
      const { ask } = await createWorld(protect, { dpop: { replays: brokenStore } });
      expectUnavailable(await ask());
    },
  ),
  dpopCase("11.1: hands on when the store says that it will be back", async (protect) => {
    const error = new IdentityError("provider_unavailable", { retryAfterSeconds: 7 });
    const replays = { add: () => Promise.reject(error) };
    const { ask } = await createWorld(protect, { dpop: { replays } });
    const answer = await ask();
    expectUnavailable(answer);
    expectEqual("Retry-After", answer.headers.get("Retry-After"), "7");
  }),
];
