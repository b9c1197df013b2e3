import { clientId, issuer } from "./world.ts";

/** Changes to good claims. */
export type Claims = Readonly<Record<string, unknown>>;

/** Tells of a change in a few words. */
export function describeChange(change: Claims): string {
  const [name] = Object.keys(change);
  return JSON.stringify(change) === "{}" ? `no ${name}` : JSON.stringify(change).slice(0, 120);
}

/** The values that are not the issuer, however much they look like it. */
export const otherIssuers: readonly unknown[] = [
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

export const otherClients: readonly Claims[] = [
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

export const otherAudiences: readonly Claims[] = [
  { aud: "https://api.example.com" },
  { aud: [clientId] },
  { aud: [] },
  { aud: "" },
  { aud: null },
  { aud: clientId.toUpperCase() },
  { aud: [clientId, "other"] },
  { aud: { 0: clientId } },
];

export const noSubjects: readonly unknown[] = [
  undefined,
  null,
  "",
  " ",
  " \u00a0\u3000",
  "\u200b\u2060\u3164",
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
export const wrongTypes: readonly Claims[] = [
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

/** The uses that a token may be for which are no access. */
export const otherUses: readonly unknown[] = [
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
];
