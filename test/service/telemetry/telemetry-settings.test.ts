import { describe, expect, test } from "vitest";
import { compose } from "../../../src/service/compose.ts";
import { readEnvironment, SettingsError } from "../../../src/service/settings.ts";
import { createServiceMetrics, type MetricsParts } from "../../../src/service/telemetry/metrics.ts";
import { readTelemetrySettings } from "../../../src/service/telemetry/telemetry-settings.ts";

const token = "t".repeat(32);

function faultsOf(environment: Record<string, string>): string {
  try {
    readEnvironment({ IDENTITY_PROVIDER: "memory", ...environment });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
}

describe("METRICS", () => {
  test.each([undefined, "", "off"])("%s counts nothing and serves nothing", (METRICS) => {
    const settings = readEnvironment(METRICS === undefined ? {} : { METRICS });
    const { options } = compose(settings, {
      metrics: () => expect.fail("something is counted"),
    });

    expect(options.metrics).toBeUndefined();
  });

  test.each(["true", "ON", "yes", "1"])("%s is refused", (METRICS) => {
    expect(faultsOf({ METRICS })).toContain("METRICS: must be one of on, off");
  });

  test("on needs a token where others can reach the service, and none on this machine", () => {
    expect(faultsOf({ METRICS: "on" })).toBe("");
    expect(faultsOf({ METRICS: "on", HOST: "0.0.0.0" })).toContain(
      "METRICS_TOKEN: is required off loopback with METRICS=on",
    );
    expect(faultsOf({ METRICS: "on", HOST: "0.0.0.0", METRICS_TOKEN: token })).toBe("");
    expect(faultsOf({ HOST: "0.0.0.0" })).toBe("");
  });

  test("on counts nothing on Workers, and says why", () => {
    const { notice, telemetry } = readEnvironment(
      { IDENTITY_PROVIDER: "memory", METRICS: "on", METRICS_TOKEN: token },
      { isHosted: true },
    );

    expect(notice).toMatch(/METRICS=on counts nothing here/);
    expect(telemetry.metrics).toBeUndefined();
  });

  test("on hands the page its tokens, in their order", () => {
    const { options } = compose(
      readEnvironment({ METRICS: "on", METRICS_TOKEN: `${token}, ${"u".repeat(40)}` }),
      { metrics: (parts: MetricsParts) => createServiceMetrics(parts, { runtime: "node" }) },
    );

    expect(options.metrics?.tokens).toEqual([token, "u".repeat(40)]);
  });
});

describe("METRICS_TOKEN", () => {
  test.each(["short", "s".repeat(31), `${token},`, `${token},short`, `${token} x`, "ü".repeat(32)])(
    "%j is refused, and not repeated",
    (METRICS_TOKEN) => {
      const read = readTelemetrySettings({ METRICS: "on", METRICS_TOKEN }, false);

      expect(read).toEqual({
        ok: false,
        faults: [expect.stringMatching(/^METRICS_TOKEN: must be 32 to 256 letters/)],
      });
      expect(JSON.stringify(read)).not.toContain(METRICS_TOKEN);
    },
  );
});

describe("EVENT_WEBHOOK_URL", () => {
  const secret = `whsec_${"A".repeat(43)}=`;
  const hook = "https://hooks.example.com/portico";

  test("needs a secret, and takes a list of them", () => {
    expect(faultsOf({ EVENT_WEBHOOK_URL: hook })).toContain(
      "EVENT_WEBHOOK_SECRET: is required with EVENT_WEBHOOK_URL",
    );
    const secrets = { EVENT_WEBHOOK_SECRET: `${secret},${secret}` };
    expect(faultsOf({ EVENT_WEBHOOK_URL: hook, ...secrets })).toBe("");
    expect(faultsOf({ EVENT_WEBHOOK_URL: "http://127.0.0.1:9000/", ...secrets })).toBe("");
  });

  test.each([
    "http://hooks.example.com/",
    "http://10.0.0.7/",
    "https://user:password@hooks.example.com/",
    "ftp://hooks.example.com/",
    "hooks.example.com",
  ])("%s is refused, and not repeated", (EVENT_WEBHOOK_URL) => {
    const faults = faultsOf({ EVENT_WEBHOOK_URL, EVENT_WEBHOOK_SECRET: secret });

    expect(faults).toContain("EVENT_WEBHOOK_URL: must be an https address");
    expect(faults).not.toContain(EVENT_WEBHOOK_URL);
  });

  test.each(["secret", "whsec_short", "A".repeat(44), `whsec_${"A".repeat(100)}`, `${secret},x`])(
    "takes no secret such as %s",
    (EVENT_WEBHOOK_SECRET) => {
      const faults = faultsOf({ EVENT_WEBHOOK_URL: hook, EVENT_WEBHOOK_SECRET });

      expect(faults).toContain("EVENT_WEBHOOK_SECRET: must be whsec_");
      expect(faults).not.toContain(EVENT_WEBHOOK_SECRET);
    },
  );
});

describe("EVENT_RETENTION_DAYS", () => {
  test.each(["-1", "3651", "a week"])("%s is refused", (EVENT_RETENTION_DAYS) => {
    expect(faultsOf({ EVENT_RETENTION_DAYS })).toContain(
      "EVENT_RETENTION_DAYS: must be 0 to 3650 days",
    );
  });
});
