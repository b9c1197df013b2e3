import { describe, expect, test } from "vitest";
import { retryAfterOf } from "../../../../src/adapters/cognito/errors/retry-after.ts";
import { createTransport as createFetchTransport } from "../../../../src/adapters/cognito/wire/transport-fetch.ts";
import { createTransport as createSdkTransport } from "../../../../src/adapters/cognito/wire/transport-sdk.ts";
import { calls, providerAt, startUpstream } from "../fixtures.ts";

const withHeader = (header: unknown) => ({ $response: { headers: { "retry-after": header } } });

test.each([
  ["7", 7],
  ["60", 60],
  ["61", 60],
  ["999999999", 60],
  ["0", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
  ["", undefined],
  [undefined, undefined],
])("reads %j as %j seconds", (header, seconds) => {
  expect(retryAfterOf(withHeader(header))).toBe(seconds);
});

test.each([undefined, null, "text", new Error("none"), { $response: 7 }])(
  "finds nothing on %o",
  (error) => {
    expect(retryAfterOf(error)).toBeUndefined();
  },
);

const throttled = '{"__type":"TooManyRequestsException","message":"Rate exceeded"}';
const bodies = [
  ["an exception", 400, throttled],
  ["a page that is no JSON", 503, "<html>maintenance</html>"],
] as const;

describe.each([
  ["the SDK", createSdkTransport],
  ["fetch", createFetchTransport],
])("over %s", (_way, createTransport) => {
  test.each(bodies)("comes from the answer that is %s", async (_what, status, body) => {
    const upstream = await startUpstream();
    upstream.script("GlobalSignOut", (_request, response) => {
      response.writeHead(status, { "retry-after": "17" }).end(body);
    });
    const { endpoint } = upstream;
    const terms = { region: "eu-central-1", credentials: undefined, endpoint, timeoutMs: 4000 };

    const error = await createTransport(terms)("GlobalSignOut", { AccessToken: "any" }).catch(
      (caught: unknown) => caught,
    );

    expect(retryAfterOf(error)).toBe(17);
  });
});

test("is told to whoever asked", async () => {
  const upstream = await startUpstream();
  upstream.script("GlobalSignOut", (_request, response) => {
    response.writeHead(429, { "retry-after": "17" }).end(throttled);
  });

  await expect(calls.signOutEverywhere(providerAt(upstream))).rejects.toMatchObject({
    code: "provider_unavailable",
    retryAfterSeconds: 17,
  });
});
