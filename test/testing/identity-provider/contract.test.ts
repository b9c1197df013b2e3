import { beforeAll, describe, expect, test } from "vitest";
import type { Capability } from "../../../src/domain/capabilities.ts";
import {
  ContractFailure,
  type IdentityProviderHarness,
  identityProviderContract,
} from "../../../src/testing/index.ts";
import { startMemoryHarness } from "../../contract/memory-harness.ts";
import { brokenProviders, uncaught } from "../broken/broken-providers.ts";

describe("identityProviderContract", () => {
  let harness: IdentityProviderHarness;
  beforeAll(async () => {
    harness = await startMemoryHarness({ refreshRotation: { graceSeconds: 60 } });
  });

  test.each(brokenProviders)("catches a provider that $fault", async (broken) => {
    const contractCase = identityProviderContract.find(({ name }) => name === broken.caughtBy);

    const failure = await contractCase
      ?.run({ ...harness, ...broken.breakParts(harness) })
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(broken.saying));
    expect(failure).toHaveProperty("message", expect.stringContaining(broken.caughtBy));
  });

  test("gives each case a name of its own", () => {
    const names = identityProviderContract.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  test("names the facet of each case first", () => {
    const nameless = identityProviderContract
      .map(({ name }) => name)
      .filter((name) => !/^[a-z][a-z -]+: \S.*[^.]$/.test(name));

    expect(nameless).toEqual([]);
  });

  test("has a broken provider for every case, or a reason why there is none", () => {
    const caught = new Set<string>(brokenProviders.map(({ caughtBy }) => caughtBy));
    const names = identityProviderContract.map(({ name }) => name);

    expect(names.filter((name) => !caught.has(name)).toSorted()).toEqual(
      Object.values(uncaught).flat().toSorted(),
    );
  });

  test("refuses to run a case without the controls that it requires", async () => {
    const cases = identityProviderContract.filter(
      ({ requires, needs }) => requires.length > 0 && !needs.includes("passkeys"),
    );

    for (const { run, requires } of cases) {
      const uncontrolled = run({ ...harness, controls: {} });
      const wayOut =
        requires.length === 1
          ? "give it, or name it in limits.lacks"
          : "give them, or name one of them in limits.lacks";
      await expect(uncontrolled).rejects.toThrow(
        `cannot run: the harness lacks ${requires.join(", ")}; ${wayOut}`,
      );
    }
  });

  test("refuses to run a case for a provider that does not declare what it needs", async () => {
    const identity = { ...harness.identity, capabilities: new Set<Capability>() };
    const cases = identityProviderContract.filter(({ needs }) => needs.length > 0);

    for (const { run } of cases) {
      const undeclared = run({ ...harness, identity });
      await expect(undeclared).rejects.toThrow("the provider declares no");
    }
  });

  test("runs races as many times as the harness asks", async () => {
    const race = identityProviderContract.find(
      ({ name }) => name === "concurrency: takes a sign-up code once of many times",
    );
    let signUps = 0;
    const identity: IdentityProviderHarness["identity"] = {
      ...harness.identity,
      signUp(input) {
        signUps += 1;
        return harness.identity.signUp(input);
      },
    };

    await race?.run({ ...harness, identity, raceRounds: 3 });

    expect(signUps).toBe(3);
  });
});
