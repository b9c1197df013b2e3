import { expect } from "vitest";
import { documentedOperations } from "./contract-check.ts";
import { expectProblem } from "./expectations.ts";
import { bearer } from "./probe.ts";
import { head } from "./raw-http.ts";
import { internalsOrVendorsIn } from "./secrets.ts";
import {
  askSession,
  challengeOf,
  expectTokenRefused,
  type VerifierPlaceCase,
} from "./verifier-case.ts";
import { adminScope, issuer, type VerifierPlace } from "./verifier-place.ts";

const path = "/v1/session";
const metadataPath = "/.well-known/oauth-protected-resource";

/** Tokens of the issuer's that are no good here, by what they are told. */
const refused: readonly (readonly [string, string, (place: VerifierPlace) => Promise<string>])[] = [
  ["that has expired", "expired", ({ accessToken }) => accessToken({ exp: secondsFromNow(-30) })],
  ["of tomorrow", "not_yet_valid", ({ accessToken }) => accessToken({ nbf: secondsFromNow(200) })],
  ["of another issuer", "wrong_issuer", ({ accessToken }) => accessToken({ iss: `${issuer}/` })],
  ["of another client", "wrong_client", ({ accessToken }) => accessToken({ client_id: "other" })],
  ["that is an ID token", "wrong_use", ({ accessToken }) => accessToken({ token_use: "id" })],
  ["signed by somebody else", "bad_signature", ({ forgedToken }) => forgedToken()],
  [
    "of no algorithm",
    "unsupported_algorithm",
    ({ accessToken }) => accessToken({}, { alg: "none" }),
  ],
  ["of a logout", "wrong_use", ({ accessToken }) => accessToken({}, { typ: "logout+jwt" })],
];

