import { describe, expect, it } from "vitest";
import {
  readNames,
  readText,
  readTime,
  readWords,
} from "../../../../src/adapters/jwt/claims/claim-readers.ts";
import { readCognitoPrincipal } from "../../../../src/adapters/jwt/claims/cognito-claims.ts";
import { readConfirmation } from "../../../../src/adapters/jwt/claims/confirmation.ts";
import { readOAuthPrincipal } from "../../../../src/adapters/jwt/claims/oauth-claims.ts";
import { speaksForMachine } from "../../../../src/adapters/jwt/claims/programs.ts";
import { claims, clientId, issuer, nowSeconds } from "../token-signer.ts";

const refused = (rejection: string) =>
  expect.objectContaining({ code: "invalid_token", rejection }) as Error;

describe("the text of a claim", () => {
  it.each([
    undefined,
    null,
    7,
    true,
    {},
    ["ada"],
    "",
    "a\n",
    "a\u007f",
    "a\u0085",
    "a\udc00",
    "a".repeat(256),
    " ",
    "\u00a0\u3000",
    "\u200b\u2060",
  ])("is not %j", (claim) => {
    expect(() => readText(claim)).toThrow(refused("invalid_claims"));
  });

  it.each(["a", "a".repeat(255), "Zoë 👋", "a b", " a", "a ", "~", "\u200ba"])(
    "is %j as it stands",
    (claim) => {
      expect(readText(claim)).toBe(claim);
    },
  );
});

describe("the time of a claim", () => {
  it.each([
    ...[undefined, null, "1", [1], true, 0, -1],
    ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ])("is not %o", (claim) => {
    expect(() => readTime(claim)).toThrow(refused("invalid_claims"));
  });

  it.each([0.5, 1, nowSeconds])("is %d", (claim) => {
    expect(readTime(claim)).toBe(claim);
  });
});

describe("the words of a claim", () => {
  it.each([[null], [7], [["a"]], [{}]])("are not %j", (claim) => {
    expect(() => readWords(claim)).toThrow(refused("invalid_claims"));
  });

  it.each([
    [undefined, []],
    ["", []],
    [" ", []],
    ["a", ["a"]],
    ["a b", ["a", "b"]],
    [" a  b ", ["a", "b"]],
  ])("in %j are %j", (claim, words) => {
    expect(readWords(claim)).toEqual(words);
  });
});

describe("the names of a claim", () => {
  it.each([[null], ["admin"], [7], [{}], [[7]], [[""]], [["a", ["b"]]]])("are not %j", (claim) => {
    expect(() => readNames(claim)).toThrow(refused("invalid_claims"));
  });

  it.each([
    [undefined, []],
    [[], []],
    [
      ["a", "b"],
      ["a", "b"],
    ],
  ])("in %j are %j", (claim, names) => {
    expect(readNames(claim)).toEqual(names);
  });
});

describe("the key that a token is bound to", () => {
  const thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

  it("is named by its thumbprint", () => {
    expect(readConfirmation({ jkt: thumbprint })).toEqual({ thumbprint });
    expect(readConfirmation({ jkt: thumbprint, kind: "DPoP" })).toEqual({ thumbprint });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["text", thumbprint],
    ["a list", [{ jkt: thumbprint }]],
    ["an object with nothing in it", {}],
    ["another way", { "x5t#S256": thumbprint }],
    ["a second way besides", { jkt: thumbprint, "x5t#S256": thumbprint }],
    ["a key besides", { jkt: thumbprint, jwk: undefined }],
    ["an encrypted key besides", { jkt: thumbprint, jwe: "" }],
    ["the id of a key besides", { jkt: thumbprint, kid: "" }],
    ["the address of a key besides", { jkt: thumbprint, jku: "" }],
    ["a context of OSCORE besides", { jkt: thumbprint, osc: {} }],
    ["a thumbprint in a list", { jkt: [thumbprint] }],
    ["no thumbprint", { jkt: undefined }],
    ["part of a thumbprint", { jkt: thumbprint.slice(1) }],
    ["more than a thumbprint before", { jkt: `a${thumbprint}` }],
    ["more than a thumbprint after", { jkt: `${thumbprint}a` }],
    ["a thumbprint in plain base64", { jkt: thumbprint.replace("-", "+") }],
  ])("is not named by %s", (_what, cnf) => {
    expect(() => readConfirmation(cnf)).toThrow(refused("wrong_use"));
  });
});

describe("whom a token speaks for", () => {
  const cognito = { clientIds: new Set([clientId]), audiences: new Set<string>() };
  const oauth = {
    audiences: new Set(["orders"]),
    clientIds: undefined,
    usernameClaim: "username",
    groupsClaim: "groups",
    isMachine: speaksForMachine,
  };

  it("may have signed in at a time that Cognito does not tell", () => {
    const principal = readCognitoPrincipal(claims({ auth_time: undefined }), cognito);

    expect(principal).not.toHaveProperty("authenticatedAt");
  });

  it("may do nothing where nothing is said of that", () => {
    const principal = readOAuthPrincipal(
      { iss: issuer, sub: "ada", aud: "orders", client_id: clientId, iat: 1, exp: 2 },
      oauth,
    );

    expect(principal).toEqual({
      kind: "user",
      subject: "ada",
      issuer,
      clientId,
      issuedAt: 1,
      expiresAt: 2,
      scopes: [],
      username: "ada",
      groups: [],
    });
  });

  it.each([
    ["there is nothing", {}],
    ["there is no object", { realm_access: "roles" }],
    ["there is nothing in it", { realm_access: {} }],
  ])("is in no group where %s at their path", (_case, changes) => {
    const groupsClaim = ["realm_access", "roles"];
    const claim = { iss: issuer, sub: "ada", aud: "orders", client_id: clientId, iat: 1, exp: 2 };

    const principal = readOAuthPrincipal({ ...claim, ...changes }, { ...oauth, groupsClaim });

    expect(principal).toMatchObject({ kind: "user", groups: [] });
  });

  it.each([
    { clientHost: "10.0.0.7" },
    { clientAddress: "10.0.0.7" },
    { typ: "Bearer", azp: "Web", preferred_username: "service-account-web" },
    { typ: "DPoP", azp: "Web", preferred_username: "service-account-web" },
    { azp: "web", sub: "web@clients" },
    { client_id: "web", azp: null, sub: "web" },
  ])("is a program by %j", (claims) => {
    expect(speaksForMachine(claims)).toBe(true);
  });

  it.each([
    { azp: "web", preferred_username: "service-account-web" },
    { typ: "ID", azp: "web", preferred_username: "service-account-web" },
    { typ: "Bearer", azp: "web", sid: "1", preferred_username: "service-account-web" },
    { typ: "Bearer", azp: "web", preferred_username: "service-account-other" },
    { typ: "Bearer", preferred_username: "service-account-undefined" },
    { sub: "undefined@clients" },
  ])("is no program by %j", (claims) => {
    expect(speaksForMachine(claims)).toBe(false);
  });

  it("is no program where neither subject nor object is named", () => {
    expect(speaksForMachine({})).toBe(false);
    expect(speaksForMachine({ oid: "ada", sub: "ada" })).toBe(true);
    expect(speaksForMachine({ oid: "ada", sub: "ada", scp: "read" })).toBe(false);
  });
});
