import { expect } from "vitest";
import { documentedOperations } from "../contract-check.ts";
import { expectProblem } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import { type Answer, bearer, type Probe, type SignedIn } from "../probe.ts";
import { head } from "../raw-http.ts";

const path = "/v1/session";

/** No credentials, or some of another kind: the challenge then says what kind is wanted and nothing more. */
const otherSchemes = ["Basic dXNlcjpwYXNz", "Digest username=x", "DPoP abc", "Bearertoken"];

/** Credentials of the right kind that are not one token (RFC 6750 section 2.1). */
const malformed = ["Bearer", "Bearer a b", 'Bearer "a"', "Bearer a, Bearer b", "Bearer ä"];

/** Tokens that are no access token of this service, made of those of a user who is signed in. */
const badTokens: Readonly<Record<string, (user: SignedIn) => string>> = {
  "an ID token": ({ idToken }) => idToken,
  "a refresh token": ({ refreshToken }) => refreshToken,
  garbage: () => "garbage",
  "three empty parts": () => "..",
  "a token with a changed claim": ({ accessToken }) => withClaims(accessToken, { sub: "someone" }),
  "a token with a later end": ({ accessToken }) => withClaims(accessToken, { exp: 9_999_999_999 }),
  "a token with a changed signature": ({ accessToken }) => {
    const [header, claims, signature = ""] = accessToken.split(".");
    return `${header}.${claims}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  },
  "a token without its signature": ({ accessToken }) => accessToken.replace(/[^.]*$/, ""),
  "a token signed with nothing": ({ accessToken }) => unsigned(accessToken),
  "a token with a fourth part": ({ accessToken }) => `${accessToken}.x`,
  "a token with padding": ({ accessToken }) => `${accessToken}=`,
  "a token of 20,000 characters": () => `e30.${"x".repeat(20_000)}.x`.slice(0, 12_000),
};

export const bearerTokens: Family = {
  name: "bearer tokens",
  cases: [
    ...documentedOperations
      .filter(({ needsBearer }) => needsBearer)
      .map(
        ({ method, path }): HttpCase => ({
          name: `${method} ${path} asks for a token and says no more`,
          async run(probe) {
            expectBareChallenge(await probe.send(method, path));
          },
        }),
      ),
    {
      name: "asks for a bearer token where other credentials come",
      async run(probe) {
        for (const authorization of otherSchemes) {
          expectBareChallenge(await probe.send("GET", path, { headers: { authorization } }));
        }
      },
    },
    {
      name: "refuses credentials that are not one token",
      async run(probe) {
        for (const authorization of malformed) {
          const answer = await probe.send("GET", path, {
            headers: { authorization },
          });
          expectRefusal(answer, authorization);
        }
      },
    },
    ...Object.entries(badTokens).map(
      ([what, make]): HttpCase => ({
        name: `refuses ${what} for an access token`,
        async run(probe) {
          const token = make(await probe.bystander());
          const answer = await probe.send("GET", path, { headers: bearer(token) });
          expectProblem(answer, 401, "invalid_token");
          expect(challengeOf(answer)).toMatch(
            /^Bearer realm="[^"]+", error="invalid_token", error_description="[\w .-]+"$/,
          );
        },
      }),
    ),
    {
      name: "takes the scheme in any case",
      async run(probe) {
        const { accessToken } = await probe.bystander();
        for (const scheme of ["bearer", "BEARER", "bEaReR"]) {
          const headers = { authorization: `${scheme} ${accessToken}` };
          expect((await probe.send("GET", path, { headers })).status, scheme).toBe(200);
        }
      },
    },
    {
      name: "refuses a token that comes in two ways at once",
      async run(probe) {
        const { accessToken } = await probe.bystander();
        const twice = `${path}?access_token=${accessToken}`;
        const answer = await probe.send("GET", twice, { headers: bearer(accessToken) });
        expectProblem(answer, 400, "malformed_request");
      },
    },
    {
      name: "takes no token from the query, a form or a cookie",
      async run(probe) {
        const { accessToken } = await probe.bystander();
        const cookie = `access_token=${accessToken}`;
        const byQuery = await probe.send("GET", `${path}?access_token=${accessToken}`);
        const byCookie = await probe.send("GET", path, { headers: { cookie } });
        const byForm = await probe.send("POST", "/v1/sign-out/everywhere", {
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: `access_token=${accessToken}`,
        });
        expect([400, 401]).toContain(byQuery.status);
        expect([byCookie.status, byForm.status]).toEqual([401, 401]);
      },
    },
    {
      name: "refuses two Authorization headers, whichever comes first",
      async run(probe) {
        const { accessToken } = await probe.bystander();
        const good = `Authorization: Bearer ${accessToken}`;
        for (const pair of [
          [good, good],
          [good, "Authorization: Bearer x"],
          ["Authorization: Bearer x", good],
        ]) {
          const { statuses } = await sendHeaders(probe, ...pair);
          expect([400, 401]).toContain(statuses[0]);
        }
      },
    },
    {
      name: "repeats nothing of a token in its challenge",
      async run(probe) {
        const evil = ['Authorization: Bearer x"y', "Authorization: Bearer evil\r\n X-Evil: 1"];
        for (const line of evil) {
          const { text, statuses } = await sendHeaders(probe, line);
          expect([400, 401]).toContain(statuses[0]);
          expect(text.toLowerCase()).not.toMatch(/x"y|evil/);
        }
      },
    },
    {
      name: "asks for the token before it looks at anything else",
      async run(probe) {
        expectBareChallenge(await probe.send("HEAD", path));
        expectBareChallenge(await probe.post("/v1/password/change", { unexpected: true }));
        expectBareChallenge(await probe.send("POST", "/v1/password/change", { body: "no JSON" }));
      },
    },
  ],
};

function challengeOf({ headers }: Answer): string {
  return headers.get("www-authenticate") ?? "";
}

/** RFC 6750 section 3.1: where no token came, the challenge holds no error. */
function expectBareChallenge(answer: Answer): void {
  expect(answer.status).toBe(401);
  expect(challengeOf(answer)).toMatch(/^Bearer( realm="[^"]+")?$/);
}

function expectRefusal(answer: Answer, what: string): void {
  expect([400, 401], what).toContain(answer.status);
  expect(challengeOf(answer), what).toMatch(/^Bearer /);
}

function sendHeaders(probe: Probe, ...lines: string[]) {
  return probe.raw(head(`GET ${path}`, "Host: localhost", "Connection: close", ...lines));
}

function withClaims(token: string, changes: object): string {
  const [header, claims = "", signature] = token.split(".");
  const changed = { ...JSON.parse(Buffer.from(claims, "base64url").toString()), ...changes };
  return `${header}.${base64url(changed)}.${signature}`;
}

function unsigned(token: string): string {
  return `${base64url({ alg: "none", typ: "JWT" })}.${token.split(".")[1]}.`;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
