import { type IdentityError, type IdentityErrorCode, isIdentityError } from "../domain/errors.ts";

/** Says that a provider does not keep a promise of its port: what was expected, and what happened instead. */
export class ContractFailure extends Error {
  override readonly name = "ContractFailure";
}

/** Expects an IdentityError, with one of the codes if any are given, and gives it. */
export async function expectCode(
  call: Promise<unknown>,
  ...codes: readonly IdentityErrorCode[]
): Promise<IdentityError> {
  const expected = `expected ${codes.join(" or ") || "an IdentityError"}`;
  try {
    await call;
  } catch (error) {
    if (isIdentityError(error, ...codes)) return error;
    const happened = `${expected}, but the call threw ${describeError(error)}`;
    throw new ContractFailure(happened, { cause: error });
  }
  throw new ContractFailure(`${expected}, but the call worked`);
}

/** Expects that an error blames one input member, with a reason that a program can go by. */
export function expectBlame(error: IdentityError, ...path: readonly string[]): void {
  expectThat("the error has violations", error.violations.length > 0);
  for (const violation of error.violations) {
    expectEqual("the path of the violation", violation.path, path);
    expectThat("its reason is in snake_case", /^[a-z0-9]+(_[a-z0-9]+)*$/.test(violation.reason));
  }
}

/** Expects that two values are the same, lists by their members. */
export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new ContractFailure(`expected ${what} to be ${should}, but it is ${is}`);
}

/** Expects that a value is one of a few. */
export function expectOneOf(what: string, actual: unknown, allowed: readonly unknown[]): void {
  if (allowed.includes(actual)) return;
  const list = allowed.map((value) => JSON.stringify(value)).join(" or ");
  throw new ContractFailure(`expected ${what} to be ${list}, but it is ${JSON.stringify(actual)}`);
}

/** Expects that a statement holds. */
export function expectThat(statement: string, holds: boolean): asserts holds {
  if (!holds) throw new ContractFailure(`expected that ${statement}, but that is not so`);
}

/** Expects that a text gives away nothing of what is before the `@` of an address. */
export function expectMasked(text: string, address: string): void {
  const [mailbox = ""] = address.split("@");
  expectThat("the address is masked", !text.includes(mailbox));
}

/** Gives a value that must be there. */
export function expectPresent<T>(what: string, value: T | undefined): T {
  if (value === undefined) throw new ContractFailure(`expected ${what}, but there is none`);
  return value;
}

/** Describes an error that was thrown, in a few words. */
export function describeError(error: unknown): string {
  return isIdentityError(error) ? error.code : `something that is no IdentityError: ${error}`;
}
