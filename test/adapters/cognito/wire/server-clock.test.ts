import { describe, expect, test } from "vitest";
import { createServerClock } from "../../../../src/adapters/cognito/wire/server-clock.ts";
import { createTransport as createFetchTransport } from "../../../../src/adapters/cognito/wire/transport-fetch.ts";
import { createTransport as createSdkTransport } from "../../../../src/adapters/cognito/wire/transport-sdk.ts";
import { throws } from "../../../support/cognito-upstream-answers.ts";
import { calls, providerAt, startUpstream } from "../fixtures.ts";

const now = 1_790_000_000_500;
const own = { now: () => now };
const inSeconds = (seconds: number) => new Date(now + seconds * 1000).toUTCString();

describe("the clock of an upstream", () => {
  test("is ours before anything was heard", () => {
    expect(createServerClock(own).now()).toBe(now);
  });

  test.each([30, -30, 60, 299, -299])("goes by what was heard, %i s off", (off) => {
    const clock = createServerClock(own);

    clock.hear(inSeconds(off));

    expect(Math.floor(clock.now() / 1000)).toBe(Math.floor(now / 1000) + off);
  });

  test.each([undefined, null, "", "yesterday", 7, inSeconds(301), inSeconds(-3600)])(
    "does not go by %j",
    (date) => {
      const clock = createServerClock(own);

      clock.hear(date);

      expect(clock.now()).toBe(now);
    },
  );
});

describe.each([
  ["the SDK", createSdkTransport],
  ["fetch", createFetchTransport],
])("a transport over %s", (_way, createTransport) => {
  test.each([
    ["answers", undefined],
    ["exceptions", throws("NotAuthorizedException", "Access Token has been revoked")],
  ])("tells the date of %s", async (_what, reply) => {
    const upstream = await startUpstream();
    if (reply) upstream.script("GlobalSignOut", reply);
    const dates: unknown[] = [];
    const { endpoint } = upstream;
    const terms = { region: "eu-central-1", credentials: undefined, endpoint, timeoutMs: 2000 };
    const transport = createTransport({ ...terms, onDate: (date) => dates.push(date) });

    await transport("GlobalSignOut", { AccessToken: "any" }).catch(() => undefined);

    expect(dates.map((date) => Math.abs(Date.parse(String(date)) - Date.now()) < 5000)).toEqual([
      true,
    ]);
  });
});

test("the provider's clock is the upstream's", async () => {
  const upstream = await startUpstream();
  const clock = { now: () => Date.now() + 60_000 };
  const identity = providerAt(upstream, { clock });

  await calls.signOutEverywhere(identity);

  expect(Math.abs((identity.clock?.now() ?? 0) - Date.now())).toBeLessThan(5000);
});
