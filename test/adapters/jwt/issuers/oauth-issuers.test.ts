import { beforeAll, describe, expect, it } from "vitest";
import {
  createJwtVerifier,
  type OAuthIssuerOptions,
  oauthIssuer,
  oidcIssuer,
} from "../../../../src/adapters/jwt/index.ts";
import { clock, issuer, keySetOf, nowSeconds, sign, signingKey } from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

type Claims = Readonly<Record<string, unknown>>;
type Options = Partial<OAuthIssuerOptions>;

const audience = "https://api.example.com";
const times = { iat: nowSeconds - 60, exp: nowSeconds + 3540 };

/** As RFC 9068 section 2.2.3 has it. */
const rfc9068: Claims = {
  ...times,
  iss: issuer,
  sub: "5ba552d67",
  aud: audience,
  jti: "dbe39bf3a3ba4238a513f51d6e1691c4",
  client_id: "s6BhdRkqt3",
  scope: "openid profile reademail",
};

/** As Entra ID's v2.0 endpoint issues it for a user. */
const entraUser: Claims = {
  ...times,
  nbf: times.iat,
  iss: issuer,
  aud: audience,
  azp: "client-2",
  azpacr: "1",
  name: "Ada",
  oid: "object-1",
  preferred_username: "ada@example.com",
  rh: "x",
  roles: ["Orders.Admin"],
  scp: "orders.read orders.write",
  sid: "session-1",
  sub: "pairwise-1",
  tid: "tenant-1",
  uti: "x",
  ver: "2.0",
};

const { scp: _scp, preferred_username: _name, sid: _sid, ...entraRest } = entraUser;

/** As Entra ID issues it for a program: no scope, the service's object id as subject. */
const entraProgram: Claims = {
  ...entraRest,
  oid: "service-1",
  sub: "service-1",
  roles: ["Orders.All"],
};

/** As Keycloak issues it. */
const keycloak: Claims = {
  ...times,
  iss: issuer,
  aud: ["account", audience],
  sub: "9b2a",
  typ: "Bearer",
  azp: "web",
  sid: "session-2",
  scope: "openid email profile",
  jti: "onrtac:1",
  nonce: "as older versions had it",
  realm_access: { roles: ["staff", "offline_access"] },
  resource_access: { account: { roles: ["view-profile"] } },
  preferred_username: "ada",
};

/** As Auth0 issues it for a program, in its older form. */
const auth0Program: Claims = {
  ...times,
  iss: issuer,
  sub: "abc@clients",
  aud: audience,
  gty: "client-credentials",
  azp: "abc",
  scope: "orders:read",
};

const rfc = (claims: Claims, options: Options = {}, header: Claims = { typ: "at+jwt" }) =>
  verify(
    oauthIssuer({ issuer, keys: keySetOf([key.jwk]), audiences: [audience], ...options }),
    claims,
    header,
  );

const oidc = (claims: Claims, options: Options = {}, header: Claims = { typ: "JWT" }) =>
  verify(
    oidcIssuer({ issuer, keys: keySetOf([key.jwk]), audiences: [audience], ...options }),
    claims,
    header,
  );

async function verify(trusted: ReturnType<typeof oauthIssuer>, claims: Claims, header: Claims) {
  const verifier = createJwtVerifier({ issuers: [trusted], clock });
  return verifier.verify(await sign(claims, key.privateKey, header));
}

