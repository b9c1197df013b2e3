import type { CaptchaOperation } from "../../domain/captcha.ts";
import type { CaptchaVerifier } from "../../ports/index.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";
import { expectCode, expectEqual } from "../expectations.ts";
import { outcomesAtOnce } from "../outcomes.ts";

/** A check of captchas, under test. */
export interface CaptchaUnderTest {
  readonly verifier: CaptchaVerifier;
  /** Passes a captcha as a person would, and gives the token. */
  pass(operation: CaptchaOperation): string | Promise<string>;
  /** Cuts the check off from whoever knows the tokens. */
  takeDown(): Promise<void>;
  close(): Promise<void>;
}

/** The checks of one kind, under test. */
export interface CaptchaHarness {
  /** Makes one. The case that asks closes it. */
  create(): Promise<CaptchaUnderTest>;
}

/** One promise of the `CaptchaVerifier` port and how to try it. */
export type CaptchaCase = CreatedCase<CaptchaHarness>;

const captchaCase = createdCase<CaptchaUnderTest, CaptchaHarness>;

const operation = "signUp";
const callerAddress = "203.0.113.7";

/**
 * The promises of the `CaptchaVerifier` port, each as a case.
 *
 * @example
 * for (const { name, run } of captchaContract) test(name, () => run(harness));
 */
export const captchaContract: readonly CaptchaCase[] = [
  captchaCase("captcha: takes a token, whether or not it is known who calls", async (subject) => {
    await subject.verifier.verify({ token: await subject.pass(operation), operation });
    const token = await subject.pass(operation);
    await subject.verifier.verify({ token, operation, callerAddress });
  }),

  captchaCase("captcha: takes a token once", async ({ verifier, pass }) => {
    const token = await pass(operation);
    await verifier.verify({ token, operation });

    await expectCode(verifier.verify({ token, operation }), "rejected_by_policy");
  }),

  captchaCase("captcha: takes a token once of many times at once", async ({ verifier, pass }) => {
    const token = await pass(operation);
    const proofs = Array.from({ length: 20 }, () => ({ token, operation }) as const);
    const outcomes = await outcomesAtOnce(proofs, (proof) => verifier.verify(proof));

    expectEqual("the outcomes", outcomes.toSorted(), [
      "no error",
      ...Array(19).fill("rejected_by_policy"),
    ]);
  }),

  captchaCase("captcha: refuses what is no token", async ({ verifier }) => {
    for (const token of ["", "invented", " ", "é", "\ud800", "x".repeat(100_000)])
      await expectCode(verifier.verify({ token, operation }), "rejected_by_policy");
  }),

  captchaCase("captcha: blames no caller for an outage", async ({ verifier, pass, takeDown }) => {
    const token = await pass(operation);
    await takeDown();

    await expectCode(verifier.verify({ token, operation }), "provider_unavailable");
  }),
];
