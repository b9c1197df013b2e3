import type { TokenVerifierLibrary } from "./library.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clientId, clock, issuer, keySetOf, signers } from "./world.ts";
import { type Claims, describeChange } from "./wrong-claims.ts";

/** The name of an API that is no client's. */
const api = "https://api.example.com/orders";

/** The claims of tokens that are not meant for that API, nor given to its client. */
const otherApis: readonly Claims[] = [
  { aud: undefined },
  { aud: null },
  { aud: "" },
  { aud: [] },
  { aud: "https://other.example.com" },
  { aud: api.slice(0, -1) },
  { aud: `${api}/` },
  { aud: api.toUpperCase() },
  { aud: `${api} https://other.example.com` },
  { aud: [[api]] },
  { aud: [api, 1] },
  { aud: { 0: api, length: 1 } },
  { client_id: "other" },
  { client_id: [clientId] },
  { client_id: clientId.slice(1) },
  { azp: "other" },
];

/** For which API tokens are, of an issuer that goes by RFC 9068: TV18. */
export const audienceCases: readonly TokenVerifierCase[] = [
  ...otherApis.map((change) =>
    verifierCase(
      `TV18: refuses for an API a token of ${describeChange(change)}`,
      async (library) => {
        const { verifier, signer } = await createApiWorld(library);

        const token = await signer.sign(accessClaims({ aud: api, ...change }), { typ: "at+jwt" });

        await expectRefusal(verifier.verify(token), "wrong_client", "invalid_claims");
      },
    ),
  ),

  verifierCase(
    "TV18: takes for an API a token that names it, among others or alone",
    async (library) => {
      const { verifier, signer } = await createApiWorld(library);

      for (const aud of [api, [api], ["https://other.example.com", api]])
        await verifier.verify(await signer.sign(accessClaims({ aud }), { typ: "at+jwt" }));
    },
  ),
];

/** A verifier of an API whose issuer goes by RFC 9068, and which takes the tokens of one client. */
async function createApiWorld(library: TokenVerifierLibrary) {
  const [signer] = await signers();
  const keys = keySetOf(signer.jwk);
  const terms = { issuer, keys, audiences: [api], clientIds: [clientId] };
  const verifier = library.createJwtVerifier({ issuers: [library.oauthIssuer(terms)], clock });
  return { verifier, signer };
}
