import { describe, expect, test } from "vitest";
import { createMemorySharedWork } from "../../../../src/adapters/memory/index.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import {
  createInstanceRefreshes,
  type InstanceOutcomes,
} from "../../../../src/domain/use-cases/browser-sessions/instance-refreshes.ts";
import type { SharedWork } from "../../../../src/ports/index.ts";

const id = "6f0c8d1e-session";

/** Outcomes that are texts, sealed by their session's name. */
const outcomes: InstanceOutcomes<string> = {
  write: (outcome) => `${id}~${outcome}`,
  read: async (sessionId, text) => {
    const [owner, outcome] = text.split("~");
    return owner === sessionId ? outcome : undefined;
  },
  writeEnd: async (sessionId) => `end ${sessionId}`,
  isEnd: async (sessionId, text) => text === `end ${sessionId}`,
};

/** Two instances on one place. */
function start(shared: SharedWork | undefined = createMemorySharedWork()) {
  const here = createInstanceRefreshes(shared, outcomes);
  const there = createInstanceRefreshes(shared, outcomes);
  let made = 0;
  const refresh =
    (wait: Promise<void> = Promise.resolve()) =>
    async () => {
      await wait;
      made += 1;
      return `tokens ${made}`;
    };
  return { here, there, refresh, made: () => made };
}

const unreachable: SharedWork = {
  claim: () => Promise.reject(new IdentityError("provider_unavailable")),
  settle: () => Promise.reject(new IdentityError("provider_unavailable")),
  release: () => Promise.reject(new IdentityError("provider_unavailable")),
};

describe("a refresh that instances share", () => {
  test("is made once, and waited for by whoever else asks", async () => {
    const { here, there, refresh } = start();
    const gate = Promise.withResolvers<void>();

    const first = here.share(id, 7, refresh(gate.promise));
    const second = there.share(id, 7, refresh());
    gate.resolve();

    expect(await Promise.all([first, second])).toEqual(["tokens 1", "tokens 1"]);
    expect(await there.share(id, 6, refresh())).toBe("tokens 1");
    expect(await there.share(id, 8, refresh())).toBe("tokens 2");
  });

  test("that fails is made by the next who asks", async () => {
    const { here, there, refresh } = start();
    const failure = new IdentityError("provider_timeout");

    await expect(here.share(id, 7, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await there.share(id, 7, refresh())).toBe("tokens 1");
  });

  test.each([
    ["there is no place", undefined],
    ["the place cannot be reached", unreachable],
  ])("is made by each where %s", async (_name, shared) => {
    const here = createInstanceRefreshes(shared, outcomes);
    const { refresh } = start();

    expect(await here.share(id, 7, refresh())).toBe("tokens 1");
    expect(await here.share(id, 7, refresh())).toBe("tokens 2");
    const ending = await here.end(id);
    await ending.finish();
    await ending.undo();
    expect(ending.before).toBeUndefined();
  });

  test("is good though it cannot be told, once it was made", async () => {
    const store = createMemorySharedWork();
    const here = createInstanceRefreshes({ ...unreachable, claim: store.claim }, outcomes);

    expect(await here.share(id, 7, async () => "tokens")).toBe("tokens");
    const failure = new IdentityError("invalid_refresh_token");
    await expect(here.share("other", 7, () => Promise.reject(failure))).rejects.toBe(failure);
  });

  test("is made here where the outcome of another cannot be read", async () => {
    const { here, refresh } = start({
      ...unreachable,
      claim: async () => ({ state: "done", outcome: "7 another session~tokens" }),
    });

    expect(await here.share(id, 7, refresh())).toBe("tokens 1");
  });

  test("is waited for no longer than a claim lasts", async () => {
    let asked = 0;
    const { here, refresh, made } = start({
      ...unreachable,
      async claim() {
        asked += 1;
        return { state: "under_way" };
      },
    });

    await expect(here.share(id, 7, refresh())).rejects.toMatchObject({
      code: "provider_unavailable",
    });
    expect(asked).toBeGreaterThan(40);
    expect(made()).toBe(0);
  }, 15_000);
});

describe("a session that ends on one instance", () => {
  test("is refreshed by no other, with the cookies that it had", async () => {
    const { here, there, refresh, made } = start();
    const ending = await here.end(id);
    const waiting = there.share(id, 7, refresh());
    await ending.finish();

    await expect(waiting).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(made()).toBe(0);
    expect((await there.end(id)).before).toBeUndefined();
  });

  test("is told the refresh that another has made before, and waits for one that is under way", async () => {
    const { here, there, refresh } = start();
    const gate = Promise.withResolvers<void>();
    const refreshing = there.share(id, 7, refresh(gate.promise));
    const ending = here.end(id);
    gate.resolve();

    await refreshing;
    expect((await ending).before).toBe("tokens 1");
  });

  test("goes on where the end failed, and is told the same at the next try", async () => {
    const { here, there, refresh } = start();
    await there.share(id, 7, refresh());

    await (await here.end(id)).undo();

    expect(await there.share(id, 7, refresh())).toBe("tokens 1");
    expect((await there.end(id)).before).toBe("tokens 1");
    const fresh = await here.end("other");
    await fresh.undo();
    expect(await there.share("other", 7, refresh())).toBe("tokens 2");
  });

  test("is refreshed anew after an end that failed, where its tokens have expired since", async () => {
    const { here, there, refresh } = start();
    await there.share(id, 7, refresh());

    await (await here.end(id)).undo();

    expect(await there.share(id, 8, refresh())).toBe("tokens 2");
  });
});
