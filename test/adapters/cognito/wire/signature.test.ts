import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { signedHeaders } from "../../../../src/adapters/cognito/wire/signature.ts";
import { createTransport } from "../../../../src/adapters/cognito/wire/transport-fetch.ts";
import { startUpstream } from "../fixtures.ts";

const region = "eu-central-1";
const keys = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request of the official client's, just before it would be sent. */
async function sentByTheSdk(endpoint: string, credentials: typeof keys): Promise<Sent> {
  const sdk = new CognitoIdentityProviderClient({ region, endpoint, credentials, maxAttempts: 1 });
  let sent: Sent | undefined;
  sdk.middlewareStack.add(
    () => async (args) => {
      // The SDK leaves untyped what it hands to the last step.
      const { headers, body } = args.request as { headers: Sent["headers"]; body: Uint8Array };
      sent = { headers, body: new TextDecoder().decode(body) };
      throw new Error("It is not sent.");
    },
    { step: "deserialize", priority: "low", name: "seen" },
  );
  await sdk
    .send(new AdminGetUserCommand({ UserPoolId: "eu-central-1_example", Username: "adä" }))
    .catch(() => undefined);
  return sent ?? expect.fail("nothing was to be sent");
}

test.each([
  ["long-lived keys", "https://cognito-idp.eu-central-1.amazonaws.com/", keys],
  [
    "a session token",
    "https://cognito-idp.eu-central-1.amazonaws.com/",
    { ...keys, sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE" },
  ],
  ["a port", "http://127.0.0.1:9230/", keys],
])(
  "is the official client's own for the same headers and moment, with %s",
  async (_, url, credentials) => {
    const { headers, body } = await sentByTheSdk(url, credentials);
    const official = headers.authorization ?? "";
    const names = /SignedHeaders=([^,]+)/.exec(official)?.[1]?.split(";") ?? [];
    const own = ["host", "x-amz-date", "x-amz-security-token"];
    const others = names.filter((name) => !own.includes(name));
    const time = headers["x-amz-date"] ?? "";
    const at = Date.parse(time.replace(/^(....)(..)(..T..)(..)/, "$1-$2-$3:$4:"));

    const signed = await signedHeaders(
      { url, headers: Object.fromEntries(others.map((name) => [name, headers[name] ?? ""])), body },
      { ...credentials, region, at },
    );

    expect(signed.authorization).toBe(official);
    expect(signed["x-amz-date"]).toBe(time);
    expect(signed["x-amz-security-token"]).toBe(headers["x-amz-security-token"]);
  },
);

test("goes along with what administrators do, and with nothing else", async () => {
  const { endpoint, requests } = await startUpstream();
  const transport = createTransport({ region, credentials: keys, endpoint, timeoutMs: 2000 });
  const UserPoolId = "eu-central-1_example";

  await transport("AdminGetUser", { UserPoolId, Username: "ada" }).catch(() => undefined);
  await transport("ListUsers", { UserPoolId }).catch(() => undefined);
  await transport("GlobalSignOut", { AccessToken: "any" }).catch(() => undefined);

  const signed = requests.map(({ operation, authorization }) => [
    operation,
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/cognito-idp\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}$/.test(
      String(authorization),
    ),
  ]);
  expect(signed).toEqual([
    ["AdminGetUser", true],
    ["ListUsers", true],
    ["GlobalSignOut", false],
  ]);
});
