import { describe, expect, test } from "vitest";
import { betterAuthFromEnv } from "../../../src/adapters/better-auth/index.ts";
import { createMemoryIdentityProvider, memoryFromEnv } from "../../../src/adapters/memory/index.ts";
import { createHashQueue, sharedHashQueue } from "../../../src/adapters/shared/password-hashing.ts";
import { newEmailUser } from "../../contract/new-email-user.ts";

/** Enough that a hash takes many times as long as a signature. */
const hashIterations = 100_000;

/** Node's own threads for hashes and signatures, unless it is told otherwise. */
const threads = 4;

describe("hashes of passwords", () => {
  test("are fewer at once than there are threads, so that one is left for signatures", async () => {
    const queue = createHashQueue();
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 20 }, () => queue.run(work)));

    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(threads);
    expect(most).toBeLessThanOrEqual(Math.max(1, navigator.hardwareConcurrency - 1));
  });

  test("are as many at once as is asked for", async () => {
    const { run } = createHashQueue(2);
    const begun: number[] = [];
    const gate = Promise.withResolvers<void>();
    const works = [1, 2, 3].map((work) =>
      run(() => {
        begun.push(work);
        return gate.promise;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 1));

    expect(begun).toEqual([1, 2]);
    gate.resolve();
    await Promise.all(works);
  });

  test.each([
    ["memory", memoryFromEnv],
    ["Better Auth", betterAuthFromEnv],
  ])("are from 1 to 64 at once in %s, or the settings are at fault", (_name, provider) => {
    const DATABASE_URL = "file:users.db";
    const BETTER_AUTH_SECRET = "x".repeat(32);
    const faults = ["0", "65", "many", "4"].map((PASSWORD_HASHES_AT_ONCE) => {
      const read = provider.read({ DATABASE_URL, BETTER_AUTH_SECRET, PASSWORD_HASHES_AT_ONCE });
      return read.ok ? [] : read.faults;
    });

    const fault = ["PASSWORD_HASHES_AT_ONCE: must be 1 to 64 hashes at once"];
    expect(faults).toEqual([fault, fault, fault, []]);
  });

  test("wait in one line, whichever provider of a process they are for", () => {
    expect(sharedHashQueue()).toBe(sharedHashQueue());
  });

  test("of a flood of names that nobody has let refreshes by, one after the other", async () => {
    const { identity, outbox } = createMemoryIdentityProvider({ hashIterations });
    const { username, password, attributes } = newEmailUser();
    await identity.signUp({ username, password, attributes });
    const code = outbox.messagesFor(username).at(-1)?.code ?? "";
    await identity.confirmSignUp({ username, code });
    const signedIn = await identity.signIn({ username, password });
    const refreshToken = signedIn.status === "signed_in" ? signedIn.tokens.refreshToken : "";
    let guessed = 0;
    const guesses = Array.from({ length: 24 }, async (_, index) => {
      await identity.signIn({ username: `nobody-${index}@example.com`, password }).catch(() => 0);
      guessed += 1;
    });
    const before: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      await identity.refresh({ refreshToken: refreshToken ?? "" });
      before.push(guessed);
    }
    await Promise.all(guesses);

    // Behind the line, the first of them would come after all but a few guesses.
    expect(before.at(-1)).toBeLessThanOrEqual(guesses.length / 2);
    expect(guessed).toBe(guesses.length);
  });
});