describe("a token of RFC 9068", () => {
  it("describes a user", async () => {
    const told = { auth_time: times.iat, acr: "urn:mfa", groups: ["staff"] };

    await expect(rfc({ ...rfc9068, ...told })).resolves.toEqual({
      kind: "user",
      subject: "5ba552d67",
      issuer,
      clientId: "s6BhdRkqt3",
      username: "5ba552d67",
      scopes: ["openid", "profile", "reademail"],
      groups: ["staff"],
      issuedAt: times.iat,
      expiresAt: times.exp,
      authenticatedAt: times.iat,
      authenticationClass: "urn:mfa",
      tokenId: "dbe39bf3a3ba4238a513f51d6e1691c4",
    });
  });

  it("describes a program, whose subject is its client", async () => {
    const principal = await rfc({ ...rfc9068, sub: "s6BhdRkqt3" });

    expect(principal).toEqual({
      kind: "machine",
      subject: "s6BhdRkqt3",
      issuer,
      clientId: "s6BhdRkqt3",
      scopes: ["openid", "profile", "reademail"],
      issuedAt: times.iat,
      expiresAt: times.exp,
      tokenId: "dbe39bf3a3ba4238a513f51d6e1691c4",
    });
  });

  it("may call itself by its media type", async () => {
    await expect(rfc(rfc9068, {}, { typ: "application/at+jwt" })).resolves.toBeDefined();
  });

  it.each([{}, { typ: "JWT" }, { typ: "id+jwt" }])(
    "must say that it is one, not %o",
    async (header) => {
      await expect(rfc(rfc9068, {}, header)).rejects.toMatchObject({ rejection: "wrong_use" });
    },
  );

  it.each([
    ["no client", { client_id: undefined }, "invalid_claims"],
    ["no id", { jti: undefined }, "invalid_claims"],
    ["no audience", { aud: undefined }, "wrong_client"],
    ["another audience", { aud: "https://other.example.com" }, "wrong_client"],
    ["an empty list for an audience", { aud: [] }, "wrong_client"],
    ["an audience that is no text beside ours", { aud: [audience, 1] }, "wrong_client"],
    ["an audience in a list in a list", { aud: [[audience]] }, "wrong_client"],
    ["two clients", { azp: "other" }, "wrong_client"],
    ["a client that is no text", { client_id: ["a"] }, "invalid_claims"],
    ["no subject", { sub: undefined }, "invalid_claims"],
    ["scopes in a list", { scope: ["a"] }, "invalid_claims"],
    ["no time of issue", { iat: undefined }, "invalid_claims"],
    ["a session that is no text", { sid: 1 }, "invalid_claims"],
    ["a key to be proven", { cnf: { jkt: "x" } }, "wrong_use"],
  ])("with %s is refused", async (_what, changes, rejection) => {
    await expect(rfc({ ...rfc9068, ...changes })).rejects.toMatchObject({
      code: "invalid_token",
      rejection,
    });
  });

  it("may have a claim of odd shape where a token without it may do no more", async () => {
    const odd = { groups: "staff", auth_time: "now", acr: 2, preferred_username: 7 };

    await expect(rfc({ ...rfc9068, ...odd })).resolves.toEqual(await rfc(rfc9068));
  });

  it("may name one client in two claims", async () => {
    await expect(rfc({ ...rfc9068, azp: "s6BhdRkqt3" })).resolves.toBeDefined();
  });

  it("may be meant for several APIs", async () => {
    await expect(
      rfc({ ...rfc9068, aud: ["https://other.example.com", audience] }),
    ).resolves.toBeDefined();
    await expect(
      rfc({ ...rfc9068, aud: "urn:two" }, { audiences: ["urn:one", "urn:two"] }),
    ).resolves.toBeDefined();
  });

  it("must come from a client that is named, where any is", async () => {
    await expect(rfc(rfc9068, { clientIds: ["s6BhdRkqt3"] })).resolves.toBeDefined();
    await expect(rfc(rfc9068, { clientIds: ["other"] })).rejects.toMatchObject({
      rejection: "wrong_client",
    });
  });

  it("may live as long as its issuer is said to let it", async () => {
    const claims = { ...rfc9068, exp: times.iat + 100_000 };

    await expect(rfc(claims, { maxLifeSeconds: 100_000 })).resolves.toBeDefined();
    await expect(rfc(claims)).rejects.toMatchObject({ rejection: "invalid_claims" });
  });

  it("may be signed with another configured algorithm", async () => {
    const curve = await signingKey("access-1", "ES256");
    const keys = keySetOf([curve.jwk]);
    const trusted = oauthIssuer({ issuer, keys, audiences: [audience], algorithms: ["ES256"] });
    const verifier = createJwtVerifier({ issuers: [trusted], clock });

    const token = await sign(rfc9068, curve.privateKey, { alg: "ES256", typ: "at+jwt" });

    await expect(verifier.verify(token)).resolves.toBeDefined();
  });
});

