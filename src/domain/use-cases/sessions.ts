import type { Ports } from "../../ports/index.ts";
import { normalizeUsername } from "../credentials.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import type { Principal } from "../principal.ts";
import type { SignInResult, TokenSet } from "../session.ts";
import { type AuditPorts, audited } from "./audited.ts";

type SessionPorts = Pick<Ports, "identity"> & AuditPorts;

/** A caller who showed an access token that was verified. */
export interface Caller {
  readonly principal: Principal;
  readonly accessToken: string;
}

/**
 * Signs a user in by password.
 *
 * @throws {IdentityError} as `Sessions.signIn`
 */
export async function signIn(
  ports: SessionPorts,
  input: { readonly username: string; readonly password: string },
): Promise<SignInResult> {
  const username = normalizeUsername(input.username);
  try {
    return await audited(ports, "sign_in", () =>
      ports.identity.signIn({ username, password: input.password }),
    );
  } catch (error) {
    if (!isIdentityError(error, "user_not_found")) throw error;
    throw new IdentityError("invalid_credentials", { cause: error });
  }
}

/**
 * Trades a refresh token for new tokens.
 *
 * @throws {IdentityError} as `Sessions.refresh`
 */
export async function refreshTokens(
  ports: SessionPorts,
  input: { readonly refreshToken: string },
): Promise<TokenSet> {
  return audited(ports, "token_refresh", () => ports.identity.refresh(input));
}

/**
 * Ends the session of a refresh token.
 *
 * @throws {IdentityError} as `Sessions.signOut`
 */
export async function signOut(
  ports: SessionPorts,
  input: { readonly refreshToken: string },
): Promise<void> {
  await audited(ports, "sign_out", () => ports.identity.signOut(input));
}

/**
 * Ends every session of the caller.
 *
 * @throws {IdentityError} as `Sessions.signOutEverywhere`
 */
export async function signOutEverywhere(ports: SessionPorts, caller: Caller): Promise<void> {
  const end = () => ports.identity.signOutEverywhere({ accessToken: caller.accessToken });
  await audited(ports, "sign_out_everywhere", end, caller.principal.subject);
}

/**
 * Tells whom an access token speaks for.
 *
 * @throws {IdentityError} as `TokenVerifier.verify`
 */
export async function authenticate(
  ports: Pick<Ports, "tokens"> & AuditPorts,
  accessToken: string,
): Promise<Caller> {
  try {
    return { principal: await ports.tokens.verify(accessToken), accessToken };
  } catch (error) {
    if (isIdentityError(error)) {
      const at = ports.clock.now();
      ports.events.record({ type: "token_rejection", outcome: "failure", at, code: error.code });
    }
    throw error;
  }
}
