import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import { createJwtVerifier, idTokenIssuer } from "../../../../src/adapters/jwt/index.ts";
import { bearerAuth } from "../../../../src/http/bearer/bearer-auth.ts";
import { clock, issuer, keySetOf, nowSeconds, sign, signingKey } from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
});

type Options = Partial<Parameters<typeof idTokenIssuer>[0]>;
type Claims = Readonly<Record<string, unknown>>;

const times = { iat: nowSeconds - 60, exp: nowSeconds + 3540 };

function verifier(options: Options = {}) {
  const terms = { issuer, keys: keySetOf([key.jwk]), clientIds: ["web"], ...options };
  return createJwtVerifier({ issuers: [idTokenIssuer(terms)], clock });
}

const token = (claims: Claims = {}, header: Claims = {}) =>
  sign({ iss: issuer, aud: "web", sub: "user-1", ...times, ...claims }, key.privateKey, header);

describe("an ID token", () => {
  it("tells of its user as Cognito has it", async () => {
    const claims = {
      token_use: "id",
      "cognito:username": "ada",
      origin_jti: "session-1",
      jti: "token-1",
      auth_time: times.iat,
      acr: "urn:mfa",
      email: "ada@example.com",
      email_verified: false,
    };

    const principal = await verifier({ usernameClaim: "cognito:username" }).verify(
      await token(claims),
    );

    expect(principal).toEqual({
      kind: "id_token",
      subject: "user-1",
      issuer,
      clientId: "web",
      scopes: [],
      issuedAt: times.iat,
      expiresAt: times.exp,
      username: "ada",
      authenticatedAt: times.iat,
      authenticationClass: "urn:mfa",
      tokenId: "token-1",
      sessionId: "session-1",
      email: "ada@example.com",
      isEmailVerified: false,
    });
  });

  it("tells of no more than it says", async () => {
    expect(await verifier().verify(await token())).toEqual({
      kind: "id_token",
      subject: "user-1",
      issuer,
      clientId: "web",
      scopes: [],
      issuedAt: times.iat,
      expiresAt: times.exp,
      username: "user-1",
    });
  });

  it.each(["true", 1, null, undefined])("proves no address by the word %j", async (word) => {
    const claims = { email: "ada@example.com", email_verified: word };

    expect(await verifier().verify(await token(claims))).toMatchObject({ isEmailVerified: false });
  });

  it("names the client that it was issued to, of several of ours", async () => {
    const both = verifier({ clientIds: ["web", "app"] });

    const principal = await both.verify(await token({ aud: ["web", "app"], azp: "app" }));

    expect(principal.clientId).toBe("app");
    await expect(both.verify(await token({ aud: ["web", "app"] }))).rejects.toMatchObject({
      rejection: "wrong_client",
      rejectionReason: "other_client",
    });
    await expect(both.verify(await token({ aud: undefined }))).rejects.toMatchObject({
      rejectionReason: "no_audience",
    });
  });

  it("may live as long as its issuer is said to let it, and be signed as it is said to", async () => {
    const long = { exp: times.iat + 100_000 };
    const curve = await signingKey("access-1", "ES256");
    const signed = await sign(
      { iss: issuer, aud: "web", sub: "user-1", ...times, ...long },
      curve.privateKey,
      { alg: "ES256" },
    );
    const terms = { keys: keySetOf([curve.jwk]), algorithms: ["ES256"], maxLifeSeconds: 100_000 };

    await expect(verifier(terms).verify(signed)).resolves.toMatchObject({ subject: "user-1" });
    await expect(verifier().verify(await token(long))).rejects.toMatchObject({
      rejectionReason: "life_too_long",
    });
  });

  it("lets nobody in where a scope or a group is asked for", async () => {
    const shown = await token({ groups: ["staff"], preferred_username: "ada" });
    const headers = { Authorization: `Bearer ${shown}` };
    const app = new Hono();
    const options = { verifier: verifier() };
    app.get(
      "/anyone",
      bearerAuth(options, (c) => c.text(c.var.principal.username)),
    );
    app.get(
      "/staff",
      bearerAuth({ ...options, groups: ["staff"] }, (c) => c.text("in")),
    );
    app.get(
      "/orders",
      bearerAuth({ ...options, scopes: ["orders"] }, (c) => c.text("in")),
    );

    const answers = ["/anyone", "/staff", "/orders"].map((path) => app.request(path, { headers }));

    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 403, 403]);
  });

  it.each<[string, Options]>([
    ["a client", { clientIds: [] }],
    ["a client that has a name", { clientIds: [""] }],
    ["an issuer", { issuer: "" }],
    ["an algorithm", { algorithms: [] }],
    ["a longest life", { maxLifeSeconds: Number.NaN }],
  ])("is taken of no issuer without %s", (_what, options) => {
    expect(() => verifier(options)).toThrow(TypeError);
  });
});
