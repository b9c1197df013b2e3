import type { ClaimedWork, SharedWork } from "../../ports/index.ts";
import { ContractFailure, expectCode, expectEqual, expectThat } from "../expectations.ts";
import { workCase } from "./shared-work-harness.ts";

/** As sealed outcomes are: some thousands of letters, digits and marks. */
const text = `${"aB3-_.".repeat(1000)}~`;

/**
 * The promises of the `SharedWork` port that hold for every place, each as a case.
 *
 * @example
 * for (const { name, run } of sharedWorkContract) test(name, () => run(harness));
 */
export const sharedWorkContract = [
  workCase("claiming: gives the work to one of fifty at once", async (store) => {
    const key = crypto.randomUUID();
    const asked = Array.from({ length: 50 }, () => store.open().claim(key, 7, 60));

    const states = (await Promise.all(asked)).map(({ state }) => state);

    expectEqual("those who have it", states.filter((state) => state === "claimed").length, 1);
    expectEqual("those who wait", states.filter((state) => state === "under_way").length, 49);
  }),

  workCase("claiming: keeps pieces of work apart", async (store) => {
    const work = store.open();
    for (let round = 0; round < 5; round += 1) await claimed(work, crypto.randomUUID(), 7);
  }),

  workCase("claiming: has the work done by the next once a claim is over", async (store) => {
    const [work, key] = [store.open(), crypto.randomUUID()];
    const late = await claimed(work, key, 7, 1);
    expectEqual("the state before", (await work.claim(key, 7, 60)).state, "under_way");

    await store.pass(1.2);

    const next = await claimed(work, key, 7, 60);
    expectThat("each claim is another", next.claim !== late.claim);
    const outcome = { text, generation: 7, seconds: 60 };
    expectEqual("whether the late one is kept", await work.settle(late, outcome), false);
    await work.release(late);
    expectEqual("the state after", (await work.claim(key, 7, 60)).state, "under_way");
  }),

  workCase(
    "claiming: asks for whoever is at it to be waited for, whatever the generation",
    async (store) => {
      const [work, key] = [store.open(), crypto.randomUUID()];
      await claimed(work, key, 7);

      for (const generation of [6, 7, 8, Number.MAX_SAFE_INTEGER]) {
        const { state } = await work.claim(key, generation, 60);
        expectEqual(`the state for generation ${generation}`, state, "under_way");
      }
    },
  ),

  workCase(
    "settling: gives the outcome to whoever asks for its generation or one before",
    async (store) => {
      const key = crypto.randomUUID();
      await settled(store.open(), key, 1_800_000_000);

      for (const generation of [0, 1_799_999_999, 1_800_000_000]) {
        const found = await store.open().claim(key, generation, 60);
        expectEqual("the state", found, { state: "done", outcome: text });
      }
    },
  ),

  workCase(
    "settling: has a later generation done anew, by one who is told what was before",
    async (store) => {
      const [work, key] = [store.open(), crypto.randomUUID()];
      await settled(work, key, 7);

      const next = await claimed(work, key, 8);

      expectEqual("the outcome before", next.before, text);
      expectEqual("the state", (await work.claim(key, 7, 60)).state, "under_way");
      await work.settle(next, { text: "new", generation: Number.MAX_SAFE_INTEGER, seconds: 60 });
      const after = await work.claim(key, Number.MAX_SAFE_INTEGER, 60);
      expectEqual("the outcome after", after, { state: "done", outcome: "new" });
    },
  ),

  workCase("settling: keeps an outcome for its time and no longer", async (store) => {
    const [work, key] = [store.open(), crypto.randomUUID()];
    await settled(work, key, 7, 1);
    expectEqual("the state before", (await work.claim(key, 7, 60)).state, "done");

    await store.pass(1.2);

    expectEqual("what is left", (await claimed(work, key, 7)).before, undefined);
  }),

  workCase("releasing: gives the work to the next, and takes no outcome away", async (store) => {
    const [work, key] = [store.open(), crypto.randomUUID()];
    const first = await claimed(work, key, 7);

    await work.release(first);

    const second = await claimed(work, key, 7);
    await work.release(first);
    expectEqual("the state", (await work.claim(key, 7, 60)).state, "under_way");
    await work.settle(second, { text, generation: 7, seconds: 60 });
    await work.release(second);
    expectEqual("the state of what is done", (await work.claim(key, 7, 60)).state, "done");
  }),
] as const;

/** The promises that hold for a place outside of the process, beside those of {@link sharedWorkContract}. */
export const sharedWorkOfProcessesContract = [
  workCase("sharing: shows each process the work of all", async (store) => {
    const key = crypto.randomUUID();
    const work = await claimed(store.open(), key, 7);
    expectEqual("the state", (await store.open().claim(key, 7, 60)).state, "under_way");

    const kept = await store.open().settle(work, { text, generation: 7, seconds: 60 });

    expectEqual("whether it is kept", kept, true);
    const found = await store.open().claim(key, 7, 60);
    expectEqual("the outcome", found, { state: "done", outcome: text });
  }),

  workCase("outage: says that the store cannot be reached", async (store) => {
    const work = store.open();
    const mine = await claimed(work, crypto.randomUUID(), 7);

    await store.takeDown();

    await expectCode(work.claim("other", 7, 60), "provider_unavailable");
    const outcome = { text, generation: 7, seconds: 60 };
    await expectCode(work.settle(mine, outcome), "provider_unavailable");
    await expectCode(work.release(mine), "provider_unavailable");
    await expectCode(store.open().claim("other", 7, 60), "provider_unavailable");
  }),
] as const;

async function claimed(
  work: SharedWork,
  key: string,
  generation: number,
  seconds = 60,
): Promise<ClaimedWork> {
  const found = await work.claim(key, generation, seconds);
  if (found.state === "claimed") return found;
  throw new ContractFailure(`expected the work to be ours, but it is ${found.state}`);
}

async function settled(
  work: SharedWork,
  key: string,
  generation: number,
  seconds = 60,
): Promise<void> {
  const mine = await claimed(work, key, generation);
  expectEqual("whether it is kept", await work.settle(mine, { text, generation, seconds }), true);
}
