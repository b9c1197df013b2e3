import type { TokenRejection } from "../../domain/errors.ts";
import { expectEqual, expectThat } from "../expectations.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clientId, createWorld, issuer, keySetOf } from "./world.ts";
import {
  type Claims,
  describeChange,
  noSubjects,
  otherAudiences,
  otherClients,
  otherIssuers,
  otherUses,
  wrongTypes,
} from "./wrong-claims.ts";

/** The cases on whom tokens speak for, and to whom: TV17 to TV20, TV22, TV23, TV29. */
export const claimCases: readonly TokenVerifierCase[] = [
  ...casesOf(
    "TV17: refuses the issuer",
    otherIssuers.map((iss) => ({ iss })),
    "wrong_issuer",
  ),
  ...casesOf("TV18: refuses the client of", otherClients, "wrong_client"),
  ...casesOf("TV19: refuses the audience of", otherAudiences, "wrong_client"),
  ...casesOf(
    "TV22: refuses the subject of",
    noSubjects.map((sub) => ({ sub })),
    "invalid_claims",
  ),
  ...casesOf("TV23: refuses", wrongTypes, "invalid_claims"),
  ...casesOf(
    "TV20: refuses a token for",
    otherUses.map((token_use) => ({ token_use })),
    "wrong_use",
  ),

  verifierCase("TV20: refuses an ID token and a refresh token", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const { client_id: _client, scope: _scope, username, ...rest } = accessClaims();
    const id = {
      ...rest,
      token_use: "id",
      aud: clientId,
      "cognito:username": username,
      email: "ada@example.com",
    };
    const encrypted = [
      "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ",
      "AA",
      "AA",
      "AA",
      "AA",
    ];

    await expectRefusal(verifier.verify(await signer.sign(id)), "wrong_use");
    await expectRefusal(verifier.verify(encrypted.join(".")), "malformed");
  }),

  verifierCase(
    "TV20: refuses a token that is bound to a key, which nobody proves to have",
    async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(
        accessClaims({ cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
      );

      await expectRefusal(verifier.verify(token), "wrong_use");
    },
  ),

  verifierCase("TV19: takes a token that names its own client as its audience", async (library) => {
    const { verifier, signer } = await createWorld(library);

    await verifier.verify(await signer.sign(accessClaims({ aud: clientId })));
  }),

  verifierCase("TV22: takes a subject of 255 characters of any script", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const sub = "\u{1F600}é".repeat(85);

    const principal = await verifier.verify(await signer.sign(accessClaims({ sub })));

    expectEqual("the subject", principal.subject, sub);
  }),

  verifierCase(
    "TV29: tells users apart by issuer and subject, whatever their names",
    async (library) => {
      const { signer } = await createWorld(library);
      const issuers = [`${issuer}1`, `${issuer}2`].map((name) =>
        library.oauthIssuer({ issuer: name, keys: keySetOf(signer.jwk), audiences: ["api"] }),
      );
      const { clock } = { clock: { now: () => Number(accessClaims().iat) * 1000 } };
      const verifier = library.createJwtVerifier({ issuers, clock });
      const people = await Promise.all(
        [1, 2].map(async (which) => {
          const claims = {
            iss: `${issuer}${which}`,
            aud: "api",
            preferred_username: "ada",
            email: "ada@example.com",
          };
          return verifier.verify(await signer.sign(accessClaims(claims), { typ: "at+jwt" }));
        }),
      );

      expectEqual("the subjects", new Set(people.map(({ subject }) => subject)).size, 1);
      expectEqual("the issuers", new Set(people.map((person) => person.issuer)).size, 2);
      expectThat("no principal holds an address", !JSON.stringify(people).includes("@"));
    },
  ),

  verifierCase("TV29: gives the principal of a user, and of a program", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const {
      username: _name,
      "cognito:groups": _groups,
      origin_jti: _origin,
      ...rest
    } = accessClaims();

    const user = await verifier.verify(await signer.sign(accessClaims()));
    const program = await verifier.verify(
      await signer.sign({ ...rest, sub: clientId, scope: "api/read api/write" }),
    );

    expectEqual("the kind", user.kind, "user");
    expectEqual("the issuer", user.issuer, issuer);
    expectEqual("the groups", user.kind === "user" && user.groups, ["admins", "readers"]);
    expectEqual("the kind", program.kind, "machine");
    expectEqual("the scopes", program.scopes, ["api/read", "api/write"]);
  }),
];

function casesOf(
  what: string,
  changes: readonly Claims[],
  rejection: TokenRejection,
): TokenVerifierCase[] {
  return changes.map((change) =>
    verifierCase(`${what} ${describeChange(change)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(change));

      await expectRefusal(verifier.verify(token), rejection);
    }),
  );
}
