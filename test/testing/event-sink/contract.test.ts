import { describe, expect, test } from "vitest";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";
import type { EventSink } from "../../../src/ports/index.ts";
import { ContractFailure, eventSinkContract } from "../../../src/testing/index.ts";

interface Place {
  readonly kept: SecurityEvent[];
  isDown: boolean;
}

/** Sinks that break one promise each. */
const brokenSinks: Readonly<Record<string, (place: Place) => EventSink>> = {
  "recording: gives nothing back, at once": ({ kept }) => ({
    record: (event) => kept.push(event) as never,
  }),
  "recording: brings an event whole": ({ kept }) => ({
    record: ({ rejectionReason: _, ...event }) => void kept.push(event),
  }),
  "recording: brings no member that an event has not": ({ kept }) => ({
    record: (event) => void kept.push({ subject: "nobody", ...event }),
  }),
  "recording: brings each of many at once, and each once": ({ kept }) => ({
    record: (event) => void (kept.length < 100 && kept.push(event)),
  }),
  "recording: brings two that are alike": ({ kept }) => ({
    record: (event) =>
      void (kept.some((one) => JSON.stringify(one) === JSON.stringify(event)) || kept.push(event)),
  }),
  "recording: brings text as it is, whatever is in it": ({ kept }) => ({
    record: (event) =>
      void kept.push({
        ...event,
        ...(event.subject && { subject: event.subject.replace("\n", " ") }),
      }),
  }),
  "failure: throws nothing while events cannot arrive, and goes on": (place) => ({
    record(event) {
      if (place.isDown) throw new Error("down");
      place.kept.push(event);
    },
  }),
};

describe("eventSinkContract", () => {
  test.each(Object.entries(brokenSinks))("catches a sink that breaks %s", async (name, make) => {
    const found = eventSinkContract.find((one) => one.name === name);
    const create = async () => {
      const place: Place = { kept: [], isDown: false };
      return {
        sink: make(place),
        arrived: async () => place.kept,
        takeDown() {
          place.isDown = true;
        },
        bringBack() {
          place.isDown = false;
        },
        close: async () => undefined,
      };
    };

    await expect(found?.run({ create })).rejects.toThrow(ContractFailure);
  });

  test("has a broken sink for every case", () => {
    expect(Object.keys(brokenSinks)).toEqual(eventSinkContract.map(({ name }) => name));
  });
});
