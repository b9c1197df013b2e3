import type { TokenVerifierLibrary } from "./library.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clock, issuer, keySetOf, signers } from "./world.ts";

const jkt = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

/** The claims that Keycloak puts into an access token that is bound to a key. */
const keycloak = { aud: "api", typ: "DPoP", token_use: undefined, cnf: { jkt } };

/**
 * Tokens that are bound to a key, as issuers write them: TV20.
 *
 * @see https://github.com/keycloak/keycloak/issues/21919
 * @see https://github.com/auth0/node-oauth2-jwt-bearer/issues/254
 */
export const boundCases: readonly TokenVerifierCase[] = [
  ...[{ jkt }, { jkt, "kc-jkt-type": "DPoP" }, { "urn:example": { jwk: {} }, jkt }].map((cnf) =>
    verifierCase(
      `TV20: takes with a proof alone a token of type DPoP with ${JSON.stringify(cnf)}`,
      async (library) => {
        const { verifier, signer } = await createOidcWorld(library);
        const token = await signer.sign(accessClaims({ ...keycloak, cnf }));

        await verifier.verifyBound(token);

        await expectRefusal(verifier.verify(token), "wrong_use");
      },
    ),
  ),

  ...["x5t#S256", "jwk", "jwe", "kid", "jku", "osc"].map((other) =>
    verifierCase(`TV20: takes no token that is bound by ${other} besides`, async (library) => {
      const { verifier, signer } = await createOidcWorld(library);
      const token = await signer.sign(accessClaims({ ...keycloak, cnf: { jkt, [other]: "AQ" } }));

      await expectRefusal(verifier.verifyBound(token), "wrong_use");
      await expectRefusal(verifier.verify(token), "wrong_use");
    }),
  ),

  ...[undefined, null, {}, { "kc-jkt-type": "DPoP" }, { jkt: null }, [jkt]].map((cnf) =>
    verifierCase(
      `TV20: takes no token of type DPoP that is bound by ${JSON.stringify(cnf) ?? "nothing"}`,
      async (library) => {
        const { verifier, signer } = await createOidcWorld(library);
        const token = await signer.sign(accessClaims({ ...keycloak, cnf }));

        await expectRefusal(verifier.verify(token), "wrong_use");
        await expectRefusal(verifier.verifyBound(token), "wrong_use");
      },
    ),
  ),
];

async function createOidcWorld(library: TokenVerifierLibrary) {
  const [signer] = await signers();
  const terms = { issuer, keys: keySetOf(signer.jwk), audiences: ["api"] };
  const verifier = library.createJwtVerifier({ issuers: [library.oidcIssuer(terms)], clock });
  return { verifier, signer };
}
