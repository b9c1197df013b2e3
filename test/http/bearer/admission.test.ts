import { describe, expect, test } from "vitest";
import { createJwtVerifier, oauthIssuer } from "../../../src/adapters/jwt/index.ts";
import { type BearerOptions, createBearerGuard } from "../../../src/jwt.ts";
import {
  clientId,
  clock,
  issuer,
  keySetOf,
  nowSeconds,
  sign,
  signingKey,
} from "../../adapters/jwt/token-signer.ts";
import { createWorld } from "./dpop/world.ts";
import { frameworkApis } from "./framework-apis.ts";
import { accessToken, tokenVerifier } from "./protected-api.ts";
import { protectedApis } from "./protected-apis.ts";

const audience = "https://api.example";
const { privateKey, jwk } = await signingKey("access-1");

/** Signs a token of an issuer that tells of which class a sign-in was. */
const classedToken = (changes: Readonly<Record<string, unknown>> = {}) =>
  sign(
    {
      iss: issuer,
      sub: "user-1",
      aud: audience,
      client_id: clientId,
      jti: "token-1",
      iat: nowSeconds - 60,
      exp: nowSeconds + 600,
      auth_time: nowSeconds - 60,
      ...changes,
    },
    privateKey,
    { typ: "at+jwt" },
  );

const classVerifier = () =>
  createJwtVerifier({
    issuers: [oauthIssuer({ issuer, keys: keySetOf([jwk]), audiences: [audience] })],
    clock,
  });

const program = {
  username: undefined,
  "cognito:groups": undefined,
  origin_jti: undefined,
  sub: "client-1",
  auth_time: undefined,
};

const apis = { ...protectedApis, ...frameworkApis };