/** What the service does as the resource server of an issuer: RS1 to RS17, but for what the suite of all providers has. */
export const resourceCases: readonly VerifierPlaceCase[] = [
  {
    name: "asks for a token with its realm and where to learn more, and with no error",
    async run(place) {
      const answer = await askSession(place, undefined);
      expectProblem(answer, 401, "invalid_token");
      expect(challengeOf(answer)).toBe(
        `Bearer realm="portico", resource_metadata="${place.url}${metadataPath}"`,
      );
    },
  },
  ...refused.map(
    ([what, reason, make]): VerifierPlaceCase => ({
      name: `refuses a token ${what}, and says so in a word of its own`,
      async run(place) {
        expectTokenRefused(await askSession(place, await make(place)), reason);
      },
    }),
  ),
  {
    name: "names the scope that a good token lacks",
    async run(place) {
      const ask = async (scope: string) =>
        place.probe.send("GET", "/v1/admin/users", {
          headers: bearer(await place.accessToken({ scope })),
        });
      const answer = await ask("users/read");
      expectProblem(answer, 403, "insufficient_scope");
      expect(challengeOf(answer)).toMatch(
        new RegExp(`^Bearer .*error="insufficient_scope", scope="${adminScope}"$`),
      );
      expect((await ask(adminScope)).status).toBe(200);
    },
  },
  {
    name: "refuses a token that comes in a form as well",
    async run(place) {
      const token = await place.accessToken();
      const answer = await place.probe.send("POST", "/v1/sign-out/everywhere", {
        headers: { ...bearer(token), "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ access_token: token }).toString(),
      });
      expectProblem(answer, 400, "malformed_request");
      expect(challengeOf(answer)).toMatch(/error="invalid_request"$/);
    },
  },
  {
    name: "writes neither a query string nor a key id to its log",
    async run(place) {
      const token = await place.accessToken({}, { kid: "canary-1\r\ncanary-2: x" });
      const byQuery = await place.probe.send("GET", `${path}?access_token=canary-3`);
      const byHeader = await askSession(place, token);
      for (const { headers } of [byQuery, byHeader]) {
        const id = headers.get("x-request-id") ?? expect.fail("an answer has an id");
        await expect.poll(place.output).toContain(id);
      }
      expect(place.output()).not.toMatch(/canary-\d/);
    },
  },
  {
    name: "gives personal data to nobody's keeping",
    async run({ probe, accessToken }) {
      const headers = bearer(await accessToken({ scope: "aws.cognito.signin.user.admin" }));
      for (const personal of [path, "/v1/me"]) {
        const answer = await probe.send("GET", personal, { headers });
        expect(answer.status).toBe(200);
        expect(answer.headers.get("cache-control")).toBe("no-store");
      }
    },
  },
  {
    name: "answers every error as a problem that says what the status says",
    async run(place) {
      const { probe } = place;
      const good = bearer(await place.accessToken());
      const json = { "content-type": "application/json" };
      const answers = await Promise.all([
        probe.send("GET", "/nope"),
        probe.send("PUT", path),
        probe.send("GET", path),
        askSession(place, await place.forgedToken()),
        probe.send("GET", "/v1/admin/users", { headers: good }),
        probe.send("POST", "/v1/sign-in", { headers: json, body: "{" }),
        probe.send("POST", "/v1/sign-in", { headers: { "content-type": "text/plain" }, body: "x" }),
        probe.send("POST", "/v1/sign-in", { headers: json, body: `"${"x".repeat(100_000)}"` }),
        probe.send("POST", "/v1/introspect"),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([
        404, 405, 401, 401, 403, 400, 415, 413, 401,
      ]);
      for (const { status, headers, body } of answers) {
        const problem = JSON.parse(body);
        expect(headers.get("content-type")).toBe("application/problem+json");
        expect(problem.status).toBe(status);
        expect(problem.type === "about:blank" || URL.canParse(problem.type)).toBe(true);
        expect(problem.code).toMatch(/^[a-z]+(_[a-z]+)*$/);
        expect(problem.instance).toBe(`urn:uuid:${headers.get("x-request-id")}`);
        expect(internalsOrVendorsIn(body)).toEqual([]);
      }
    },
  },
  {
    name: "answers HEAD as GET, and OPTIONS with nothing of anybody's",
    async run(place) {
      const headers = bearer(await place.accessToken());
      const withToken = await place.probe.send("HEAD", path, { headers });
      const withBadToken = await place.probe.send("HEAD", path, {
        headers: bearer(await place.forgedToken()),
      });
      expect([withToken.status, withBadToken.status]).toEqual([200, 401]);
      const protectedPaths = documentedOperations
        .filter(({ needsBearer }) => needsBearer)
        .map((operation) => operation.path);
      for (const protectedPath of new Set(protectedPaths)) {
        const answer = await place.probe.send("OPTIONS", protectedPath, { headers });
        expect([204, 404, 405], protectedPath).toContain(answer.status);
        expect(answer.body, protectedPath).not.toMatch(/"ada"|aaaaaaaa-bbbb/);
      }
    },
  },
  {
    name: "describes itself by its settings, whatever the Host is",
    async run({ probe, url }) {
      const { status, headers, body } = await probe.send("GET", metadataPath);
      expect([status, headers.get("content-type")]).toEqual([200, "application/json"]);
      expect(JSON.parse(body)).toMatchObject({ resource: url, authorization_servers: [issuer] });
      const { text } = await probe.raw(
        head(`GET ${metadataPath}`, "Host: evil.example", "Connection: close"),
      );
      expect(text).toContain(`"resource":"${url}"`);
      expect(text).not.toContain("evil");
    },
  },
  ...[{ jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }, { "x5t#S256": "AAAA" }, {}].map(
    (cnf): VerifierPlaceCase => ({
      name: `takes no token as a bearer's that is bound to ${Object.keys(cnf)[0] ?? "nothing"}`,
      async run(place) {
        expectTokenRefused(await askSession(place, await place.accessToken({ cnf })), "wrong_use");
      },
    }),
  ),
];

function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}
