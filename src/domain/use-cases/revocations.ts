import type { Clock, IdentityProvider, Ports } from "../../ports/index.ts";
import { isIdentityError } from "../errors.ts";
import type { Principal } from "../principal.ts";

/** The ports by which access tokens end before their time. Without a list, they live on where nobody asks the provider. */
export type RevocationPorts = Pick<Ports, "revocations" | "clock"> & {
  readonly identity: Pick<IdentityProvider, "clock">;
};

/** A user, as tokens name them; and when a token of theirs was issued, where there is one. */
type Whose = Pick<Principal, "issuer" | "subject"> & Partial<Pick<Principal, "issuedAt">>;

/** The longest that an access token lives where no list says, in seconds: a day, which no provider goes beyond. */
const longestTokenSeconds = 24 * 60 * 60;

/** The error of our clock against that of whoever issues tokens, in seconds. */
const clockErrorSeconds = 60;

/**
 * Ends the access tokens of a session, where the token that told of it names one.
 *
 * @throws {IdentityError} as `RevocationList.add`
 */
export async function revokeSession(
  ports: RevocationPorts,
  { issuer, sessionId }: { readonly issuer: string; readonly sessionId?: string },
): Promise<void> {
  if (sessionId === undefined) return;
  const until = endOfTokens(ports);
  await ports.revocations?.add({ kind: "session", issuer, sessionId, until });
}

/**
 * Ends all access tokens that a user has now: by the clock of whoever issues them, so that ours may be off. Best right
 * after the provider has ended the sessions.
 *
 * @param aheadSeconds - for how long from now on new ones are refused as well, for a user who is to get none
 * @throws {IdentityError} as `RevocationList.add`
 */
export async function revokeUser(
  ports: RevocationPorts,
  { issuer, subject, issuedAt = 0 }: Whose,
  aheadSeconds = 0,
): Promise<void> {
  const issuingNow = secondsOf(ports.identity.clock ?? ports.clock);
  const issuedUntil = Math.max(issuingNow + aheadSeconds, issuedAt);
  const until = endOfTokens(ports);
  await ports.revocations?.add({ kind: "user", issuer, subject, issuedUntil, until });
}

/**
 * Does what ends all sessions of a caller, and then ends their access tokens. These as well where the provider says that
 * the caller's session has ended already: so it does when a call is repeated whose access tokens could not be ended.
 *
 * @throws {IdentityError} as `RevocationList.add`: the sessions have ended, but the access tokens may not have
 */
export async function endingAccess(
  ports: RevocationPorts,
  principal: Principal,
  end: () => Promise<void>,
): Promise<void> {
  try {
    await end();
  } catch (error) {
    if (isIdentityError(error, "token_revoked")) await revokeUser(ports, principal);
    throw error;
  }
  await revokeUser(ports, principal);
}

function endOfTokens(ports: RevocationPorts): number {
  const life = ports.revocations?.longestTokenSeconds ?? longestTokenSeconds;
  return secondsOf(ports.clock) + life + clockErrorSeconds;
}

function secondsOf(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
