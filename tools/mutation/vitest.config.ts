import { matchesGlob, relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import groups from "./groups.json" with { type: "json" };

const group = groups.find(({ name }) => name === process.env.MUTATION_GROUP);
if (!group) throw new Error("MUTATION_GROUP names no group of groups.json.");
const { tests } = group;

/** Runs the tests in the order of the list, quick ones first: the first that fails is the last that runs. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) =>
      tests.findIndex((glob) => matchesGlob(relative(process.cwd(), moduleId), glob));
    return files.toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

// Random tests are left out: what they notice, they might not notice the next time.
export default defineConfig({
  test: {
    include: tests,
    exclude: ["test/adapters/jwt/verification/properties.test.ts"],
    isolate: false,
    sequence: { sequencer: InOrder },
    // However busy the machine is: a change that makes a test wait for ever is stopped by Stryker, and sooner.
    testTimeout: 60_000,
  },
});
