import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import {
  cognitoIssuer,
  createDpopVerifier,
  createJwtVerifier,
  idTokenIssuer,
  oauthIssuer,
  oidcIssuer,
  type WithClaims,
} from "../../../../src/adapters/jwt/index.ts";
import type { Principal } from "../../../../src/domain/principal.ts";
import { bearerAuth } from "../../../../src/http/bearer/bearer-auth.ts";
import { createBearerGuard } from "../../../../src/http/bearer/bearer-guard.ts";
import { claims, clientId, clock, issuer, keySetOf, sign, signingKey } from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

const terms = () => ({ issuer, keys: keySetOf([key.jwk]), audiences: ["orders"] });

/** Reads what an application knows of its tokens. */
function readClaims({ tenant }: Readonly<Record<string, unknown>>) {
  if (typeof tenant !== "string") throw new TypeError("There is no tenant.");
  return { tenant, isLarge: tenant.length > 3 };
}

const token = (changes = {}, header = {}) =>
  sign(claims({ aud: "orders", tenant: "acme", ...changes }), key.privateKey, header);

/** @see https://github.com/auth0/node-oauth2-jwt-bearer/issues/58 */
describe("an issuer's own claims", () => {
  it("are on the principal, and of the type that they are read as", async () => {
    const verifier = createJwtVerifier({
      issuers: [oidcIssuer({ ...terms(), readClaims })],
      clock,
    });

    const principal = await verifier.verify(await token());
    const tenant: string = principal.claims.tenant;

    expect(tenant).toBe("acme");
    expect(principal).toMatchObject({ kind: "user", claims: { tenant: "acme", isLarge: true } });
  });

  it("are nowhere unless they are asked for", async () => {
    const verifier = createJwtVerifier({ issuers: [oidcIssuer(terms())], clock });

    expect(await verifier.verify(await token())).not.toHaveProperty("claims");
  });

  it("can be changed by nobody, as a kept token gives them again", async () => {
    const issuers = [oidcIssuer({ ...terms(), readClaims })];
    const verifier = createJwtVerifier({ issuers, clock });
    const shown = await token();
    await verifier.verify(shown);
    const first = await verifier.verify(shown);

    expect(() => Object.assign(first.claims, { tenant: "other" })).toThrow(TypeError);
    expect((await verifier.verify(shown)).claims.tenant).toBe("acme");
  });

  it("refuse a token that they cannot be read of", async () => {
    const issuers = [oidcIssuer({ ...terms(), readClaims })];
    const verifier = createJwtVerifier({ issuers, clock });

    await expect(verifier.verify(await token({ tenant: 7 }))).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "invalid_claims",
    });
  });

  it("are read of tokens of every kind of issuer", async () => {
    const pool = {
      userPoolId: "local_1",
      issuer,
      clientIds: [clientId],
      createKeySet: () => keySetOf([key.jwk]),
      readClaims,
    };
    const shown = await token({ aud: undefined });
    const accessToken = await token({}, { typ: "at+jwt" });
    const ids = idTokenIssuer({ ...terms(), clientIds: ["orders"], readClaims });
    const idClaims = { token_use: "id", scope: undefined, client_id: undefined };

    const principals = [
      await createJwtVerifier({ issuers: [cognitoIssuer(pool)], clock }).verify(shown),
      await createJwtVerifier({
        issuers: [oauthIssuer({ ...terms(), readClaims })],
        clock,
      }).verify(accessToken),
      await createJwtVerifier({ issuers: [ids], clock }).verify(await token(idClaims)),
    ];

    expect(principals.map(({ claims: { tenant } }) => tenant)).toEqual(["acme", "acme", "acme"]);
  });

  it("are told apart where one issuer of several has some", async () => {
    const other = { ...terms(), issuer: "https://other.example" };
    const verifier = createJwtVerifier<Principal | WithClaims<Principal, { tenant: string }>>({
      issuers: [oidcIssuer(other), oidcIssuer({ ...terms(), readClaims })],
      clock,
    });

    const tenants = [await token(), await token({ iss: other.issuer })].map(async (shown) => {
      const principal = await verifier.verify(shown);
      return "claims" in principal ? principal.claims.tenant : "none";
    });

    expect(await Promise.all(tenants)).toEqual(["acme", "none"]);
  });

  it("are of that type for handlers, too", async () => {
    const issuers = [oidcIssuer({ ...terms(), readClaims })];
    const verifier = createJwtVerifier({ issuers, clock });
    const dpop = createDpopVerifier({ verifier, publicUrl: "https://orders.example" });
    const app = new Hono();
    app.use("/tenant", bearerAuth({ verifier, dpop }));
    app.get(
      "/tenant",
      bearerAuth({ verifier }, (c) => c.text(c.var.principal.claims.tenant.toUpperCase())),
    );
    const headers = { Authorization: `Bearer ${await token()}` };
    const principal = await createBearerGuard({ verifier })(
      new Request("https://orders.example", { headers }),
    );

    expect(await (await app.request("/tenant", { headers })).text()).toBe("ACME");
    expect(principal instanceof Response ? undefined : principal.claims.tenant).toBe("acme");
  });
});
