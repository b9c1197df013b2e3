import { expect } from "vitest";
import { accessTokenFor, answers } from "../support/cognito-upstream-answers.ts";
import { expectProblem } from "./expectations.ts";
import type { Answer } from "./probe.ts";
import { challengeOf, type VerifierPlaceCase } from "./verifier-case.ts";
import { introspectionClient, type VerifierPlace } from "./verifier-place.ts";

const { id, secret } = introspectionClient;

/** Credentials that are not the client's. */
const strangers: Readonly<Record<string, (place: VerifierPlace) => string | Promise<string>>> = {
  "no credentials": () => "",
  "another client's id": () => basic("other", secret),
  "another secret": () => basic(id, `${secret}5`),
  "no secret": () => basic(id, ""),
  "a user's token": async ({ accessToken }) => `Bearer ${await accessToken()}`,
};

/** What is said and given of tokens: RS20 and RS21. */
export const tokenCases: readonly VerifierPlaceCase[] = [
  ...Object.entries(strangers).map(
    ([what, make]): VerifierPlaceCase => ({
      name: `tells nothing of a token to whoever shows ${what}`,
      async run(place) {
        const answer = await introspect(place, await place.accessToken(), await make(place));
        expectProblem(answer, 401, "invalid_client");
        expect(challengeOf(answer)).toMatch(/^Basic realm="[^"]+"/);
      },
    }),
  ),
  {
    name: "says of a bad token that it is not active and nothing else",
    async run(place) {
      const past = Math.floor(Date.now() / 1000) - 30;
      const bad = [
        "garbage",
        await place.forgedToken(),
        await place.accessToken({ exp: past }),
        await place.accessToken({ token_use: "id" }),
        await place.accessToken({ iss: "https://other.example" }),
      ];
      for (const token of bad) {
        const { status, headers, body } = await introspect(place, token);
        expect([status, body]).toEqual([200, '{"active":false}']);
        expect(headers.get("cache-control")).toBe("no-store");
      }
    },
  },
  {
    name: "says of a good token whom it speaks for, to nobody's keeping",
    async run(place) {
      const { status, headers, body } = await introspect(place, await place.accessToken());
      expect([status, JSON.parse(body).active]).toEqual([200, true]);
      expect(headers.get("cache-control")).toBe("no-store");
    },
  },
  {
    name: "gives tokens to nobody's keeping, however they are come by",
    async run({ probe, upstream }) {
      const credentials = { username: "ada@example.com", password: "Tr0ub4dor&3-never-told" };
      const signedIn = await probe.post("/v1/sign-in", credentials);
      const { refresh_token } = JSON.parse(signedIn.body).tokens;
      upstream.script("InitiateAuth", renewed);
      const refreshed = await probe.post("/v1/token/refresh", { refresh_token });

      upstream.script("AdminInitiateAuth", askForTotp);
      const challenged = await probe.post("/v1/sign-in", credentials);
      const { session } = JSON.parse(challenged.body).challenge;
      const answer = { type: "totp", session, code: "135790" };
      const answered = await probe.post("/v1/sign-in/challenge", answer);

      for (const { status, headers, body } of [signedIn, refreshed, challenged, answered]) {
        expect(status, body).toBe(200);
        expect(headers.get("cache-control")).toBe("no-store");
      }
      expect([refreshed, answered].map(({ body }) => JSON.parse(body).tokens)).not.toContain(
        undefined,
      );
    },
  },
];

const renewed = answers({
  AuthenticationResult: {
    AccessToken: accessTokenFor({ sub: "a", username: "a" }),
    ExpiresIn: 3600,
    TokenType: "Bearer",
  },
});

const askForTotp = answers({
  ChallengeName: "SOFTWARE_TOKEN_MFA",
  Session: "session-of-the-provider",
  ChallengeParameters: { USER_ID_FOR_SRP: "ada" },
});

function introspect(
  { probe }: VerifierPlace,
  token: string,
  authorization = basic(id, secret),
): Promise<Answer> {
  return probe.send("POST", "/v1/introspect", {
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(authorization !== "" && { authorization }),
    },
    body: new URLSearchParams({ token }).toString(),
  });
}

function basic(user: string, password: string): string {
  return `Basic ${btoa(`${user}:${password}`)}`;
}
