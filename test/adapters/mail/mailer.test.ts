import { describe, expect, test } from "vitest";
import {
  createMailer,
  createMailTemplates,
  type MailerParts,
  type MailFailure,
} from "../../../src/adapters/mail/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { Mail, OutboxMessage } from "../../../src/ports/index.ts";

const message: OutboxMessage = {
  username: "3f0c-subject",
  medium: "email",
  destination: "ada@example.com",
  purpose: "sign_in_code",
  code: "471108",
  sentAt: 0,
};

const later = new IdentityError("provider_unavailable");
const never = new IdentityError("delivery_failed");

/** A mailer whose courier fails with errors, one after the other, before it takes a mail. */
function start(failures: readonly IdentityError[] = [], change: Partial<MailerParts> = {}) {
  const tries: Mail[] = [];
  const failed: MailFailure[] = [];
  const clock = { time: 1_800_000_000_000, now: () => clock.time };
  const mailer = createMailer({
    courier: {
      async send(mail) {
        tries.push(mail);
        const failure = failures[tries.length - 1];
        if (failure) throw failure;
      },
    },
    templates: createMailTemplates({ name: "Ants", language: "en" }),
    clock,
    onFailure: (failure) => failed.push(failure),
    pausesMs: [1, 2],
    ...change,
  });
  const tell = (address: string | undefined, kind: "account_exists" | "password_changed") =>
    mailer.tell({ kind, recipient: async () => (address === undefined ? undefined : { address }) });
  return { mailer, tries, failed, clock, tell };
}

describe("a message that somebody waits for", () => {
  test("is written in the language of its user, and taken", async () => {
    const { mailer, tries } = start();

    await mailer.deliver({ ...message, locale: "de-DE" });

    expect(tries).toHaveLength(1);
    expect(tries[0]).toMatchObject({ to: "ada@example.com", language: "de" });
    expect(tries[0]?.text).toContain("471108");
  });

  test("is tried again under the same id while it may be taken later", async () => {
    const { mailer, tries } = start([later, later]);

    await mailer.deliver(message);

    expect(tries).toHaveLength(3);
    expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
  });

  test.each([
    ["was not taken at any try", [later, later, later], 3],
    ["was refused for good", [never], 1],
  ])("is delivery_failed where it %s", async (_name, failures, count) => {
    const { mailer, tries } = start(failures);

    await expect(mailer.deliver(message)).rejects.toMatchObject({ code: "delivery_failed" });
    expect(tries).toHaveLength(count);
  });

  test.each([
    { destination: "ada@example.com\r\nBcc: eve@example.com" },
    { destination: "ada@example.com,eve@example.com" },
    { medium: "sms", destination: "+491234567" } as const,
  ])("is delivery_failed where it is no mail to one address: %j", async (change) => {
    const { mailer, tries } = start();

    await expect(mailer.deliver({ ...message, ...change })).rejects.toMatchObject({
      code: "delivery_failed",
    });
    expect(tries).toEqual([]);
  });
});

describe("a message that nobody waits for", () => {
  test("is sent after the answer, and before the process ends", async () => {
    const kept: Promise<unknown>[] = [];
    const { mailer, tries } = start([], { waitUntil: (work) => kept.push(work) });

    mailer.post(message);
    expect(tries).toEqual([]);
    await Promise.resolve();
    expect(tries).toEqual([]);
    await mailer.settled();

    expect([tries.length, kept.length]).toEqual([1, 1]);
  });

  test("is told of where it cannot be sent, whatever is thrown then", async () => {
    const { mailer, failed, tell } = start([never, never]);
    mailer.post(message);
    tell("ada@example.com", "password_changed");
    mailer.tell({ kind: "password_changed", recipient: () => Promise.reject(new Error("gone")) });
    await mailer.settled();

    expect(failed).toMatchObject([
      { kind: "sign_in_code", subject: "3f0c-subject", cause: { code: "delivery_failed" } },
      { kind: "password_changed", cause: { code: "delivery_failed" } },
      { kind: "password_changed", cause: { message: "gone" } },
    ]);
    const deaf = start([never], {
      onFailure: () => {
        throw new Error("nobody hears");
      },
    });
    deaf.mailer.post(message);
    await expect(deaf.mailer.settled()).resolves.toBeUndefined();
  });

  test("is one of so many, and eight at once", async () => {
    const gate = Promise.withResolvers<void>();
    let most = 0;
    let now = 0;
    const { mailer, failed } = start([], {
      courier: {
        async send() {
          now += 1;
          most = Math.max(most, now);
          await gate.promise;
          now -= 1;
        },
      },
    });
    for (let index = 0; index < 1_100; index += 1) mailer.post(message);
    await expect.poll(() => failed.length).toBe(92);
    gate.resolve();
    await mailer.settled();

    expect(most).toBe(8);
    expect(failed[0]?.cause).toMatchObject({ code: "overloaded" });
  });
});

describe("a notice", () => {
  test("goes to nobody where no address is proven", async () => {
    const { mailer, tries, failed, tell } = start();
    tell(undefined, "password_changed");
    await mailer.settled();

    expect([tries, failed]).toEqual([[], []]);
  });

  test("is written as the request asks, where the user chose no language", async () => {
    const { mailer, tries } = start();
    const acceptLanguage = "de-DE,de;q=0.9";
    const kind = "password_changed";
    mailer.tell({ kind, acceptLanguage, recipient: async () => ({ address: "a@b.example" }) });
    mailer.tell({
      kind,
      acceptLanguage,
      recipient: async () => ({ address: "a@b.example", locale: "en" }),
    });
    await mailer.settled();

    expect(tries.map(({ language }) => language)).toEqual(["de", "en"]);
  });

  test("that there is an account goes to an address once an hour, however often strangers ask", async () => {
    const { mailer, tries, clock, tell } = start();
    for (let round = 0; round < 5; round += 1) tell("ada@example.com", "account_exists");
    tell("ADA@example.com", "account_exists");
    tell("eve@example.com", "account_exists");
    await mailer.settled();
    expect(tries.map(({ to }) => to)).toEqual(["ada@example.com", "eve@example.com"]);

    clock.time += 3_600_000;
    tell("ada@example.com", "account_exists");
    await mailer.settled();
    expect(tries).toHaveLength(3);
  });
});
