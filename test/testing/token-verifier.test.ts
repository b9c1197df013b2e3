import { describe, expect, it } from "vitest";
import * as library from "../../src/adapters/jwt/index.ts";
import { tokenVerifierCorpus } from "../../src/testing/token-verifier/corpus.ts";

describe("the corpus of a token verifier", () => {
  it("gives each case a name of its own", () => {
    const names = tokenVerifierCorpus.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  // Those of key sets take their time, and are in key-sets.test.ts.
  it.each(tokenVerifierCorpus.filter(({ name }) => !name.startsWith("JW")))(
    "$name",
    async ({ run }) => {
      await run(library);
    },
  );
});
