import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { CaptchaVerifier } from "../../../src/ports/index.ts";
import {
  type CaptchaHarness,
  ContractFailure,
  captchaContract,
} from "../../../src/testing/index.ts";

/** The tokens that were passed and not used, and whether anybody knows them now. */
interface Knowledge {
  readonly tokens: Set<string>;
  isDown: boolean;
}

/** A check of captchas that breaks one rule, and the case that sees it. */
interface BrokenCaptcha {
  readonly fault: string;
  readonly caughtBy: string;
  readonly saying: string;
  readonly breakVerifier: (verifier: CaptchaVerifier, known: Knowledge) => CaptchaVerifier;
}

const refused = () => new IdentityError("rejected_by_policy");

const brokenCaptchas: readonly BrokenCaptcha[] = [
  {
    fault: "takes nobody whose address is not known",
    caughtBy: "captcha: takes a token, whether or not it is known who calls",
    saying: "rejected_by_policy",
    breakVerifier: ({ verify }) => ({
      async verify(proof) {
        if (proof.callerAddress === undefined) throw refused();
        await verify(proof);
      },
    }),
  },
  {
    fault: "takes a token again",
    caughtBy: "captcha: takes a token once",
    saying: "expected rejected_by_policy, but the call worked",
    breakVerifier: ({ verify }, { tokens }) => ({
      async verify(proof) {
        await verify(proof);
        tokens.add(proof.token);
      },
    }),
  },
  {
    fault: "looks first, and notes a moment later that a token was used",
    caughtBy: "captcha: takes a token once of many times at once",
    saying: "expected the outcomes to be",
    breakVerifier: (_, { tokens }) => ({
      async verify({ token }) {
        if (!tokens.has(token)) throw refused();
        await setImmediate();
        tokens.delete(token);
      },
    }),
  },
  {
    fault: "throws at text that is no URL's",
    caughtBy: "captcha: refuses what is no token",
    saying: "URIError",
    breakVerifier: ({ verify }) => ({
      async verify(proof) {
        await verify({ ...proof, token: decodeURIComponent(encodeURIComponent(proof.token)) });
      },
    }),
  },
  {
    fault: "takes what it cannot read",
    caughtBy: "captcha: refuses what is no token",
    saying: "expected rejected_by_policy, but the call worked",
    breakVerifier: ({ verify }) => ({
      async verify(proof) {
        if (proof.token !== "") await verify(proof);
      },
    }),
  },
  {
    fault: "takes an outage for a captcha that was not passed",
    caughtBy: "captcha: blames no caller for an outage",
    saying: "expected provider_unavailable, but the call threw rejected_by_policy",
    breakVerifier: ({ verify }) => ({
      verify: (proof) => verify(proof).catch(() => Promise.reject(refused())),
    }),
  },
  {
    fault: "lets everybody through in an outage",
    caughtBy: "captcha: blames no caller for an outage",
    saying: "expected provider_unavailable, but the call worked",
    breakVerifier: ({ verify }, known) => ({
      verify: (proof) => (known.isDown ? Promise.resolve() : verify(proof)),
    }),
  },
];

/** Captchas that this process makes up, with a rule broken or none. */
function harnessOf(
  breakVerifier: BrokenCaptcha["breakVerifier"] = (verifier) => verifier,
): CaptchaHarness {
  return {
    async create() {
      const known: Knowledge = { tokens: new Set(), isDown: false };
      const verifier: CaptchaVerifier = {
        async verify({ token }) {
          if (known.isDown) throw new IdentityError("provider_unavailable");
          if (!known.tokens.delete(token)) throw refused();
        },
      };
      return {
        verifier: breakVerifier(verifier, known),
        pass() {
          const token = crypto.randomUUID();
          known.tokens.add(token);
          return token;
        },
        async takeDown() {
          known.isDown = true;
        },
        close: async () => undefined,
      };
    },
  };
}

describe("captchaContract", () => {
  test.each(brokenCaptchas)("catches a check that $fault", async ({ breakVerifier, ...rest }) => {
    const captchaCase = captchaContract.find(({ name }) => name === rest.caughtBy);

    const failure = await captchaCase
      ?.run(harnessOf(breakVerifier))
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(rest.caughtBy));
    expect(failure).toHaveProperty("message", expect.stringContaining(rest.saying));
  });

  test.each(captchaContract)(
    "finds no fault in one that breaks no rule: $name",
    async ({ run }) => {
      await expect(run(harnessOf())).resolves.toBeUndefined();
    },
  );

  test("has a broken check for every case, each of a name of its own", () => {
    const names = captchaContract.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(brokenCaptchas.map(({ caughtBy }) => caughtBy))).toEqual(new Set(names));
  });
});
