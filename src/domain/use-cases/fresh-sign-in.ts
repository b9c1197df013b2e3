import { IdentityError } from "../errors.ts";
import type { AnyPrincipal } from "../principal.ts";
import type { AuditPorts } from "./audited.ts";
import type { Caller } from "./sessions.ts";

/**
 * Tells whether somebody proved who they are within the last seconds. A token that does not say when they did counts as one
 * of long ago.
 *
 * @param now - in milliseconds since the epoch
 */
export function isFresh(
  { authenticatedAt }: Pick<AnyPrincipal, "authenticatedAt">,
  maxAgeSeconds: number,
  now: number,
): boolean {
  return authenticatedAt !== undefined && now / 1000 - authenticatedAt <= maxAgeSeconds;
}

/**
 * Lets a caller go on who signed in not long ago, and records whoever did not: a refresh makes new tokens, and no new
 * sign-in of them (OWASP ASVS 5.0, 7.5.1).
 *
 * @throws {IdentityError} `reauthentication_required` — the sign-in is longer ago, or the token does not say when it was
 */
export function demandFreshSignIn(
  ports: AuditPorts,
  { principal }: Caller,
  maxAgeSeconds: number,
): void {
  const at = ports.clock.now();
  if (isFresh(principal, maxAgeSeconds, at)) return;
  const { subject } = principal;
  const code = "reauthentication_required";
  ports.events.record({ type: "token_rejection", outcome: "failure", at, subject, code });
  throw new IdentityError(code);
}