describe.each(Object.entries(apis))("%s", (_name, createApi) => {
  /** Asks three times: by then the token is known, and is on the shortest way through. */
  async function ask(token: string, options: Partial<BearerOptions>, scheme = "Bearer") {
    const api = createApi({ verifier: tokenVerifier(), clock, ...options });
    const headers = { Authorization: `${scheme} ${token}` };
    const answers = [];
    for (let times = 0; times < 3; times += 1) {
      const response = await api(new Request("https://api.example/orders", { headers }));
      const challenge = response.headers.get("WWW-Authenticate");
      const text = await response.text();
      const code = response.ok ? undefined : JSON.parse(text).code;
      answers.push({ status: response.status, code, challenge });
    }
    const [first] = answers;
    expect(answers).toEqual([first, first, first]);
    return first;
  }

  test.each(["Bearer", "bearer"])(
    "asks as %s for a new sign-in where the last is longer ago than is allowed",
    async (scheme) => {
      const token = await accessToken({ auth_time: nowSeconds - 301 });

      expect(await ask(token, { maxAge: 300 }, scheme)).toEqual({
        status: 401,
        code: "reauthentication_required",
        challenge: 'Bearer realm="api", error="insufficient_user_authentication", max_age="300"',
      });
    },
  );

  test.each([
    ["as long ago as is allowed", { auth_time: nowSeconds - 300 }, 200],
    ["just now", { auth_time: nowSeconds }, 200],
    ["by a clock that is ahead", { auth_time: nowSeconds + 3 }, 200],
    ["at a time that the token does not tell", { auth_time: undefined }, 401],
    ["at a time that is none", { auth_time: "now" }, 401],
    ["never, as a program's", program, 401],
  ])("answers a sign-in %s as it should", async (_when, changes, status) => {
    expect(await ask(await accessToken(changes), { maxAge: 300 })).toMatchObject({ status });
  });

  test("lets a sign-in of any age pass unless one is asked for", async () => {
    const token = await accessToken({ auth_time: 1 });

    expect(await ask(token, {})).toMatchObject({ status: 200 });
  });

  test("notices that a sign-in has grown old, with a token that it knows", async () => {
    const moving = { time: nowSeconds * 1000, now: () => moving.time };
    const api = createApi({ verifier: tokenVerifier(), clock: moving, maxAge: 300 });
    const headers = { Authorization: `Bearer ${await accessToken()}` };
    const statuses = [];
    for (const seconds of [0, 100, 140, 100]) {
      moving.time += seconds * 1000;
      statuses.push((await api(new Request("https://api.example/", { headers }))).status);
    }

    expect(statuses).toEqual([200, 200, 200, 401]);
  });

  test.each([
    ["urn:mfa", 200],
    ["phr", 200],
    ["urn:mfa phr", 401],
    ["URN:MFA", 401],
    ["1", 401],
    [1, 401],
    [["phr"], 401],
    [undefined, 401],
  ])("answers a sign-in of class %j, where two will do, with %i", async (acr, status) => {
    const options = { verifier: classVerifier(), acr: ["phr", "urn:mfa"] };

    expect(await ask(await classedToken({ acr }), options)).toMatchObject({ status });
  });

  test("names the classes that will do, and the age beside", async () => {
    const options = { verifier: classVerifier(), acr: ["phr", "urn:mfa"], maxAge: 30, realm: "a" };

    expect(await ask(await classedToken({ acr: "phr" }), options)).toEqual({
      status: 401,
      code: "reauthentication_required",
      challenge:
        'Bearer realm="a", error="insufficient_user_authentication", acr_values="phr urn:mfa", max_age="30"',
    });
  });

  test("asks nobody to sign in again who would still not be let in", async () => {
    const old = await accessToken({ auth_time: 1 });

    expect(await ask(old, { maxAge: 300, groups: ["editors"] })).toMatchObject({ status: 403 });
    expect(await ask(old, { maxAge: 300, scopes: ["orders/write"] })).toMatchObject({
      status: 403,
    });
  });

  test("asks whoever proves a key in the scheme of that, and tells of both to who does not", async () => {
    const { ask: askWithProof, token } = await createWorld(createApi, {
      bearer: { maxAge: 300, clock },
    });
    const old = { auth_time: nowSeconds - 301 };

    const bound = await askWithProof({ token: await token(old) });
    const bare = await token({ ...old, cnf: undefined });
    const bearer = await askWithProof({ token: bare, authorization: `Bearer ${bare}`, proofs: [] });

    const wanted = 'realm="api", error="insufficient_user_authentication", max_age="300"';
    expect([bound.status, bound.code]).toEqual([401, "reauthentication_required"]);
    expect(bound.challenge).toMatch(`DPoP ${wanted}, algs="`);
    expect([bearer.status, bearer.code]).toEqual([401, "reauthentication_required"]);
    expect(bearer.challenge).toMatch(`Bearer ${wanted}, DPoP algs="`);
    expect((await askWithProof()).status).toBe(200);
  });

  test.each<[string, Partial<BearerOptions>]>([
    ["an age of nothing", { maxAge: 0 }],
    ["an age before the sign-in", { maxAge: -1 }],
    ["a part of a second", { maxAge: 0.5 }],
    ["no number", { maxAge: Number.NaN }],
    ["an age without end", { maxAge: Number.POSITIVE_INFINITY }],
    ["classes without one", { acr: [] }],
    ["a class with a space", { acr: ["a b"] }],
    ["a class with a quote", { acr: ['a"'] }],
    ["a class without a name", { acr: [""] }],
  ])("refuses %s as an option", (_case, options) => {
    expect(() => createApi({ verifier: tokenVerifier(), ...options })).toThrow(TypeError);
  });
});

test.each([
  [30, 200],
  [90, 401],
])(
  "a sign-in of %i s ago is judged by the system's clock unless another is given",
  async (age, status) => {
    const authorization = `Bearer ${await accessToken({ auth_time: Date.now() / 1000 - age })}`;
    const guard = createBearerGuard({ verifier: tokenVerifier(), maxAge: 60 });

    const judged = await guard(
      new Request("https://api.example/", { headers: { Authorization: authorization } }),
    );

    expect(judged instanceof Response ? judged.status : 200).toBe(status);
  },
);
