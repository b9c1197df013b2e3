import { type CreatedCase, createdCase } from "../created-case.ts";
import { expectCode, expectEqual } from "../expectations.ts";
import type { ReplayStoreHarness, ReplayStoreUnderTest } from "./replay-store-harness.ts";

/** One promise of the `ReplayStore` port and how to try it. */
export type ReplayStoreCase = CreatedCase<ReplayStoreHarness>;

const storeCase = createdCase<ReplayStoreUnderTest, ReplayStoreHarness>;

/**
 * The promises of the `ReplayStore` port that hold for every store, each as a case.
 *
 * @example
 * for (const { name, run } of replayStoreContract) test(name, () => run(harness));
 */
export const replayStoreContract: readonly ReplayStoreCase[] = [
  storeCase("adding: takes an id once, and others beside it", async (subject) => {
    const store = subject.open();
    const [id, other] = [anId(), anId()];
    const until = secondsFromNow(60);

    const added = [await store.add(id, until), await store.add(id, until)];
    added.push(await store.add(other, until), await store.add(id, until + 60));

    expectEqual("what was new", added, [true, false, true, false]);
  }),

  storeCase("adding: takes an id once of many times at once", async (subject) => {
    const stores = [subject.open(), subject.open(), subject.open()];
    const until = secondsFromNow(60);
    for (let round = 0; round < 5; round += 1) {
      const id = anId();
      const calls = Array.from({ length: 30 }, () => stores).flat();

      const added = await Promise.all(calls.map((store) => store.add(id, until)));

      expectEqual("how many were told that it was new", added.filter(Boolean).length, 1);
    }
  }),

  storeCase("adding: tells two apart who show at once what is over already", async (subject) => {
    const stores = [subject.open(), subject.open()];
    const id = anId();

    const added = await Promise.all(stores.map((store) => store.add(id, secondsFromNow(-60))));

    expectEqual("what was new", added.toSorted(), [false, true]);
  }),

  storeCase(
    "adding: takes ids for the same where each letter is, and nowhere else",
    async (subject) => {
      const store = subject.open();
      const id = `${anId().slice(0, 41)}aA`;
      const until = secondsFromNow(60);
      const others = [`${id.slice(0, 41)}Aa`, `${id.slice(0, 41)}a-`, `${id.slice(0, 41)}a_`];
      await store.add(id, until);

      for (const other of others) expectEqual("an id like it", await store.add(other, until), true);
      expectEqual("the id itself", await store.add(id, until), false);
    },
  ),

  storeCase("keeping: knows an id until it may be forgotten", async (subject) => {
    const store = subject.open();
    const [short, long] = [anId(), anId()];
    await store.add(long, secondsFromNow(3600));
    await store.add(short, secondsFromNow(8));

    await subject.pass(3);

    const until = secondsFromNow(60);
    expectEqual("the one of eight seconds", await store.add(short, until), false);
    expectEqual("the one of an hour", await store.add(long, until), false);
  }),

  storeCase("keeping: knows an id however many have come since", async (subject) => {
    const store = subject.open();
    const id = anId();
    const until = secondsFromNow(60);
    await store.add(id, until);

    await Promise.all(Array.from({ length: 1000 }, () => store.add(anId(), until)));

    expectEqual("whether it was new", await store.add(id, until), false);
  }),
];

/** The promises that hold for a store outside of the process, beside those of {@link replayStoreContract}. */
export const sharedReplayStoreContract: readonly ReplayStoreCase[] = [
  storeCase("sharing: knows what any process was shown", async (subject) => {
    const id = anId();
    const until = secondsFromNow(60);
    const [here, there] = [subject.open(), subject.open()];

    const added = [await here.add(id, until), await there.add(id, until)];
    added.push(await subject.open().add(id, until));

    expectEqual("what was new", added, [true, false, false]);
  }),

  storeCase("outage: says that the store cannot be reached", async (subject) => {
    const store = subject.open();
    const until = secondsFromNow(60);
    await store.add(anId(), until);

    await subject.takeDown();

    await expectCode(store.add(anId(), until), "provider_unavailable");
    await expectCode(subject.open().add(anId(), until), "provider_unavailable");
  }),
];

/** The promises that hold for a store with a bound, beside those of {@link replayStoreContract}. */
export const boundedReplayStoreContract: readonly ReplayStoreCase[] = [
  ofRoomForTwo(
    storeCase(
      "room: refuses what is new rather than to forget, until something is over",
      async (subject) => {
        const store = subject.open();
        const [first, second] = [anId(), anId()];
        await store.add(first, secondsFromNow(5));
        await store.add(second, secondsFromNow(60));

        await expectCode(store.add(anId(), secondsFromNow(60)), "provider_unavailable");
        const added = [await store.add(first, 0), await store.add(second, 0)];
        expectEqual("what was new", added, [false, false]);

        await subject.pass(6);
        expectEqual("the next one", await store.add(anId(), secondsFromNow(60)), true);
      },
    ),
  ),
];

function ofRoomForTwo({ name, run }: ReplayStoreCase): ReplayStoreCase {
  return { name, run: (harness) => run({ create: () => harness.create(2) }) };
}

/** Makes an id as the verifier does: 256 bits in base64url. */
function anId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace("=", "");
}

function secondsFromNow(seconds: number): number {
  return Math.ceil(Date.now() / 1000) + seconds;
}
