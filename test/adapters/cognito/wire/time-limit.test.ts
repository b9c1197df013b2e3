import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { createTransport as createFetchTransport } from "../../../../src/adapters/cognito/wire/transport-fetch.ts";
import { createTransport as createSdkTransport } from "../../../../src/adapters/cognito/wire/transport-sdk.ts";
import { startUpstream } from "../fixtures.ts";

const timeoutMs = 3_000;

// Which takes longer on a busy machine than a call may.
beforeAll(() => import("../../../../src/adapters/cognito/wire/client-sdk.ts"), 30_000);

describe.each([
  ["the SDK", createSdkTransport],
  ["fetch", createFetchTransport],
])("a transport over %s", (_way, createTransport) => {
  test("ends each call at its own time, though another of the same operation is under way", async () => {
    const upstream = await startUpstream();
    const waiting: ServerResponse[] = [];
    upstream.script("GlobalSignOut", (_request, response) => waiting.push(response));
    const { endpoint } = upstream;
    const transport = createTransport({
      region: "eu-central-1",
      credentials: undefined,
      endpoint,
      timeoutMs,
    });
    const signOut = () => transport("GlobalSignOut", { AccessToken: "any" });

    const first = signOut().catch((error: unknown) => error);
    await delay(timeoutMs / 2);
    const second = signOut();
    const error = await first;
    waiting.at(-1)?.end("{}");

    expect(error).toMatchObject({ code: "provider_timeout" });
    await expect(second).resolves.toBeDefined();
    expect(waiting).toHaveLength(2);
  });
});
