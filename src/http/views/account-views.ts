import type { Principal } from "../../domain/principal.ts";
import type { SessionSummary, SignInResult, TokenSet } from "../../domain/session.ts";
import type { Profile } from "../../domain/user.ts";
import type { IntrospectionResponse } from "../schemas/introspection.ts";
import type * as profiles from "../schemas/profiles.ts";
import type { Input } from "../schemas/registry.ts";
import type * as sessions from "../schemas/sessions.ts";
import { challengeView, type TotpUriOf } from "./challenge-view.ts";

/** Names tokens as OAuth does. */
export function tokensView(tokens: TokenSet): Input<typeof sessions.Tokens> {
  return {
    access_token: tokens.accessToken,
    id_token: tokens.idToken,
    refresh_token: tokens.refreshToken,
    token_type: tokens.tokenType,
    expires_in: tokens.expiresIn,
  };
}

/** @param toUri - writes the secret of an authenticator app as a URI */
export function signInView(
  result: SignInResult,
  toUri: TotpUriOf,
): Input<typeof sessions.SignInResponse> {
  const { status } = result;
  if (status === "challenge") return { status, challenge: challengeView(result.challenge, toUri) };
  return { status, tokens: tokensView(result.tokens) };
}

/** Names what a token says as the token does (RFC 7519 section 4.1, RFC 9068 section 2.2). */
export function sessionView(principal: Principal): Input<typeof sessions.Session> {
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

/** Names what a token says as RFC 7662 section 2.2 does. */
export function introspectionView(
  principal: Principal | undefined,
): Input<typeof IntrospectionResponse> {
  if (!principal) return { active: false };
  const { kind: _kind, scopes, ...claims } = sessionView(principal);
  return { active: true, token_type: "Bearer", scope: scopes.join(" "), ...claims };
}

export function profileView(profile: Profile): Input<typeof profiles.Profile> {
  return {
    sub: profile.subject,
    username: profile.username,
    attributes: { ...profile.attributes },
  };
}

export function sessionSummaryView({
  id,
  createdAt,
  lastActiveAt,
  isCurrent,
  device,
}: SessionSummary): Input<typeof sessions.SessionsResponse>["sessions"][number] {
  return {
    id,
    created_at: createdAt,
    ...(lastActiveAt !== undefined && { last_active_at: lastActiveAt }),
    is_current: isCurrent,
    ...(device !== undefined && { device }),
  };
}
