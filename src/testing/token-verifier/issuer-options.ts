import { ContractFailure, expectEqual } from "../expectations.ts";
import type { OAuthIssuerTerms } from "./library.ts";
import { api, createOidcWorld, userClaims } from "./oidc-world.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import type { Claims } from "./wrong-claims.ts";

interface OptionCase {
  readonly what: string;
  readonly terms: Partial<OAuthIssuerTerms>;
  /** Claims that are taken with the option, and with it alone. */
  readonly taken: readonly Claims[];
  /** Claims that are refused with the option as well. */
  readonly refused: readonly Claims[];
}

/** Options that take what is refused without them, each no more than it says. */
const optionCases: readonly OptionCase[] = [
  {
    what: "TV19: takes a token for nobody in particular",
    terms: { allowMissingAudience: true, clientIds: ["web"] },
    taken: [{ aud: undefined }],
    refused: [
      { aud: null },
      { aud: "" },
      { aud: [] },
      { aud: "https://other.example.com" },
      { aud: undefined, azp: "other" },
      { aud: undefined, azp: undefined },
    ],
  },
  {
    what: "TV18: takes a token that names no client",
    terms: { defaultClientId: "github-actions" },
    taken: [{ azp: undefined }, { azp: null }],
    refused: [
      { azp: "" },
      { azp: ["web"] },
      { client_id: "other" },
      { aud: "other", azp: undefined },
    ],
  },
  {
    what: "TV23: takes scopes in a list",
    terms: { allowScopeList: true },
    taken: [{ scope: ["openid", "orders/read"] }, { scope: [] }],
    refused: [{ scope: [1] }, { scope: [["openid"]] }, { scope: { 0: "openid" } }, { scope: 1 }],
  },
  {
    what: "TV20: takes an access token with a nonce",
    terms: { allowIdTokenClaims: ["nonce"] },
    taken: [{ nonce: "n" }, { nonce: "n", scope: undefined, scp: "orders/read" }],
    refused: [
      { nonce: "n", scope: undefined },
      { nonce: "n", scope: null },
      { nonce: "n", at_hash: "h" },
      { nonce: "n", c_hash: "h" },
      { nonce: "n", token_use: "id" },
      { nonce: "n", typ: "ID" },
      { at_hash: "h" },
    ],
  },
  {
    what: "TV20: takes an access token with a hash of one",
    terms: { allowIdTokenClaims: ["at_hash", "nonce"] },
    taken: [
      { at_hash: "h", scope: undefined },
      { at_hash: "h", nonce: "n", scope: undefined },
    ],
    refused: [
      { nonce: "n", scope: undefined },
      { at_hash: "h", c_hash: "h" },
      { at_hash: "h", s_hash: "h" },
      { at_hash: "h", typ: "ID" },
      { at_hash: "h", aud: "web" },
    ],
  },
];

/**
 * Tokens that the options of an issuer take, and those that they do not: TV18 to TV20 and TV23.
 *
 * @see https://github.com/IdentityServer/IdentityServer4/issues/4030
 * @see https://github.com/okta/okta-jwt-verifier-php/issues/99
 */
export const issuerOptionCases: readonly TokenVerifierCase[] = [
  ...optionCases.map(({ what, terms, taken, refused }) =>
    verifierCase(`${what}, where its issuer's options say so`, async (library) => {
      const usual = await createOidcWorld(library);
      const { verify } = await createOidcWorld(library, terms);

      await verify(userClaims());
      for (const changes of taken) {
        await verify(userClaims(changes));
        await expectRefusal(usual.verify(userClaims(changes)));
      }
      for (const changes of refused) await expectRefusal(verify(userClaims(changes)));
    }),
  ),

  verifierCase(
    "TV18: gives a token that names no client the one of its issuer",
    async (library) => {
      const { verify } = await createOidcWorld(library, { defaultClientId: "github-actions" });

      const { clientId } = await verify(userClaims({ azp: undefined }));

      expectEqual("the client", clientId, "github-actions");
      expectEqual("another's client", (await verify(userClaims())).clientId, "web");
    },
  ),

  verifierCase("TV23: reads scopes in a list one by one", async (library) => {
    const { verify } = await createOidcWorld(library, { allowScopeList: true });

    const { scopes } = await verify(userClaims({ scope: ["openid", "orders/read all"] }));

    expectEqual("the scopes", scopes, ["openid", "orders/read all"]);
  }),

  verifierCase(
    "TV30: takes tokens for nobody in particular of named clients only",
    async (library) => {
      for (const clientIds of [undefined, []]) {
        const terms = { allowMissingAudience: true, ...(clientIds && { clientIds }) };
        try {
          await createOidcWorld(library, terms);
        } catch (error) {
          if (error instanceof TypeError) continue;
        }
        throw new ContractFailure("expected a TypeError, but it was made");
      }
    },
  ),

  ...[
    { auth_time: "now" },
    { auth_time: null },
    { auth_time: -1 },
    { auth_time: [1] },
    { groups: "staff" },
    { groups: null },
    { groups: ["staff", 1] },
    { groups: { 0: "staff" } },
    { preferred_username: 1 },
    { preferred_username: "" },
    { jti: null },
    { sid: null },
    { scope: null },
    { client_id: null },
    { roles: "admin" },
  ].map((changes) =>
    verifierCase(
      `TV23: takes ${JSON.stringify(changes)} for a claim that is missing`,
      async (library) => {
        const { verify } = await createOidcWorld(library);
        const [[name = "", _odd] = []] = Object.entries(changes);
        const without = await verify(userClaims({ [name]: undefined }));

        const principal = await verify(userClaims(changes));

        expectEqual("the principal", principal, without);
      },
    ),
  ),

  verifierCase("TV23: gives a program no scopes for one role in text", async (library) => {
    const { verify } = await createOidcWorld(library);

    const { scopes } = await verify(
      userClaims({ sub: "web", scope: undefined, roles: "superadmin" }),
    );

    expectEqual("the scopes", scopes, []);
  }),

  ...[
    { sub: null },
    { aud: [api, null] },
    { nbf: null },
    { cnf: null },
    { scope: ["openid"] },
    { jti: 1 },
    { sid: 1 },
  ].map((changes) =>
    verifierCase(
      `TV23: refuses a token with ${JSON.stringify(changes)}, on which something depends`,
      async (library) => {
        const { verify } = await createOidcWorld(library);

        await expectRefusal(verify(userClaims(changes)));
      },
    ),
  ),
];
