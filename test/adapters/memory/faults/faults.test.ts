import { describe, expect, it } from "vitest";
import {
  createSkewableClock,
  type Fault,
  type FaultKind,
  withFaults,
} from "../../../../src/adapters/memory/index.ts";
import {
  ada,
  adjustableClock,
  createProvider,
  outcomeOf,
  outcomesOf,
  tokensOf,
} from "../support.ts";

function start(seed = 1) {
  const provider = createProvider({ autoConfirm: true });
  const faulty = withFaults(provider, { seed });
  return { provider, ...faulty, signUp: () => outcomeOf(faulty.identity.signUp(ada)) };
}

describe("a provider with faults", () => {
  it.each<[FaultKind, string, string]>([
    ["throttling", "provider_unavailable for 1 s", "done"],
    ["server_error", "provider_unavailable", "done"],
    ["timeout", "provider_timeout", "done"],
    ["lost_answer", "provider_timeout", "username_taken"],
    ["malformed_answer", "provider_unavailable", "username_taken"],
    ["latency", "done", "username_taken"],
  ])("that meets one of the kind %s answers %s, and then %s", async (kind, first, second) => {
    const { inject, signUp } = start();
    inject({ kind, times: 1, delayMs: 1 });

    expect([await signUp(), await signUp()]).toEqual([first, second]);
  });

  it("answers late when it is told to", async () => {
    const { inject, signUp } = start();
    inject({ kind: "latency", delayMs: 30 });
    const before = performance.now();
    await signUp();

    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });

  it("keeps its keys to itself, and else works", async () => {
    const { inject, clear, keys, signUp } = start();
    inject({ kind: "keys_unavailable" });

    const outcomes = [await outcomeOf(keys.current()), await outcomeOf(keys.refresh())];
    const signedUp = await signUp();
    clear();

    expect(outcomes).toEqual(["keys_unavailable for 1 s", "keys_unavailable for 1 s"]);
    expect([signedUp, await outcomeOf(keys.current())]).toEqual(["done", "done"]);
  });

  it("has them in the methods that they are for, and has all its capabilities", async () => {
    const { provider, inject, identity, signUp } = start();
    inject({ kind: "timeout", methods: ["signIn"] });

    expect([await signUp(), await outcomeOf(identity.signIn(ada))]).toEqual([
      "done",
      "provider_timeout",
    ]);
    expect(identity.capabilities).toBe(provider.identity.capabilities);
  });

  it("has as many as the rate says, and the same with the same seed", async () => {
    const fault: Fault = { kind: "server_error", rate: 0.25 };
    const runs = [7, 7, 8].map(async (seed) => {
      const { inject, identity } = start(seed);
      inject(fault);
      return outcomesOf(200, () => identity.resendConfirmation(ada));
    });

    const [one, same, other] = await Promise.all(runs);

    const failures = one?.filter((outcome) => outcome === "provider_unavailable").length;
    expect(failures).toBeGreaterThan(30);
    expect(failures).toBeLessThan(70);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });
});

describe("a clock that is off", () => {
  it("makes tokens that are out of date", async () => {
    const clock = adjustableClock();
    const skewed = createSkewableClock(clock);
    const { identity } = createProvider({ clock: skewed, autoConfirm: true });
    await identity.signUp(ada);
    const { accessToken } = await tokensOf(identity.signIn(ada));

    skewed.skew(7200);
    const ahead = await outcomeOf(identity.getProfile({ accessToken }));
    skewed.skew(0);

    expect(ahead).toBe("token_expired");
    expect(await outcomeOf(identity.getProfile({ accessToken }))).toBe("done");
  });
});
