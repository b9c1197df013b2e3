import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createJwtVerifier,
  idTokenIssuer,
  oauthIssuer,
  oidcIssuer,
} from "../../../../src/adapters/jwt/index.ts";
import type { IdentityError } from "../../../../src/domain/errors.ts";
import { bearerAuth } from "../../../../src/http/bearer/bearer-auth.ts";
import {
  claims,
  clientId,
  clock,
  issuer,
  keySetOf,
  nowSeconds,
  sign,
  signingKey,
} from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

type Members = Readonly<Record<string, unknown>>;

const token = (changes: Members, header: Members = {}) =>
  sign(claims(changes), key.privateKey, header);

const keys = () => keySetOf([key.jwk]);

const verifiers = {
  cognito: () => createJwtVerifier({ issuer, clientIds: [clientId], keys: keys(), clock }),
  oidc: () =>
    createJwtVerifier({
      issuers: [oidcIssuer({ issuer, keys: keys(), audiences: ["api"], clientIds: [clientId] })],
      clock,
    }),
  oauth: () =>
    createJwtVerifier({
      issuers: [oauthIssuer({ issuer, keys: keys(), audiences: ["api"] })],
      clock,
    }),
  ids: () =>
    createJwtVerifier({
      issuers: [idTokenIssuer({ issuer, keys: keys(), clientIds: ["web"] })],
      clock,
    }),
};

const bound = { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" };
const api = { aud: "api" };

/** @see https://github.com/dotnet/aspnetcore/issues/21735 */
describe("the reason behind a rejection", () => {
  it.each<[keyof typeof verifiers, string, string, Members, Members?]>([
    ["cognito", "wrong_client", "no_client", { client_id: undefined }],
    ["cognito", "wrong_client", "other_client", { client_id: "other" }],
    ["cognito", "wrong_client", "other_audience", { aud: "other" }],
    ["cognito", "wrong_use", "no_access_token", { token_use: "id" }],
    ["cognito", "wrong_use", "other_type", {}, { typ: "logout+jwt" }],
    ["cognito", "wrong_use", "bound_to_key", { cnf: bound }],
    ["cognito", "invalid_claims", "life_too_long", { exp: nowSeconds + 86_400 }],
    ["cognito", "malformed", "header_member", {}, { jku: "https://keys.example" }],
    ["cognito", "malformed", "header_member", {}, { x5c: [] }],
    ["cognito", "malformed", "header_member", {}, { cty: "JWT" }],
    ["oidc", "wrong_client", "no_client", { ...api, client_id: undefined }],
    ["oidc", "wrong_client", "several_clients", { ...api, azp: "other" }],
    ["oidc", "wrong_client", "other_client", { ...api, client_id: "other" }],
    ["oidc", "wrong_client", "no_audience", {}],
    ["oidc", "wrong_client", "other_audience", { aud: "other" }],
    ["oidc", "wrong_client", "other_audience", { aud: null }],
    ["oidc", "wrong_use", "no_access_token", { ...api, nonce: "n" }],
    ["oauth", "invalid_claims", "missing_claim", { ...api, jti: null }, { typ: "at+jwt" }],
    ["oauth", "invalid_claims", "missing_claim", { ...api, client_id: null }, { typ: "at+jwt" }],
    ["ids", "wrong_use", "other_type", { aud: "web" }],
  ])("of %s tokens for %s is %s: %o %o", async (which, rejection, reason, changes, header) => {
    const verified = verifiers[which]().verify(await token(changes, header));

    await expect(verified).rejects.toMatchObject({ rejection, rejectionReason: reason });
  });

  it.each<[string, unknown]>([
    ["bound_to_no_key", undefined],
    ["bound_to_no_key", null],
    ["bound_to_key", { "x5t#S256": "AQ" }],
    ["bound_to_key", { ...bound, kid: "a" }],
  ])("of tokens that are shown with a proof is %s for %j", async (rejectionReason, cnf) => {
    const verified = verifiers.cognito().verifyBound(await token({ cnf }));

    await expect(verified).rejects.toMatchObject({ rejection: "wrong_use", rejectionReason });
  });

  it("is told to whoever watches, and not to the caller", async () => {
    const told: IdentityError[] = [];
    const handle = bearerAuth({
      verifier: verifiers.oidc(),
      onRefusal: (error) => told.push(error),
    });
    const app = new Hono().get("/", handle, (c) => c.text("in"));

    for (const changes of [{ aud: "other" }, { ...api, client_id: "other" }]) {
      const headers = { Authorization: `Bearer ${await token(changes)}` };
      const answer = await app.request("/", { headers });
      const text = JSON.stringify([...answer.headers]) + (await answer.text());

      expect(answer.status).toBe(401);
      expect(text).toContain("wrong_client");
      expect(text).not.toMatch(/other_|reason/);
    }
    expect(told.map(({ rejectionReason }) => rejectionReason)).toEqual([
      "other_audience",
      "other_client",
    ]);
  });
});
