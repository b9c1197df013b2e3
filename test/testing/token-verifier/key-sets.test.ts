import { describe, it } from "vitest";
import * as library from "../../../src/adapters/jwt/index.ts";
import { tokenVerifierCorpus } from "../../../src/testing/token-verifier/corpus.ts";

describe("the corpus of a token verifier, as to its key sets", () => {
  it.each(tokenVerifierCorpus.filter(({ name }) => name.startsWith("JW")))(
    "$name",
    async ({ run }) => {
      await run(library);
    },
  );
});
