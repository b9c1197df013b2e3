import type { Ports } from "../../ports/index.ts";
import type { Principal } from "../principal.ts";

/** What ends access tokens before their time. Without a list, they live on where nobody asks the provider. */
export type RevocationPorts = Pick<Ports, "revocations" | "clock">;

/** The longest that an access token lives from now on, in seconds: a day, which no provider goes beyond, and a clock's error. */
const longestLifeSeconds = 24 * 60 * 60 + 60;

/**
 * Ends the access tokens of a session, where the token that told of it names one.
 *
 * @throws {IdentityError} as `RevocationList.add`
 */
export async function revokeSession(
  { revocations, clock }: RevocationPorts,
  principal: Principal,
): Promise<void> {
  if (principal.kind !== "user" || principal.sessionId === undefined) return;
  const { issuer, sessionId } = principal;
  const until = seconds(clock.now()) + longestLifeSeconds;
  await revocations?.add({ kind: "session", issuer, sessionId, until });
}

/**
 * Ends all access tokens that a user has now.
 *
 * @throws {IdentityError} as `RevocationList.add`
 */
export async function revokeUser(
  { revocations, clock }: RevocationPorts,
  { issuer, subject }: Pick<Principal, "issuer" | "subject">,
): Promise<void> {
  const issuedUntil = seconds(clock.now());
  const until = issuedUntil + longestLifeSeconds;
  await revocations?.add({ kind: "user", issuer, subject, issuedUntil, until });
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
