import { describe, expect, test } from "vitest";
import { operations } from "../../../src/http/operations.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { type Received, startService, type TestServiceOptions } from "../support.ts";

const challenge =
  'Bearer realm="portico", error="insufficient_user_authentication", max_age="3600"';

/** A user who signed in some time ago, and has an access token of just now. */
async function startLater(seconds: number, options: TestServiceOptions = {}) {
  const clock = { time: Math.floor(Date.now() / 1000) * 1000, now: () => clock.time };
  const service = startService({ ...options, provider: { clock, ...options.provider } });
  const { refresh_token } = await service.signedIn();
  clock.time += seconds * 1000;
  const { text } = await service.send("POST", "/v1/token/refresh", { body: { refresh_token } });
  const { tokens }: { tokens: { access_token: string } } = JSON.parse(text);
  const call = (method: string, target: string, body?: object) =>
    service.send(method, target, { token: tokens.access_token, ...(body && { body }) });
  return { ...service, call };
}

const newAddress = { attributes: { email: "countess@example.com" } };

/** One request for each operation that asks for a fresh sign-in, in an order in which all can be done. */
const changes: readonly [id: string, method: string, target: string, body: object | undefined][] = [
  ["updateProfile", "PATCH", "/v1/me", newAddress],
  ["startAttributeVerification", "POST", "/v1/me/attributes/email/verification", undefined],
  ["confirmAttribute", "POST", "/v1/me/attributes/email/verification/confirm", { code: "0" }],
  ["startTotp", "POST", "/v1/me/mfa/totp", undefined],
  ["confirmTotp", "POST", "/v1/me/mfa/totp/confirm", { code: "000000" }],
  ["setMfa", "PUT", "/v1/me/mfa", { enabled: [] }],
  ["createRecoveryCodes", "POST", "/v1/me/mfa/recovery-codes", undefined],
  ["startPasskeyRegistration", "POST", "/v1/me/passkeys/registration", undefined],
  ["finishPasskeyRegistration", "POST", "/v1/me/passkeys", { credential: {} }],
  ["deletePasskey", "DELETE", "/v1/me/passkeys/abc", undefined],
  ["deleteAccount", "DELETE", "/v1/me", undefined],
];

const shown = ({ status, body, headers }: Received) => [
  status,
  body.code,
  headers.get("WWW-Authenticate"),
];

describe("a sign-in of more than an hour ago", () => {
  test.each(changes)("is not enough for %s", async (_id, method, target, body) => {
    const { call, events } = await startLater(3601);
    const before = events.length;

    const answer = await call(method, target, body);

    expect(shown(answer)).toEqual([401, "reauthentication_required", challenge]);
    expect(events.slice(before)).toMatchObject([
      { type: "token_rejection", code: "reauthentication_required" },
    ]);
  });

  test("is asked about by each operation that changes how an account is opened", () => {
    const asking = Object.entries(operations).flatMap(([id, operation]) =>
      "freshSignIn" in operation ? [id] : [],
    );

    expect(asking.toSorted()).toEqual(changes.map(([id]) => id).toSorted());
  });

  test("leaves all as it was", async () => {
    const { call, identity } = await startLater(3601);

    await Promise.all(changes.map(([, method, target, body]) => call(method, target, body)));

    expect((await identity.getUser({ username: "ada@example.com" })).attributes).toMatchObject({
      email: "ada@example.com",
    });
  });

  test.each(["phone_number", "email"])("is not enough to delete %s", async (name) => {
    const { call } = await startLater(3601);

    const answer = await call("PATCH", "/v1/me", { attributes: { given_name: "A", [name]: "" } });

    expect(shown(answer)).toEqual([401, "reauthentication_required", challenge]);
  });

  test("is enough for all else", async () => {
    const { call } = await startLater(3601);

    const answers = [
      await call("GET", "/v1/me"),
      await call("PATCH", "/v1/me", { attributes: { given_name: "Augusta" } }),
      await call("GET", "/v1/me/mfa"),
      await call("GET", "/v1/session"),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test("does not hide that the request is at fault, nor that there is no token", async () => {
    const { call, send } = await startLater(3601);

    const faulty = await call("PATCH", "/v1/me", { attributes: { email: 1 } });
    const nobody = await send("DELETE", "/v1/me");

    expect([faulty.status, faulty.body.code]).toEqual([400, "validation_failed"]);
    expect(shown(nobody)).toEqual([401, "invalid_token", 'Bearer realm="portico"']);
  });

  test("is mended by a new one", async () => {
    const { signIn, send } = await startLater(3601);
    const { access_token: token } = await signIn();

    expect((await send("DELETE", "/v1/me", { token })).status).toBe(204);
  });
});

describe("the age that a sign-in may have", () => {
  test.each([
    [3600, undefined, 204],
    [100, 60, 401],
    [59, 60, 204],
    [3601, 0, 204],
  ])(
    "after %i seconds, where %s are allowed, is answered with %i",
    async (age, allowed, status) => {
      const options = allowed === undefined ? {} : { reauthenticateAfterSeconds: allowed };
      const { call } = await startLater(age, options);

      expect((await call("DELETE", "/v1/me")).status).toBe(status);
    },
  );

  test("is no age where the token does not tell it", async () => {
    const untold = ({ tokens }: Ports) => ({
      tokens: {
        async verify(token: string) {
          const { authenticatedAt: _, ...principal } = await tokens.verify(token);
          return principal;
        },
      },
    });
    const { call } = await startLater(0, { ports: untold });

    expect(shown(await call("DELETE", "/v1/me"))[1]).toBe("reauthentication_required");
  });
});
