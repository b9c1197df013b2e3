import { describe, expect, it } from "vitest";
import { maxMessagesPerUser } from "../../../../src/adapters/memory/codes/outbox.ts";
import type { OutboxMessage } from "../../../../src/ports/index.ts";
import { ada, createProvider, lastCode, outcomeOf, signUpConfirmed } from "../support.ts";

describe("the outbox", () => {
  it("keeps what was sent to a user, oldest first, under any name that signs them in", async () => {
    const provider = createProvider();
    const { identity, outbox, clock } = provider;
    await signUpConfirmed(provider);
    clock.advance(60);
    await identity.startPasswordReset(ada);

    const messages = outbox.messagesFor("ADA@example.com");

    const [{ username } = { username: "" }] = messages;
    const sent = { username, medium: "email", destination: "ada@example.com" };
    const code = expect.stringMatching(/^\d{6}$/);
    const sentAt = clock.now();
    expect(messages).toEqual([
      { ...sent, purpose: "sign_up_confirmation", code, sentAt: sentAt - 60_000 },
      { ...sent, purpose: "password_reset", code, sentAt },
    ]);
    expect(outbox.messagesFor(username)).toEqual(messages);
  });

  it("has nothing for whoever is unknown", () => {
    expect(createProvider().outbox.messagesFor("nobody@example.com")).toEqual([]);
  });

  it("keeps the latest messages only", async () => {
    const { identity, outbox } = createProvider({ limits: { resendsPerHour: 100 } });
    await identity.signUp(ada);
    const [first] = outbox.messagesFor(ada.username);

    for (let sent = 1; sent <= maxMessagesPerUser; sent += 1)
      await identity.resendConfirmation(ada);

    expect(outbox.messagesFor(ada.username)).toHaveLength(maxMessagesPerUser);
    expect(outbox.messagesFor(ada.username)).not.toContain(first);
  });

  it("tells whoever listens of each message as it is sent", async () => {
    const heard: OutboxMessage[] = [];
    const { identity, outbox } = createProvider({ onMessage: (message) => heard.push(message) });

    await identity.signUp(ada);
    await identity.resendConfirmation(ada);

    expect(heard).toHaveLength(2);
    expect(heard).toEqual(outbox.messagesFor(ada.username));
  });

  it("is without a message that could not be sent, whose account can be sent another", async () => {
    const fault = new Error("no route to the mail server");
    let isDown = true;
    const provider = createProvider({
      onMessage() {
        if (isDown) throw fault;
      },
    });

    const signUp = provider.identity.signUp(ada);
    await expect(signUp).rejects.toMatchObject({ code: "delivery_failed", cause: fault });
    expect(provider.outbox.messagesFor(ada.username)).toEqual([]);

    isDown = false;
    await provider.identity.resendConfirmation(ada);
    const code = lastCode(provider, ada.username);
    expect(await outcomeOf(provider.identity.confirmSignUp({ ...ada, code }))).toBe("done");
  });
});
