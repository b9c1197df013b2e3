import { describe, expect, test } from "vitest";
import { createLogEventSink } from "../../../src/adapters/system/event-sink.ts";
import { createJsonLinesLog, type LogLevel } from "../../../src/adapters/system/json-lines.ts";

function recordingLog(level: LogLevel) {
  const lines: string[] = [];
  const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6) };
  return { lines, log: createJsonLinesLog(level, clock, (line) => lines.push(line)) };
}

describe("the log", () => {
  test("writes one JSON object a line, with the time and the severity", () => {
    const { lines, log } = recordingLog("info");

    log("info", { route: "/v1/sign-in", status: 200 });

    expect(lines).toEqual([
      '{"time":"2026-01-02T03:04:05.006Z","level":"info","route":"/v1/sign-in","status":200}',
    ]);
  });

  test("leaves out what is below the level", () => {
    const { lines, log } = recordingLog("warn");

    for (const severity of ["debug", "info", "warn", "error"] as const) log(severity, {});

    expect(lines).toHaveLength(2);
  });

  test("is silent when told to be", () => {
    const { lines, log } = recordingLog("silent");

    log("error", {});

    expect(lines).toEqual([]);
  });

  test.each(["\n", "\r\n", "\u0000", "\u001b", "\u2028", "\u2029"])(
    "cannot be made to write a line of its own by %j",
    (forgery) => {
      const { lines, log } = recordingLog("info");

      log("info", { agent: `a${forgery}{"level":"error"}` });

      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain(forgery);
      expect(JSON.parse(lines[0] ?? "").agent).toBe(`a${forgery}{"level":"error"}`);
    },
  );
});

describe("the event sink", () => {
  test("logs successes as information and failures as warnings", () => {
    const { lines, log } = recordingLog("info");
    const sink = createLogEventSink(log);

    sink.record({ type: "sign_in", outcome: "success", at: 1 });
    sink.record({ type: "sign_in", outcome: "failure", at: 2, code: "invalid_credentials" });

    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "info", event: "sign_in", outcome: "success", at: 1 },
      { level: "warn", event: "sign_in", outcome: "failure", at: 2, code: "invalid_credentials" },
    ]);
  });
});
