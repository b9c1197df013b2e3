import { createLogEventSink } from "../../adapters/system/event-sink.ts";
import type { Log } from "../../adapters/system/json-lines.ts";
import { createThinnedEvents } from "../../adapters/system/thinned-events.ts";
import type { EventSink } from "../../ports/index.ts";
import { countDroppedConnections } from "../dropped-connections.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

/** The parts that the events of the service go to, or are told to. */
export interface EventParts {
  readonly log: Log;
  readonly settings: Pick<TelemetrySettings, "webhook">;
  /** The provider's own, where it keeps any. */
  readonly history: EventSink | undefined;
  /** Counts them. */
  readonly counted: EventSink | undefined;
  readonly onLost: (count: number, sink: LosingSink) => void;
  readonly waitUntil?: (work: Promise<unknown>) => void;
}

/** The sinks that can lose events. */
export type LosingSink = "webhook" | "history";

/** Makes the sink that all events of the service go through, and what ends when none waits any more. */
export function createServiceEvents({ log, settings, history, counted, ...parts }: EventParts) {
  const { onLost, waitUntil } = parts;
  const webhook = settings.webhook?.({
    onLost: (count) => onLost(count, "webhook"),
    ...(waitUntil && { waitUntil }),
  });
  const told = createThinnedEvents(all([createLogEventSink(log), webhook, history]), {
    hasTimer: waitUntil === undefined,
  });
  return {
    events: all([counted, told]),
    async settled() {
      told.flush();
      await webhook?.settled();
    },
  };
}

function all(sinks: readonly (EventSink | undefined)[]): EventSink {
  return {
    record(event) {
      for (const sink of sinks) sink?.record(event);
    },
  };
}

/** Makes a report of lost events: each is counted, and the log says how many there were, at most once a minute. */
export function createLossReport(log: Log, count: (lost: number, sink: LosingSink) => void) {
  const tell = (sink: LosingSink) =>
    countDroppedConnections((lost) => log("error", { event: "events_lost", sink, count: lost }));
  const reports = { webhook: tell("webhook"), history: tell("history") };
  return (lost: number, sink: LosingSink): void => {
    count(lost, sink);
    for (let told = 0; told < lost; told += 1) reports[sink].add();
  };
}
