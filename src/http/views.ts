import type * as z from "zod/mini";
import type { Principal } from "../domain/principal.ts";
import type { SignInResult, TokenSet } from "../domain/session.ts";
import type { Profile } from "../domain/user.ts";
import type * as responses from "./schemas/responses.ts";
import type * as sessions from "./schemas/sessions.ts";

/** Names tokens as OAuth does. */
export function tokensView(tokens: TokenSet): z.input<typeof sessions.Tokens> {
  return {
    access_token: tokens.accessToken,
    id_token: tokens.idToken,
    refresh_token: tokens.refreshToken,
    token_type: tokens.tokenType,
    expires_in: tokens.expiresIn,
  };
}

export function signInView({
  status,
  tokens,
}: SignInResult): z.input<typeof sessions.SignInResponse> {
  return { status, tokens: tokensView(tokens) };
}

/** Names what a token says as the token does (RFC 7519 section 4.1, RFC 9068 section 2.2). */
export function sessionView(principal: Principal): z.input<typeof sessions.Session> {
  const claims = {
    sub: principal.subject,
    iss: principal.issuer,
    client_id: principal.clientId,
    scopes: [...principal.scopes],
    iat: principal.issuedAt,
    exp: principal.expiresAt,
    auth_time: principal.authenticatedAt,
    jti: principal.tokenId,
  };
  if (principal.kind === "machine") return { kind: principal.kind, ...claims };
  const { kind, username, groups } = principal;
  return { kind, username, groups: [...groups], ...claims };
}

export function profileView(profile: Profile): z.input<typeof responses.Profile> {
  return {
    sub: profile.subject,
    username: profile.username,
    attributes: { ...profile.attributes },
  };
}
