import type { TokenRejection } from "../../domain/errors.ts";
import { expectEqual, expectThat } from "../expectations.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clientId, createWorld, issuer, keySetOf } from "./world.ts";

type Claims = Readonly<Record<string, unknown>>;

/** What is not the issuer, however much it looks like it. */
const otherIssuers: readonly unknown[] = [
  `${issuer}/`,
  `${issuer}//`,
  `/${issuer}`,
  ` ${issuer}`,
  `${issuer} `,
  `${issuer}\n`,
  `${issuer}\0`,
  `${issuer}?`,
  `${issuer}#`,
  `${issuer}.`,
  issuer.toUpperCase(),
  issuer.replace("https", "HTTPS"),
  issuer.replace("https", "http"),
  issuer.replace("cognito", "Cognito"),
  issuer.slice(0, -1),
  issuer.slice(1),
  issuer.replace(".com/", ".com:443/"),
  issuer.replace(".com/", ".com./"),
  issuer.replace("//", "//user@"),
  issuer.replace("//", "//evil.example/"),
  `https://evil.example/${issuer}`,
  `${issuer}.evil.example`,
  issuer.replace("eu-west-1_", "eu-west-1%5F"),
  issuer.replace("/eu-", "/./eu-"),
  issuer.replace("/eu-", "//eu-"),
  issuer.replace("eu-west-1_", "us-east-1_"),
  [issuer],
  { iss: issuer },
  null,
  undefined,
  1,
  true,
  "",
  issuer.replace("o", "\u043e"),
  `${issuer.normalize("NFD")}\u0301`,
];

const otherClients: readonly Claims[] = [
  { client_id: "other" },
  { client_id: undefined },
  { client_id: null },
  { client_id: [clientId] },
  { client_id: { id: clientId } },
  { client_id: clientId.slice(1) },
  { client_id: `${clientId}0` },
  { client_id: clientId.toUpperCase() },
  { client_id: ` ${clientId}` },
  { client_id: "" },
  { client_id: 1 },
  { client_id: "__proto__" },
];

const otherAudiences: readonly Claims[] = [
  { aud: "https://api.example.com" },
  { aud: [clientId] },
  { aud: [] },
  { aud: "" },
  { aud: null },
  { aud: clientId.toUpperCase() },
  { aud: [clientId, "other"] },
  { aud: { 0: clientId } },
];

const noSubjects: readonly unknown[] = [
  undefined,
  null,
  "",
  7,
  true,
  ["a"],
  {},
  "a\0b",
  "a\r\nb",
  "\u001b[31m",
  "\u0085",
  "\u007f",
  "a\ud800",
  "a".repeat(256),
];

/** Claims of other types than they must be, by what a careless reader would make of them. */
const wrongTypes: readonly Claims[] = [
  { scope: ["admin"] },
  { scope: 1 },
  { scope: null },
  { scope: { admin: true } },
  { "cognito:groups": "superadmins" },
  { "cognito:groups": { 0: "admins" } },
  { "cognito:groups": [1] },
  { "cognito:groups": [["admins"]] },
  { "cognito:groups": [null] },
  { "cognito:groups": [""] },
  { "cognito:groups": null },
  { "cognito:groups": ["a\nb"] },
  { username: null },
  { username: "" },
  { username: ["ada"] },
  { username: "a\nb" },
  { jti: 1 },
  { jti: "" },
  { origin_jti: {} },
];

/** Whom tokens speak for, and to whom: TV17 to TV20, TV22, TV23, TV29. */
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
    [
      "id",
      "refresh",
      "Access",
      "access ",
      "",
      null,
      undefined,
      true,
      ["access"],
      { access: 1 },
    ].map((token_use) => ({
      token_use,
    })),
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
    verifierCase(`${what} ${describe(change)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(change));

      await expectRefusal(verifier.verify(token), rejection);
    }),
  );
}

function describe(change: Claims): string {
  const [name] = Object.keys(change);
  return JSON.stringify(change) === "{}" ? `no ${name}` : JSON.stringify(change).slice(0, 120);
}
