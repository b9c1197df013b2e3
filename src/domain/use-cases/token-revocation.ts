import type { Ports } from "../../ports/index.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import type { Principal } from "../principal.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { revokeSession } from "./revocations.ts";

type RevocationPorts = Pick<Ports, "identity" | "tokens" | "revocations"> & AuditPorts;

/**
 * Ends a token, of whichever kind it is. One that is unknown, expired or dead already is no error: there is nothing left
 * to end then (RFC 7009 section 2.2). With a refresh token ends its session; with an access token all access tokens of
 * its session, wherever revocations are read.
 *
 * @throws {IdentityError} `unsupported_token_type` — an ID token, an access token that names no session, or any access
 *   token where there is nobody to tell of it
 * @throws {IdentityError} `keys_unavailable` — what kind of token it is cannot be told now
 * @throws {IdentityError} as `Sessions.signOut` and `RevocationList.add`
 */
export async function revokeToken(ports: RevocationPorts, token: string): Promise<void> {
  const principal = await readAccessToken(ports, token);
  if (principal === "dead") return;
  const subject = principal?.subject;
  const end = () =>
    principal ? revokeAccessToken(ports, principal) : revokeRefreshToken(ports, token);
  await audited(ports, "token_revocation", end, { ...(subject !== undefined && { subject }) });
}

/** Gives whom an access token speaks for, or nothing for what is none. What this finds out costs no call upstream. */
async function readAccessToken(
  { tokens }: RevocationPorts,
  token: string,
): Promise<Principal | "dead" | undefined> {
  try {
    return await tokens.verify(token);
  } catch (error) {
    if (isIdentityError(error, "token_expired", "token_revoked")) return "dead";
    if (!isIdentityError(error, "invalid_token")) throw error;
    if (error.rejection !== "wrong_use") return undefined;
    throw new IdentityError("unsupported_token_type", { cause: error });
  }
}

async function revokeAccessToken(ports: RevocationPorts, principal: Principal): Promise<void> {
  const hasSession = principal.kind === "user" && principal.sessionId !== undefined;
  if (!hasSession || !ports.revocations) throw new IdentityError("unsupported_token_type");
  await revokeSession(ports, principal);
}

/**
 * Revokes a token as a refresh token. One that the provider takes for a token of another kind is none of its own, or it
 * would have been known above.
 */
async function revokeRefreshToken(
  { identity }: RevocationPorts,
  refreshToken: string,
): Promise<void> {
  try {
    await identity.signOut({ refreshToken });
  } catch (error) {
    if (!isIdentityError(error, "unsupported_token_type")) throw error;
  }
}