describe("an OpenID Connect provider's token", () => {
  it("describes a user of Entra ID, with roles for groups where that is asked for", async () => {
    const principal = await oidc(entraUser, { groupsClaim: "roles" });

    expect(principal).toEqual({
      kind: "user",
      subject: "pairwise-1",
      issuer,
      clientId: "client-2",
      username: "ada@example.com",
      scopes: ["orders.read", "orders.write"],
      groups: ["Orders.Admin"],
      issuedAt: times.iat,
      expiresAt: times.exp,
      sessionId: "session-1",
    });
  });

  it.each([
    ["by its subject", entraProgram],
    ["by its type", { ...entraUser, idtyp: "app", scp: undefined, roles: ["Orders.All"] }],
  ])("describes a program of Entra ID, known %s", async (_how, claims) => {
    await expect(oidc(claims)).resolves.toMatchObject({ kind: "machine", scopes: ["Orders.All"] });
  });

  it.each([
    ["whose subject is not the object", { oid: "object-1" }],
    ["who gave a scope", { oid: "service-1", scp: "orders.read" }],
  ])("describes a user of Entra ID %s as a user", async (_what, changes) => {
    await expect(oidc({ ...entraProgram, ...changes })).resolves.toMatchObject({ kind: "user" });
  });

  it("describes a user of Keycloak, with nested roles for groups", async () => {
    const principal = await oidc(keycloak, { groupsClaim: ["realm_access", "roles"] });

    expect(principal).toMatchObject({
      kind: "user",
      clientId: "web",
      username: "ada",
      groups: ["staff", "offline_access"],
      scopes: ["openid", "email", "profile"],
      sessionId: "session-2",
    });
  });

  it("describes a program of Auth0", async () => {
    await expect(oidc(auth0Program)).resolves.toMatchObject({
      kind: "machine",
      clientId: "abc",
      scopes: ["orders:read"],
    });
  });

  it("reads scopes in a list, as Okta writes them", async () => {
    const claims = {
      ...rfc9068,
      client_id: undefined,
      cid: "okta-1",
      scope: undefined,
      scp: ["a", "b"],
    };

    await expect(oidc(claims)).resolves.toMatchObject({ clientId: "okta-1", scopes: ["a", "b"] });
  });

  it("reads the client of Entra ID's v1.0 tokens", async () => {
    const claims = { ...entraUser, azp: undefined, appid: "client-1" };

    await expect(oidc(claims)).resolves.toMatchObject({ clientId: "client-1" });
  });

  it("reads the user's name and groups where they are said to be", async () => {
    const claims = {
      ...keycloak,
      "https://example.com/roles": ["a"],
      profile: { login: "lovelace" },
    };
    const options = {
      usernameClaim: ["profile", "login"],
      groupsClaim: "https://example.com/roles",
    };

    await expect(oidc(claims, options)).resolves.toMatchObject({
      username: "lovelace",
      groups: ["a"],
    });
  });

  it.each([
    [["realm_access", "nothing"]],
    [["typ", "length"]],
    ["constructor"],
    [["constructor", "name"]],
  ])("has no groups where there are none to be found at %o", async (groupsClaim) => {
    await expect(oidc(keycloak, { groupsClaim })).resolves.toMatchObject({ groups: [] });
  });

  it("lets the configuration say what a program is", async () => {
    const isMachine = (claims: Claims) => String(claims.preferred_username).startsWith("service-");

    await expect(oidc(keycloak, { isMachine })).resolves.toMatchObject({ kind: "user" });
    await expect(
      oidc({ ...keycloak, preferred_username: "service-web" }, { isMachine }),
    ).resolves.toMatchObject({ kind: "machine" });
  });

  it("gives a program no scopes where there are none", async () => {
    await expect(oidc({ ...auth0Program, scope: undefined })).resolves.toMatchObject({
      kind: "machine",
      scopes: [],
    });
  });

  it.each([
    ["a nonce", { nonce: "n" }],
    ["an access token's hash", { at_hash: "h" }],
    ["a code's hash", { c_hash: "h" }],
    ["a state's hash", { s_hash: "h" }],
    ["Keycloak's word for it", { typ: "ID" }],
    ["Keycloak's word for a refresh token", { typ: "Refresh" }],
    ["Cognito's word for it", { token_use: "id" }],
  ])("is refused for an ID token with %s", async (_what, changes) => {
    await expect(oidc({ ...entraUser, ...changes })).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "wrong_use",
    });
  });

  it("is refused for an ID token that names no client", async () => {
    await expect(oidc({ ...entraUser, azp: undefined })).rejects.toMatchObject({
      rejection: "wrong_client",
    });
  });

  it.each([undefined, "JWT", "at+jwt"])("may be of type %s", async (typ) => {
    await expect(oidc(keycloak, {}, { typ })).resolves.toBeDefined();
  });
});

describe("an OAuth issuer", () => {
  it.each<[string, Options]>([
    ["without an issuer", { issuer: "" }],
    ["without an audience", { audiences: [] }],
    ["with an empty audience", { audiences: [""] }],
    ["with an empty list of clients", { clientIds: [] }],
    ["with an empty client", { clientIds: [""] }],
    ["without an algorithm", { algorithms: [] }],
    ["with shared secrets", { algorithms: ["HS256"] }],
    ["without a longest life", { maxLifeSeconds: Number.POSITIVE_INFINITY }],
    ["with a life of nothing", { maxLifeSeconds: 0 }],
    ["with an empty client for tokens that name none", { defaultClientId: "" }],
    ["without a client where an audience may be missing", { allowMissingAudience: true }],
  ])("%s is trusted by nobody", (_what, changes) => {
    const options = { issuer, keys: keySetOf([key.jwk]), audiences: [audience], ...changes };

    for (const make of [oauthIssuer, oidcIssuer]) {
      expect(() => createJwtVerifier({ issuers: [make(options)] })).toThrow(TypeError);
    }
  });
});
