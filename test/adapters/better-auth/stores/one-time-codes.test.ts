import { describe, expect, test } from "vitest";
import {
  type CodeAttempt,
  provenContact,
  requireAddressOf,
} from "../../../../src/adapters/better-auth/stores/one-time-codes.ts";
import { outcomeOf, outcomesOf } from "../../memory/support.ts";
import { startGuards } from "../guards-support.ts";

const hour = 3600;
const contact = { attribute: "email", address: "ada@example.com" } as const;
const other = { attribute: "email", address: "countess@example.com" } as const;

function wrongFor(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

describe("the codes of Better Auth", () => {
  test.each([
    ["sign_up_confirmation", 24 * hour],
    ["password_reset", hour],
    ["attribute_verification", 24 * hour],
    ["sign_in_code", 180],
  ] as const)("for %s live for %i seconds", async (purpose, seconds) => {
    const { codes, clock } = await startGuards();
    const code = await codes.issue("ada", purpose, contact);
    const late = await codes.issue("bob", purpose, contact);

    clock.advance(seconds - 1);
    const last = await codes.attempt("ada", purpose, code);
    clock.advance(1);

    expect(last).toEqual({ outcome: "match", contact });
    expect(await codes.attempt("bob", purpose, late)).toEqual({ outcome: "no_code" });
  });

  test("are right once, and then spent for whoever repeats them", async () => {
    const { codes } = await startGuards();
    const code = await codes.issue("ada", "password_reset", contact);

    const attempts = [];
    for (const tried of [wrongFor(code), code, code, wrongFor(code), code])
      attempts.push((await codes.attempt("ada", "password_reset", tried)).outcome);

    expect(attempts).toEqual(["mismatch", "match", "spent", "no_code", "spent"]);
  });

  test("are of one account and purpose each, and the last one that was sent", async () => {
    const { codes } = await startGuards();
    const first = await codes.issue("ada", "password_reset", contact);
    const last = await codes.issue("ada", "password_reset", other);
    await codes.issue("bob", "password_reset", contact);

    const attempts = [];
    for (const [key, purpose, code] of [
      ["bob", "password_reset", last],
      ["ada", "sign_in_code", last],
      ["ada", "password_reset", first === last ? wrongFor(last) : first],
    ] as const)
      attempts.push((await codes.attempt(key, purpose, code)).outcome);

    expect(attempts).toEqual(["mismatch", "no_code", "mismatch"]);
    expect(await codes.pendingContact("ada", "password_reset")).toEqual(other);
    const right = await codes.attempt("ada", "password_reset", last);
    expect(right).toEqual({ outcome: "match", contact: other });
    expect(await codes.pendingContact("ada", "password_reset")).toBeUndefined();
    expect(await codes.pendingContact("carol", "password_reset")).toBeUndefined();
  });

  test.each([
    ["a code", contact],
    ["none", undefined],
  ])("are guessed at five times each where there is %s", async (_, sentTo) => {
    const { codes, clock } = await startGuards();
    const code = await codes.issue("ada", "sign_up_confirmation", sentTo);
    const attempt = (tried: string) => codes.attempt("ada", "sign_up_confirmation", tried);
    clock.advance(hour);
    const ends = await outcomesOf(6, () => attempt(wrongFor(code)));

    expect(ends).toEqual([...Array(5).fill("done"), `too_many_attempts for ${23 * hour} s`]);
    expect(await outcomeOf(attempt(code))).toBe(`too_many_attempts for ${23 * hour} s`);
    await codes.issue("ada", "sign_up_confirmation", sentTo);
    expect(await outcomeOf(attempt(wrongFor(code)))).toBe("done");
  });

  test("are guessed at alike where none was asked for", async () => {
    const { codes } = await startGuards();
    const attempt = () => codes.attempt("ada", "password_reset", "000000");

    expect(await attempt()).toEqual({ outcome: "no_code" });
    expect(await outcomesOf(5, attempt)).toEqual([
      ...Array(4).fill("done"),
      `too_many_attempts for ${hour} s`,
    ]);
  });

  test("give the tries back with the right one, and count none that repeats it", async () => {
    const { codes } = await startGuards();
    const purpose = "attribute_verification";
    const code = await codes.issue("ada", purpose, contact);
    await outcomesOf(4, () => codes.attempt("ada", purpose, wrongFor(code)));

    const ends = await outcomesOf(30, () => codes.attempt("ada", purpose, code));
    const wrong = await outcomesOf(6, () => codes.attempt("ada", purpose, wrongFor(code)));

    expect(ends).toEqual(Array(30).fill("done"));
    expect(wrong.slice(0, 5)).toEqual(Array(5).fill("done"));
    expect(wrong[5]).toMatch(/^too_many_attempts/);
  });

  test("are guessed at fifteen times an hour, however many are sent", async () => {
    const { codes, clock } = await startGuards();
    const purpose = "attribute_verification";
    let code = "";
    const ends: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      code = await codes.issue("ada", purpose, contact);
      ends.push(...(await outcomesOf(4, () => codes.attempt("ada", purpose, wrongFor(code)))));
    }

    const refused = `too_many_attempts for ${hour} s`;
    expect(ends).toEqual([...Array(15).fill("done"), ...Array(5).fill(refused)]);
    expect(await outcomeOf(codes.attempt("ada", purpose, code))).toBe(refused);
    clock.advance(hour);
    expect(await codes.attempt("ada", purpose, code)).toEqual({ outcome: "match", contact });
  });

  test("that are right are no guesses, however many are sent", async () => {
    const { codes } = await startGuards();
    const outcomes: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const code = await codes.issue("ada", "attribute_verification", contact);
      const { outcome } = await codes.attempt("ada", "attribute_verification", code);
      outcomes.push(outcome);
    }

    expect(outcomes).toEqual(Array(20).fill("match"));
  });

  test("went nowhere where there was nobody to send them to", async () => {
    const { codes } = await startGuards();

    await codes.issue("ada", "password_reset", undefined);

    expect(await codes.pendingContact("ada", "password_reset")).toBeUndefined();
  });

  test("are worthless once they are forgotten, all of them", async () => {
    const { codes } = await startGuards();
    const purposes = [
      "sign_up_confirmation",
      "password_reset",
      "attribute_verification",
      "sign_in_code",
    ] as const;
    const sent: string[] = [];
    for (const purpose of purposes) sent.push(await codes.issue("ada", purpose, contact));

    await codes.forget("ada");

    for (const [index, purpose] of purposes.entries())
      expect(await codes.attempt("ada", purpose, sent[index] ?? "")).toEqual({
        outcome: "no_code",
      });
  });

  test.each<[string, CodeAttempt, string]>([
    ["the user's address", { outcome: "match", contact }, "done"],
    ["one that was the user's", { outcome: "match", contact: other }, "code_expired"],
    [
      "a telephone",
      { outcome: "match", contact: { ...contact, attribute: "phone_number" } },
      "code_expired",
    ],
    ["the user's address, but are wrong", { outcome: "mismatch" }, "code_mismatch"],
  ])("that went to %s are right where that is still theirs", async (_what, attempt, outcome) => {
    const check = async () => requireAddressOf({ email: contact.address }, attempt);

    expect(await outcomeOf(check())).toBe(outcome);
  });

  test("prove a contact where they were right, and are wrong or too old else", () => {
    expect(provenContact({ outcome: "match", contact })).toBe(contact);
    const refused = (outcome: "mismatch" | "spent" | "no_code") =>
      outcomeOf(Promise.resolve().then(() => provenContact({ outcome })));
    return expect(
      Promise.all([refused("mismatch"), refused("spent"), refused("no_code")]),
    ).resolves.toEqual(["code_mismatch", "code_expired", "code_expired"]);
  });
});
