import { beforeAll, describe, expect, test } from "vitest";
import {
  ContractFailure,
  type IdentityProviderHarness,
  identityProviderContract,
} from "../../src/testing/index.ts";
import { startMemoryHarness } from "../contract/memory-harness.ts";
import { brokenAccounts } from "./broken/accounts.ts";
import { brokenConcurrency } from "./broken/concurrency.ts";
import { brokenDisclosure } from "./broken/disclosure.ts";
import { brokenPasswords } from "./broken/passwords.ts";
import { brokenRegistration } from "./broken/registration.ts";
import { brokenSessions } from "./broken/sessions.ts";

const brokenProviders = [
  ...brokenRegistration,
  ...brokenSessions,
  ...brokenPasswords,
  ...brokenAccounts,
  ...brokenDisclosure,
  ...brokenConcurrency,
];

describe("identityProviderContract", () => {
  let harness: IdentityProviderHarness;
  beforeAll(async () => {
    harness = await startMemoryHarness();
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
      .filter((name) => !/^[a-z][a-z ]+: \S.*[^.]$/.test(name));

    expect(nameless).toEqual([]);
  });

  test("has a broken provider for every facet", () => {
    const facetOf = (name: string) => name.split(":")[0];
    const facets = new Set(identityProviderContract.map(({ name }) => facetOf(name)));
    const broken = new Set(brokenProviders.map(({ caughtBy }) => facetOf(caughtBy)));

    expect(broken).toEqual(facets);
  });

  test("refuses to run a case without the controls that it requires", async () => {
    const cases = identityProviderContract.filter(({ requires }) => requires.length > 0);

    for (const { run } of cases) {
      const uncontrolled = run({ ...harness, controls: {} });
      await expect(uncontrolled).rejects.toThrow("the harness lacks one of");
    }
  });
});
