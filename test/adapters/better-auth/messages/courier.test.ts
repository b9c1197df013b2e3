import { describe, expect, test, vi } from "vitest";
import type { BetterAuthIdentityProviderOptions } from "../../../../src/adapters/better-auth/index.ts";
import { createBetterAuthIdentityProvider } from "../../../../src/adapters/better-auth/index.ts";
import { ada, outcomeOf, quickHashing, secret, signIn, startWithAda } from "../support.ts";

type Options = Partial<BetterAuthIdentityProviderOptions>;

/** Starts a second provider on Ada's database, none of whose calls waits for its messages. */
async function startWithHook(sendMessage: () => void | Promise<void>, options: Options = {}) {
  const first = await startWithAda();
  const failures: string[] = [];
  const second = createBetterAuthIdentityProvider({
    databaseUrl: `file:${first.path}`,
    secret,
    clock: first.clock,
    passwordHashing: quickHashing,
    sendMessage,
    onDeliveryFailure: ({ purpose, subject }) => failures.push(`${purpose} to ${subject}`),
    ...options,
  });
  const { accessToken } = await signIn(first);
  const { subject } = await first.identity.getProfile({ accessToken });
  return { ...second, accessToken, subject, failures, first };
}

/** All that a stranger can ask for, which sends something to whoever exists. */
const asked = {
  "a sign-up": ({ identity }) => identity.signUp({ ...ada, username: "bob@example.com" }),
  "a reset": ({ identity }) => identity.startPasswordReset(ada),
  "a code to sign in with": ({ identity }) =>
    identity.signIn({ username: ada.username, factor: "email_code" }),
} satisfies Record<
  string,
  (provider: Pick<Awaited<ReturnType<typeof startWithHook>>, "identity">) => Promise<unknown>
>;

describe("messages of Better Auth", () => {
  test.each(Object.entries(asked))("of %s are waited for by no answer", async (_, ask) => {
    const gate = Promise.withResolvers<void>();
    const sendMessage = vi.fn(() => gate.promise);
    const { identity, settled, close } = await startWithHook(sendMessage);

    const outcome = await outcomeOf(ask({ identity }));
    const begun = sendMessage.mock.calls.length;
    gate.resolve();
    await settled();
    await close();

    expect([outcome, begun]).toEqual(["done", 0]);
    expect(sendMessage).toHaveBeenCalledTimes(1);
  });

  test.each(Object.entries(asked))(
    "of %s that fail are the operator's to hear of",
    async (_, ask) => {
      const { identity, settled, close, failures } = await startWithHook(() => {
        throw new Error("the message does not go out");
      });

      const outcome = await outcomeOf(ask({ identity }));
      await settled();
      await close();

      expect(outcome).toBe("done");
      expect(failures).toHaveLength(1);
    },
  );

  test("tell whose they were, and end no process where the operator's hook throws", async () => {
    const told: string[] = [];
    const { identity, settled, close, subject } = await startWithHook(
      () => Promise.reject(new Error("the message does not go out")),
      {
        onDeliveryFailure: (failure) => {
          told.push(`${failure.purpose} to ${failure.subject}`);
          throw new Error("nor does the log");
        },
      },
    );

    await identity.startPasswordReset(ada);
    await settled();
    await close();

    expect(told).toEqual([`password_reset to ${subject}`]);
  });

  test("are told to a runtime that would end them with the request", async () => {
    const kept: Promise<unknown>[] = [];
    const { identity, close } = await startWithHook(() => undefined, {
      waitUntil: (work) => void kept.push(work),
    });

    await identity.startPasswordReset(ada);
    await Promise.all(kept);
    await close();

    expect(kept).toHaveLength(1);
  });

  test("are sent before the database is closed", async () => {
    const sent: string[] = [];
    const { identity, close } = await startWithHook(() => void sent.push("sent"));

    await identity.startPasswordReset(ada);
    await close();

    expect(sent).toEqual(["sent"]);
  });

  test("to a caller who is known are waited for, and their failure is told", async () => {
    const { identity, close, accessToken, failures } = await startWithHook(() => {
      throw new Error("the message does not go out");
    });
    const attributes = { email: "countess@example.com" };

    const outcomes = [
      await outcomeOf(identity.updateAttributes({ accessToken, attributes })),
      await outcomeOf(identity.startAttributeVerification({ accessToken, attribute: "email" })),
      await outcomeOf(identity.createUser({ username: "bob@example.com", attributes: {} })),
    ];
    await close();

    expect(outcomes).toEqual(["delivery_failed", "delivery_failed", "delivery_failed"]);
    expect(failures).toEqual([]);
  });
});
