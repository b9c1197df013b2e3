import { afterEach, describe, expect, test } from "vitest";
import {
  createWebhookEventSink,
  type WebhookEventSink,
} from "../../../src/adapters/webhook/index.ts";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";
import {
  startWebhookReceiver,
  verifiedWebhook,
  webhookSecret,
} from "../../support/webhook-receiver.ts";

type Options = Partial<Parameters<typeof createWebhookEventSink>[0]>;

const event: SecurityEvent = { type: "sign_in", outcome: "success", at: Date.UTC(2026, 0, 2) };
const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function start(options: Options = {}) {
  const receiver = await startWebhookReceiver();
  const secrets = options.secrets ?? [webhookSecret()];
  let lost = 0;
  const sink: WebhookEventSink = createWebhookEventSink({
    url: receiver.url,
    clock: Date,
    onLost(count) {
      lost += count;
    },
    pausesMs: [20, 40],
    ...options,
    secrets,
  });
  endings.push(receiver.close);
  return { ...receiver, sink, secrets, lost: () => lost };
}

describe("a webhook of a security event", () => {
  test("has a type, a time and the event, and a signature that its receiver can check", async () => {
    const { sink, received, secrets } = await start();

    sink.record(event);
    await sink.settled();

    const [webhook] = received;
    expect(webhook?.headers["content-type"]).toBe("application/json");
    expect(webhook?.headers["webhook-id"]).toMatch(/^msg_[0-9a-f]{32}$/);
    const content = webhook && verifiedWebhook(webhook, secrets[0] ?? "");
    expect(content).toEqual({
      type: "security.sign_in",
      timestamp: "2026-01-02T00:00:00.000Z",
      data: { type: "sign_in", outcome: "success" },
    });
  });

  test("can be checked with any of the secrets while they are changed, and with no other", async () => {
    const [newest, oldest] = [webhookSecret(), webhookSecret()];
    const { sink, received } = await start({ secrets: [newest, oldest] });

    sink.record(event);
    await sink.settled();

    const [webhook] = received;
    if (!webhook) throw new Error("nothing came");
    for (const secret of [newest, oldest]) expect(verifiedWebhook(webhook, secret)).toBeDefined();
    expect(() => verifiedWebhook(webhook, webhookSecret())).toThrow(/signature/i);
    const altered = { ...webhook, body: webhook.body.replace("success", "failure") };
    expect(() => verifiedWebhook(altered, newest)).toThrow(/signature/i);
  });

  test.each([500, 429, 404, 302])(
    "is sent again by the same id after an answer of %d",
    async (status) => {
      const { sink, received, tries, answerWith, lost } = await start();
      answerWith((count) => (count < 3 ? status : 204));

      sink.record(event);
      await expect.poll(tries).toBe(3);
      await sink.settled();

      expect(received).toHaveLength(1);
      expect(lost()).toBe(0);
    },
  );

  test("is sent again where no answer comes in time", async () => {
    const { sink, received, answerWith } = await start({ timeoutMs: 100 });
    answerWith((count) => (count === 1 ? 0 : 204));

    sink.record(event);

    await expect.poll(() => received.length).toBe(1);
  });

  test("is lost after the last try, and counted", async () => {
    const { sink, tries, answerWith, lost } = await start();
    answerWith(() => 500);

    sink.record(event);

    await expect.poll(lost).toBe(1);
    expect(tries()).toBe(3);
  });

  test("is lost, and counted, where nobody listens", async () => {
    const { sink, lost } = await start({ url: "http://127.0.0.1:9/hook" });

    sink.record(event);

    await expect.poll(lost).toBe(1);
  });

  test("is lost at once, and counted, where too many wait", async () => {
    const { sink, received, answerWith, lost } = await start({ maxWaiting: 10, timeoutMs: 500 });
    answerWith(() => 0);

    for (let count = 0; count < 100; count += 1) sink.record(event);

    // Eight are under way besides those that wait.
    expect(lost()).toBeGreaterThanOrEqual(82);
    answerWith(() => 204);
    await expect.poll(() => received.length, { timeout: 5000 }).toBe(100 - lost());
  });

  test("is in no request's way: a thousand take less than a millisecond each", async () => {
    const { sink, answerWith } = await start({ timeoutMs: 200 });
    answerWith(() => 0);

    const began = performance.now();
    for (let count = 0; count < 1000; count += 1) sink.record(event);

    expect((performance.now() - began) / 1000).toBeLessThan(1);
  });

  test("is tried at once when the service stops, and no longer waited for than that", async () => {
    const { sink, received, answerWith, tries } = await start({ pausesMs: [60_000, 60_000] });
    answerWith((count) => (count === 1 ? 503 : 204));
    sink.record(event);
    await expect.poll(tries).toBe(1);

    const began = performance.now();
    await sink.settled();

    expect(performance.now() - began).toBeLessThan(5000);
    expect(received).toHaveLength(1);
  });

  test("outlives the request that began it, where the runtime lets it", async () => {
    const work: Promise<unknown>[] = [];
    const { sink, received } = await start({ waitUntil: (one) => work.push(one) });

    sink.record(event);
    await Promise.all(work);

    expect(received).toHaveLength(1);
  });
});
