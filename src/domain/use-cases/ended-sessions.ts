import { IdentityError, isIdentityError } from "../errors.ts";
import type { Principal } from "../principal.ts";
import type { EndedSessions } from "../session.ts";
import type { AuditPorts } from "./audited.ts";
import { type RevocationPorts, revokeSession, revokeUser } from "./revocations.ts";

type EndingPorts = RevocationPorts & AuditPorts;

/**
 * Ends the access tokens of sessions that ended with a password (OWASP ASVS 5.0, 7.4.3). What could not be ended is an
 * event, `sessions_not_ended`, and no error: the password is new, and no repetition would come as far as this again.
 *
 * @param caller - whose password it was, where an access token tells
 */
export async function endAccessWithPassword(
  ports: EndingPorts,
  sessions: EndedSessions,
  caller?: Principal,
): Promise<void> {
  try {
    await endAccess(ports, sessions, caller);
  } catch (error) {
    if (!isIdentityError(error)) throw error;
    ports.events.record({
      type: "sessions_not_ended",
      outcome: "failure",
      at: ports.clock.now(),
      code: error.code,
      ...(caller && { subject: caller.subject }),
    });
  }
}

/** The number of sessions that are told one by one to whoever verifies tokens, before it is told of the user. */
const mostSessions = 100;

async function endAccess(
  ports: EndingPorts,
  sessions: EndedSessions,
  caller: Principal | undefined,
): Promise<void> {
  if (sessions.ended === "none") throw new IdentityError(sessions.code);
  const issuer = caller?.issuer ?? (await issuerOf(ports));
  if (issuer === undefined) return;
  const revokeEach = async (sessionIds: readonly string[]) => {
    await Promise.all(sessionIds.map((sessionId) => revokeSession(ports, { issuer, sessionId })));
  };
  if (sessions.ended === "others") return revokeEach(sessions.sessionIds);
  const { subject, sessionIds } = sessions;
  // One by one, so that a sign-in with the new password in the same second is none of them.
  if (sessionIds && sessionIds.length <= mostSessions) return revokeEach(sessionIds);
  if (caller) return revokeUser(ports, caller);
  if (subject === undefined) throw new IdentityError("not_supported");
  await revokeUser(ports, { issuer, subject });
}

/** The issuer of the provider's access tokens, where the service knows it or can ask for it. */
async function issuerOf({ revocations }: EndingPorts): Promise<string | undefined> {
  const issuer = revocations?.issuer;
  return typeof issuer === "function" ? issuer() : issuer;
}
