import type { BrokenProvider } from "../broken-provider.ts";

const methods = [
  "getProfile",
  "deleteAccount",
  "signOutEverywhere",
  "changePassword",
  "updateAttributes",
  "startAttributeVerification",
  "confirmAttribute",
  "getMfa",
  "startTotp",
  "confirmTotp",
  "setMfa",
  "startPasskeyRegistration",
  "listPasskeys",
  "deletePasskey",
  "listSessions",
  "endSession",
] as const;

const badTokens = [
  ["a token whose session has ended", "token_revoked"],
  ["a token that nobody signed", "invalid_token"],
  ["an ID token", "invalid_token"],
  ["a refresh token", "invalid_token"],
  ["a token past its time", "token_expired"],
] as const;

/** A provider for each method, which asks for no token at all there. */
export const brokenAccessTokens = methods.flatMap((method) =>
  badTokens.map(
    ([token, code]): BrokenProvider => ({
      fault: `takes ${token} for ${method}, as it takes anything`,
      caughtBy: `access tokens: ${method} refuses ${token}`,
      saying: `expected ${code}, but the call worked`,
      breakParts: ({ identity }) => ({
        identity: Object.assign({ ...identity }, { [method]: async () => undefined }),
      }),
    }),
  ),
);
