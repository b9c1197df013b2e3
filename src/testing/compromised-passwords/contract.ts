import type { CompromisedPasswords } from "../../ports/index.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";
import { expectEqual, expectThat } from "../expectations.ts";

/** A list of passwords, under test. */
export interface PasswordListUnderTest {
  readonly list: CompromisedPasswords;
  /** A password that is listed. */
  readonly listed: string;
  /** Cuts the list off from where its answers come from, and gives what tells how often the operator has heard. */
  takeDown?(): Promise<() => number>;
  close(): Promise<void>;
}

/** The lists of one kind, under test. */
export interface PasswordListHarness {
  /** Makes one. The case that asks closes it. */
  create(): Promise<PasswordListUnderTest>;
}

/** One promise of the `CompromisedPasswords` port and how to try it. */
export type PasswordListCase = CreatedCase<PasswordListHarness>;

const listCase = createdCase<PasswordListUnderTest, PasswordListHarness>;

/** Passwords of every form that text can have, none of them listed. */
const odd = ["", "\ud800", "\u0000".repeat(8), "🐎".repeat(256), "x".repeat(100_000)];

/**
 * The promises of the `CompromisedPasswords` port that hold for every list, each as a case.
 *
 * @example
 * for (const { name, run } of compromisedPasswordsContract) test(name, () => run(harness));
 */
export const compromisedPasswordsContract: readonly PasswordListCase[] = [
  listCase("list: finds a password that is in it, every time", async ({ list, listed }) => {
    expectEqual("the first answer", await list.has(listed), true);
    expectEqual("the next one", await list.has(listed), true);
  }),

  listCase("list: finds none that is not", async ({ list, listed }) => {
    for (const password of [crypto.randomUUID(), `${listed} `, `${listed}-${crypto.randomUUID()}`])
      expectEqual("the answer", await list.has(password), false);
  }),

  listCase("list: answers many who ask at once", async ({ list, listed }) => {
    const passwords = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? listed : crypto.randomUUID(),
    );
    const answers = await Promise.all(passwords.map((password) => list.has(password)));
    expectEqual(
      "the answers",
      answers,
      passwords.map((password) => password === listed),
    );
  }),

  listCase("list: takes any text, and throws at none", async ({ list }) => {
    for (const password of odd) expectEqual("the answer", await list.has(password), false);
  }),
];

/** The promises that hold besides for lists that are asked elsewhere. */
export const remoteCompromisedPasswordsContract: readonly PasswordListCase[] = [
  listCase("outage: takes a password for none, and tells the operator", async (subject) => {
    const reported = await subject.takeDown?.();
    expectThat("the harness can take the list down", reported !== undefined);
    const startedAt = performance.now();

    expectEqual("the answer", await subject.list.has(subject.listed), false);
    expectThat("it comes within five seconds", performance.now() - startedAt < 5000);
    expectEqual("the reports", reported(), 1);
  }),
];
