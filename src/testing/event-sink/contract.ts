import type { SecurityEvent } from "../../domain/security-event.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";
import { expectEqual, expectThat } from "../expectations.ts";
import type { EventSinkHarness, EventSinkUnderTest } from "./event-sink-harness.ts";

/** One promise of the `EventSink` port and how to try it. */
export type EventSinkCase = CreatedCase<EventSinkHarness>;

const sinkCase = createdCase<EventSinkUnderTest, EventSinkHarness>;

const at = Date.UTC(2026, 10, 30, 8, 52, 31, 120);

/** Every member that an event can have. */
const whole: SecurityEvent = {
  type: "token_rejection",
  outcome: "failure",
  at,
  requestId: "3f2f8f0a-9d4b-4c55-8f9e-2b1c8d7e6f50",
  traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
  address: "2001:db8::7",
  account: "7a50d544602e4be359ce8286669ce268",
  subject: "8f0a2c1e-5b0d-4f6e-9a57-3a1d6c2b7e90",
  action: "listUsers",
  code: "invalid_token",
  challenge: "totp",
  policy: "sign_in_by_address",
  rejection: "wrong_client",
  rejectionReason: "other_client",
};

/** The promises of the `EventSink` port that hold for every sink, each as a case. */
export const eventSinkContract: readonly EventSinkCase[] = [
  sinkCase("recording: gives nothing back, at once", async ({ sink }) => {
    const given: unknown = sink.record(whole);

    expectEqual("what was given back", given, undefined);
  }),

  sinkCase("recording: brings an event whole", async ({ sink, arrived }) => {
    sink.record(whole);

    expectEqual("the events", texts(await arrived(1)), texts([whole]));
  }),

  sinkCase("recording: brings no member that an event has not", async ({ sink, arrived }) => {
    const bare: SecurityEvent = { type: "sign_in", outcome: "success", at };
    sink.record(bare);

    expectEqual("the events", texts(await arrived(1)), texts([bare]));
  }),

  sinkCase("recording: brings each of many at once, and each once", async ({ sink, arrived }) => {
    const events = Array.from({ length: 200 }, (_, index) => eventOf(`user-${index}`));
    for (const event of events) sink.record(event);

    expectEqual("the events", texts(await arrived(events.length)), texts(events));
  }),

  sinkCase("recording: brings two that are alike", async ({ sink, arrived }) => {
    sink.record(whole);
    sink.record(whole);

    expectEqual("how many came", (await arrived(2)).length, 2);
  }),

  sinkCase("recording: brings text as it is, whatever is in it", async ({ sink, arrived }) => {
    const odd = ['a"b\\c', "a\r\nb", "\u001b[31m", "a\u2028b", "%0A<!--", "é \u{1f600}", '{"a":1}'];
    for (const subject of odd) sink.record(eventOf(subject));

    expectEqual("the events", texts(await arrived(odd.length)), texts(odd.map(eventOf)));
  }),

  sinkCase("failure: throws nothing while events cannot arrive, and goes on", async (subject) => {
    await subject.takeDown();
    for (let count = 0; count < 20; count += 1) subject.sink.record(eventOf(`lost-${count}`));
    await subject.bringBack();
    subject.sink.record(eventOf("after"));

    const isThere = (events: readonly SecurityEvent[]) =>
      events.some((event) => event.subject === "after");
    expectThat("what came after arrives", isThere(await subject.arrived(21)));
  }),
];

function eventOf(subject: string): SecurityEvent {
  return { type: "sign_out", outcome: "success", at, subject };
}

/** Events as texts that can be compared, whatever the order of them and of their members. */
function texts(events: readonly SecurityEvent[]): readonly string[] {
  const textOf = (event: SecurityEvent) =>
    JSON.stringify(Object.entries(event).sort(([one], [other]) => (one < other ? -1 : 1)));
  return events.map(textOf).sort();
}
