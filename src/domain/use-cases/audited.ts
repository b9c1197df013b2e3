import type { Ports } from "../../ports/index.ts";
import { isIdentityError } from "../errors.ts";
import type { SecurityEvent, SecurityEventType } from "../security-event.ts";

/** The ports that {@link audited} needs. */
export type AuditPorts = Pick<Ports, "events" | "clock" | "accountHash">;

/** The parts of an event that are known before it is over. */
export interface AuditedAccount extends Pick<SecurityEvent, "subject" | "action"> {
  /** The name of the account, which the event has by its hash alone. */
  readonly username?: string;
}

/**
 * Does something and records how it ended. The event holds the provider's own code, which the caller may never see:
 * put this inside of whatever hides it.
 *
 * @param about - whose account it is, where a verified token or the caller told, and what was done
 * @param findings - gives what else the result tells that the event is to have
 */
export async function audited<T>(
  ports: AuditPorts,
  type: SecurityEventType,
  action: () => Promise<T>,
  about: AuditedAccount = {},
  findings: (result: T) => Pick<SecurityEvent, "challenge"> = () => ({}),
): Promise<T> {
  // Meanwhile, as it takes less time than what is done.
  const hashing = accountOf(ports, about.username);
  const record = async (ended: Pick<SecurityEvent, "outcome" | "code" | "challenge">) => {
    const account = await hashing;
    ports.events.record({ type, at: ports.clock.now(), ...account, ...known(about), ...ended });
  };
  try {
    const result = await action();
    await record({ outcome: "success", ...findings(result) });
    return result;
  } catch (error) {
    const code = isIdentityError(error) ? error.code : "internal_error";
    await record({ outcome: "failure", code });
    throw error;
  }
}

/** Takes by name what an event may have: what is known of an account can come with secrets beside it. */
function known({ subject, action }: AuditedAccount): Pick<SecurityEvent, "subject" | "action"> {
  return { ...(subject !== undefined && { subject }), ...(action !== undefined && { action }) };
}

/** Gives an account as events have it. */
export async function accountOf(
  { accountHash }: AuditPorts,
  username: string | undefined,
): Promise<Pick<SecurityEvent, "account">> {
  return username === undefined || !accountHash ? {} : { account: await accountHash(username) };
}
