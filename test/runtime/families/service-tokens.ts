import { expect } from "vitest";
import { expectProblem } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import { type Answer, bearer, type Probe } from "../probe.ts";

/** The settings of the client that may ask about tokens, and end them. */
export const serviceClient = {
  INTROSPECTION_CLIENT_ID: "orders-api",
  INTROSPECTION_CLIENT_SECRET: "5ervice-client-secret-of-the-runtime-tests",
};

const { INTROSPECTION_CLIENT_ID: id, INTROSPECTION_CLIENT_SECRET: secret } = serviceClient;

const paths = ["/v1/introspect", "/v1/revoke"];

const strangers: Readonly<Record<string, string>> = {
  "no password": `Basic ${btoa(id)}`,
  "another secret": `Basic ${btoa(`${id}:${secret}x`)}`,
  "another client": `Basic ${btoa(`other:${secret}`)}`,
  "no Base64": "Basic ====",
  "a bearer token": "Bearer abc",
};

const jsonBody = { headers: { "content-type": "application/json" }, body: '{"token":"abc"}' };

export const serviceTokens: Family = {
  name: "tokens of services",
  cases: [
    {
      name: "tells a service whom a token speaks for, and nothing of one that is not good",
      async run(probe) {
        const { accessToken, idToken } = await probe.bystander();
        const good = JSON.parse((await ask(probe, "/v1/introspect", accessToken)).body);
        const bad = await ask(probe, "/v1/introspect", idToken);
        expect(good).toMatchObject({ active: true, sub: expect.any(String) });
        expect([bad.status, bad.body]).toEqual([200, '{"active":false}']);
      },
    },
    {
      name: "revokes a refresh token for a service, once and again",
      async run(probe) {
        const { refreshToken } = await probe.signIn(await probe.register());
        const once = await ask(probe, "/v1/revoke", refreshToken);
        const again = await ask(probe, "/v1/revoke", refreshToken);
        expectDone(once);
        expectDone(again);
        const refreshed = await probe.post("/v1/token/refresh", { refresh_token: refreshToken });
        expectProblem(refreshed, 401, "invalid_refresh_token");
      },
    },
    {
      name: "revokes an access token for a service, and no other session's",
      async run(probe) {
        const account = await probe.register();
        const [one, other] = [await probe.signIn(account), await probe.signIn(account)];
        expectDone(await ask(probe, "/v1/revoke", one.accessToken));
        expectDone(await ask(probe, "/v1/revoke", one.accessToken));
        const refused = await probe.send("GET", "/v1/session", {
          headers: bearer(one.accessToken),
        });
        const taken = await probe.send("GET", "/v1/session", {
          headers: bearer(other.accessToken),
        });
        expectProblem(refused, 401, "token_revoked");
        expect(taken.status).toBe(200);
      },
    },
    {
      name: "finds no fault with a token to revoke that nobody knows",
      async run(probe) {
        const { accessToken } = await probe.bystander();
        const altered = accessToken.replace(/[^.]*$/, "c2lnbmF0dXJl");
        for (const token of ["unknown", "gar.ba.ge", altered, "é", "x".repeat(20_000)]) {
          expectDone(await ask(probe, "/v1/revoke", token));
        }
      },
    },
    {
      name: "revokes no ID token",
      async run(probe) {
        const { idToken } = await probe.bystander();
        expectProblem(await ask(probe, "/v1/revoke", idToken), 400, "unsupported_token_type");
      },
    },
    ...paths.flatMap((path): HttpCase[] => [
      ...Object.entries(strangers).map(
        ([what, authorization]): HttpCase => ({
          name: `POST ${path} asks whoever shows ${what} for the credentials of a client`,
          async run(probe) {
            expectAskedForClient(await ask(probe, path, "abc", { authorization }));
          },
        }),
      ),
      {
        name: `POST ${path} asks for the credentials of a client before all else`,
        async run(probe) {
          expectAskedForClient(await probe.send("POST", path, jsonBody));
        },
      },
      {
        name: `POST ${path} takes a form and nothing else`,
        async run(probe) {
          for (const type of [
            "application/json",
            "text/plain",
            "multipart/form-data; boundary=x",
          ]) {
            const answer = await ask(probe, path, "abc", { "content-type": type });
            expectProblem(answer, 415, "unsupported_media_type");
          }
        },
      },
      {
        name: `${path} takes no GET`,
        async run(probe) {
          const answer = await probe.send("GET", `${path}?token=abc`);
          expectProblem(answer, 405, "method_not_allowed");
        },
      },
    ]),
  ],
};

function ask(
  probe: Probe,
  path: string,
  token: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const headers = {
    authorization: `Basic ${btoa(`${id}:${secret}`)}`,
    "content-type": "application/x-www-form-urlencoded",
    ...changes,
  };
  return probe.send("POST", path, { headers, body: new URLSearchParams({ token }).toString() });
}

function expectDone({ status, body }: Answer): void {
  expect([status, body]).toEqual([200, ""]);
}

function expectAskedForClient(answer: Answer): void {
  expectProblem(answer, 401, "invalid_client");
  expect(answer.headers.get("www-authenticate")).toMatch(/^Basic realm="[^"]+"$/);
}
