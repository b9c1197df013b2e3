import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRevocationCheck } from "../../../../src/adapters/jwt/index.ts";
import type { UserPrincipal } from "../../../../src/domain/principal.ts";
import type { Revocation } from "../../../../src/domain/revocation.ts";
import type { RevocationList } from "../../../../src/ports/index.ts";

const issuer = "https://issuer.example";
const until = 4_000_000_000;

const ofSession = (index: number): Revocation => ({
  kind: "session",
  issuer,
  sessionId: `session-${index}`,
  until,
});

function principal(index: number): UserPrincipal {
  const who = {
    kind: "user",
    issuer,
    subject: "ada",
    clientId: "client-1",
    username: "ada",
  } as const;
  const times = { issuedAt: 1_000_000_000, expiresAt: until };
  return { ...who, ...times, sessionId: `session-${index}`, groups: [], scopes: [] };
}

const nobody = principal(-1);
const partLength = 10;

/** A list that gives ten at a time, and takes its time for each part. */
function longList(parts: number, partMs: number) {
  const entries = Array.from({ length: parts * partLength }, (_, index) => ofSession(index));
  const asked: number[] = [];
  const state = { partMs, lost: 0, isDown: false };
  const list: RevocationList = {
    add: async (revocation) => void entries.push(revocation),
    async read(cursor) {
      const from = Number(cursor ?? 0);
      asked.push(from);
      await new Promise((resolve) => setTimeout(resolve, state.partMs));
      if (state.isDown) throw new Error("the list is down");
      const to = Math.min(from + partLength, entries.length);
      return {
        revocations: entries.slice(from, to),
        cursor: String(to),
        hasMore: to < entries.length,
        isWhole: cursor === undefined,
      };
    },
  };
  return { list, entries, asked, state };
}

/** The fate of a token now: the answer without a promise, or else the outcome of the promise. */
async function answerTo(ask: () => boolean | Promise<boolean>): Promise<boolean | "unavailable"> {
  try {
    return await ask();
  } catch {
    return "unavailable";
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a long list over a slow link", () => {
  /** Lets tokens come all the time, and gives the time when the first was told that it is not revoked. */
  async function knownAfter(isRevoked: (of: UserPrincipal) => boolean | Promise<boolean>) {
    for (let ms = 0; ms < 60_000; ms += 50) {
      const answer = answerTo(() => isRevoked(nobody));
      await vi.advanceTimersByTimeAsync(50);
      void answer.then((told) => told === false && stop.abort());
      if (stop.signal.aborted) return ms;
    }
    return Number.POSITIVE_INFINITY;
  }
  let stop = new AbortController();
  beforeEach(() => {
    stop = new AbortController();
  });

  it("is read once, part after part, though that takes many times as long as anyone waits", async () => {
    const { list, asked } = longList(40, 250);
    const failures: unknown[] = [];
    const { isRevoked } = createRevocationCheck({
      list,
      whenUnavailable: "refuse",
      onFailure: (failure) => failures.push(failure),
      onRecovery: () => failures.push("recovered"),
    });

    const ms = await knownAfter(isRevoked);

    expect(asked.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, part) => part * partLength));
    expect(asked.length).toBeLessThan(44);
    expect(ms).toBeLessThan(1.2 * 40 * 250);
    expect(failures).toEqual([expect.any(Error), "recovered"]);
  });

  it("counts as far as it was read, and is not known until it is whole", async () => {
    const { list } = longList(40, 250);
    const { isRevoked } = createRevocationCheck({ list, whenUnavailable: "refuse" });
    void answerTo(() => isRevoked(nobody));
    await vi.advanceTimersByTimeAsync(2_600);

    const answers = [principal(5), principal(95), principal(395), nobody].map((of) =>
      answerTo(() => isRevoked(of)),
    );

    expect(await Promise.all(answers)).toEqual([true, true, "unavailable", "unavailable"]);
  });

  it("makes nobody wait once its time is over", async () => {
    const { list } = longList(40, 250);
    const { isRevoked } = createRevocationCheck({ list });
    const first = isRevoked(nobody);
    expect(first).toBeInstanceOf(Promise);
    await vi.advanceTimersByTimeAsync(1_000);

    const later = [];
    for (let ms = 0; ms < 8_000; ms += 50) {
      later.push(isRevoked(nobody));
      await vi.advanceTimersByTimeAsync(50);
    }

    expect(await first).toBe(false);
    expect(new Set(later)).toEqual(new Set([false]));
  });

  it("goes on where it was after a failure, and after a part that never came", async () => {
    const { list, asked, state } = longList(20, 100);
    const { isRevoked } = createRevocationCheck({ list, whenUnavailable: "refuse" });
    void answerTo(() => isRevoked(nobody));
    await vi.advanceTimersByTimeAsync(450);
    state.isDown = true;
    await vi.advanceTimersByTimeAsync(100);
    state.isDown = false;
    state.partMs = 1_000_000;
    await vi.advanceTimersByTimeAsync(1_500);
    void answerTo(() => isRevoked(nobody));
    await vi.advanceTimersByTimeAsync(1_500);
    state.partMs = 100;

    expect(await knownAfter(isRevoked)).toBeLessThan(5_000);

    const again = asked.filter((from, index) => asked.indexOf(from) < index && from < 200);
    expect(again).toEqual([40, 40]);
  });

  it("is read no further by a reading that another took the place of, whose part counts all the same", async () => {
    const { list, asked, state } = longList(4, 1_500);
    const { isRevoked } = createRevocationCheck({ list, timeoutMs: 1_000 });
    void isRevoked(nobody);
    await vi.advanceTimersByTimeAsync(1_001);
    state.partMs = 400;
    void isRevoked(nobody);
    await vi.advanceTimersByTimeAsync(1_000);
    void isRevoked(nobody);

    await vi.advanceTimersByTimeAsync(20_000);

    expect(asked).toEqual([0, 0, 10, 20, 30]);
    expect(isRevoked(principal(39))).toBeInstanceOf(Promise);
  });

  it("gets the time that its parts take", async () => {
    const { list, asked } = longList(10, 1_500);
    const { isRevoked } = createRevocationCheck({ list, whenUnavailable: "refuse" });

    expect(await knownAfter(isRevoked)).toBeLessThan(1.2 * 10 * 1_500);

    expect(asked.filter((from) => from < 100).length).toBeLessThanOrEqual(11);
  });

  it("is not missed in by what was added while it was read", async () => {
    const { list } = longList(10, 300);
    const { isRevoked } = createRevocationCheck({ list });
    void isRevoked(nobody);
    await vi.advanceTimersByTimeAsync(1_400);
    await list.add(ofSession(1_000));
    await vi.advanceTimersByTimeAsync(5_000);

    const answer = isRevoked(principal(1_000));

    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toBe(true);
  });

  it("is looked through for what it lost once all of it was read", async () => {
    const { list, entries } = longList(10, 300);
    const restored: number[] = [];
    const { isRevoked, add } = createRevocationCheck({
      list,
      onRestored: (count) => restored.push(count),
    });
    await add(ofSession(1_000));
    await add(ofSession(1_001));
    entries.splice(100, 1);

    void isRevoked(nobody);
    await vi.advanceTimersByTimeAsync(2_900);
    const before = [...restored];
    await vi.advanceTimersByTimeAsync(1_000);

    expect(before).toEqual([]);
    expect(restored).toEqual([1]);
    expect(entries.at(-1)).toEqual(ofSession(1_000));
  });
});
