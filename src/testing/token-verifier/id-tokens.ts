import type { AnyPrincipal } from "../../domain/principal.ts";
import { expectEqual } from "../expectations.ts";
import type { TokenVerifierLibrary } from "./library.ts";
import { createOidcWorld, userClaims } from "./oidc-world.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { clock, issuer, keySetOf, nowSeconds, signers } from "./world.ts";
import { type Claims, describeChange } from "./wrong-claims.ts";

/** Claims of tokens that tell no client of ours who signed in. */
const others: readonly Claims[] = [
  { aud: undefined },
  { aud: "other" },
  { aud: ["other"] },
  { aud: ["web", "other"] },
  { aud: "other", azp: "web" },
  { azp: "other" },
  { azp: ["web", "other"] },
  { azp: null },
  { scope: "openid" },
  { scp: ["orders.read"] },
  { client_id: "web" },
  { token_use: "access" },
  { typ: "Bearer" },
  { typ: "DPoP" },
  { typ: "Refresh" },
  { cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } },
  { sub: undefined },
  { sub: " " },
  { iat: undefined },
  { exp: undefined },
  { exp: nowSeconds - 60 },
  { iss: `${issuer}/` },
];

/** ID tokens for those who ask for them: TV20. */
export const idTokenCases: readonly TokenVerifierCase[] = [
  verifierCase("TV20: gives a principal of its own kind for an ID token", async (library) => {
    const { verify } = await createIdTokenWorld(library);

    const principal = await verify(
      idClaims({ preferred_username: "ada", email: "ada@example.com", email_verified: true }),
    );

    expectEqual("the principal", principal, {
      kind: "id_token",
      subject: "user-1",
      issuer,
      clientId: "web",
      scopes: [],
      issuedAt: nowSeconds - 60,
      expiresAt: nowSeconds + 3540,
      username: "ada",
      authenticatedAt: nowSeconds - 90,
      sessionId: "session-1",
      email: "ada@example.com",
      isEmailVerified: true,
    });
  }),

  ...[
    {},
    { aud: ["web"] },
    { aud: ["web", "other"], azp: "web" },
    { token_use: "id", origin_jti: "session-1", sid: undefined },
    { typ: "ID" },
    { nonce: "n", at_hash: "h", c_hash: "h" },
    { auth_time: "now", email: 1, sid: null, jti: 1, preferred_username: [] },
  ].map((changes) =>
    verifierCase(`TV20: takes an ID token with ${JSON.stringify(changes)}`, async (library) => {
      const { verify } = await createIdTokenWorld(library);

      expectEqual("the kind", (await verify(idClaims(changes))).kind, "id_token");
    }),
  ),

  ...others.map((change) =>
    verifierCase(
      `TV20: takes for no ID token of ours ${describeChange(change)}`,
      async (library) => {
        const { verify } = await createIdTokenWorld(library);

        await expectRefusal(verify(idClaims(change)));
      },
    ),
  ),

  ...["at+jwt", "application/at+jwt", "logout+jwt", ""].map((typ) =>
    verifierCase(`TV20: takes for no ID token one of type "${typ}"`, async (library) => {
      const { verify } = await createIdTokenWorld(library);

      await expectRefusal(verify(idClaims(), { typ }), "wrong_use");
    }),
  ),

  verifierCase("TV20: takes no ID token beside access tokens, nor the reverse", async (library) => {
    const access = await createOidcWorld(library, { audiences: ["web"] });
    const id = await createIdTokenWorld(library);
    const idToken = idClaims({ nonce: "n", azp: "web" });

    await id.verify(idToken);
    await expectRefusal(access.verify(idToken), "wrong_use");
    await access.verify(userClaims({ aud: "web" }));
    await expectRefusal(id.verify(userClaims({ aud: "web" })), "wrong_use");
  }),
];

async function createIdTokenWorld(library: TokenVerifierLibrary) {
  const [signer] = await signers();
  const keys = keySetOf(signer.jwk);
  const issuers = [library.idTokenIssuer({ issuer, keys, clientIds: ["web"] })];
  const verifier = library.createJwtVerifier({ issuers, clock });
  return {
    verify: async (claims: Claims, header: Claims = {}): Promise<AnyPrincipal> =>
      verifier.verify(await signer.sign(claims, header)),
  };
}

function idClaims(changes: Claims = {}): Claims {
  return {
    iss: issuer,
    aud: "web",
    sub: "user-1",
    sid: "session-1",
    auth_time: nowSeconds - 90,
    iat: nowSeconds - 60,
    exp: nowSeconds + 3540,
    ...changes,
  };
}
