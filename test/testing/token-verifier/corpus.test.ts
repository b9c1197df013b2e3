import { afterEach, describe, expect, it, vi } from "vitest";
import * as library from "../../../src/adapters/jwt/index.ts";
import { ContractFailure } from "../../../src/testing/expectations.ts";
import { tokenVerifierCorpus } from "../../../src/testing/token-verifier/corpus.ts";
import { brokenLibraries } from "./broken-libraries.ts";

// Those of key sets take their time, and are in key-sets.test.ts.
const cases = tokenVerifierCorpus.filter(({ name }) => !name.startsWith("JW"));

afterEach(() => vi.restoreAllMocks());

describe("the corpus of a token verifier", () => {
  it("gives each case a name of its own", () => {
    const names = tokenVerifierCorpus.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
  });

  it.each(cases)("$name", async ({ run }) => {
    await run(library);
  });

  it.each(cases)("for who takes a principal itself: $name", async ({ run }) => {
    await run({
      ...library,
      createJwtVerifier(options) {
        const { verifyPromptly, verifyBound } = library.createJwtVerifier(options);
        return { verify: async (accessToken) => verifyPromptly(accessToken), verifyBound };
      },
    });
  });

  it.each(cases)("with WebCrypto alone: $name", async ({ run }) => {
    vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
    await run(library);
  });

  it.each(tokenVerifierCorpus)("catches a broken library: $name", async ({ run }) => {
    let failure: unknown;
    for (const broken of brokenLibraries)
      failure ??= await run(broken.library).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
  });
});
