import { expect, test } from "vitest";
import { createGuesses } from "../../../../src/adapters/shared/limits/guesses.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import { adjustableClock } from "../../memory/support.ts";

function start() {
  const clock = adjustableClock();
  const whileGuessesLast = createGuesses(clock);
  const outcome = (call: Promise<unknown>) =>
    call.then(
      () => "done",
      (error: IdentityError) => error.code,
    );
  return {
    clock,
    guess: (name: string, code: ConstructorParameters<typeof IdentityError>[0]) =>
      outcome(whileGuessesLast(name, () => Promise.reject(new IdentityError(code)))),
    succeed: (name: string) => outcome(whileGuessesLast(name, async () => undefined)),
  };
}

const five = [1, 2, 3, 4, 5];

test("a name is locked after five wrong passwords, for fifteen minutes, and no other is", async () => {
  const { clock, guess, succeed } = start();
  for (const _ of five)
    expect(await guess("ada", "invalid_credentials")).toBe("invalid_credentials");

  expect(await guess("ada", "invalid_credentials")).toBe("too_many_attempts");
  expect(await succeed("ada")).toBe("too_many_attempts");
  expect(await succeed("eve")).toBe("done");
  clock.advance(899);
  expect(await succeed("ada")).toBe("too_many_attempts");
  clock.advance(1);
  expect(await succeed("ada")).toBe("done");
});

test("guesses that come at once count as well", async () => {
  const { guess } = start();

  const codes = await Promise.all(
    Array.from({ length: 50 }, () => guess("ada", "invalid_credentials")),
  );

  expect(codes.filter((code) => code === "invalid_credentials")).toHaveLength(5);
});

test("a right password forgives, and trouble of the back end counts for nothing", async () => {
  const { guess, succeed } = start();
  for (const _ of five) await guess("ada", "provider_unavailable");
  for (const _ of five.slice(1)) await guess("ada", "invalid_credentials");
  expect(await succeed("ada")).toBe("done");
  for (const _ of five.slice(1)) await guess("ada", "invalid_credentials");

  expect(await succeed("ada")).toBe("done");
});
