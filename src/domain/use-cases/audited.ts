import type { Ports } from "../../ports/index.ts";
import { isIdentityError } from "../errors.ts";
import type { SecurityEvent, SecurityEventType } from "../security-event.ts";

/** The ports that {@link audited} needs. */
export type AuditPorts = Pick<Ports, "events" | "clock">;

/**
 * Does something and records how it ended. The event holds the provider's own code, which the caller may never see:
 * put this inside of whatever hides it.
 *
 * @param about - whose account it is, where a verified token told, and what was done
 */
export async function audited<T>(
  ports: AuditPorts,
  type: SecurityEventType,
  action: () => Promise<T>,
  about: Pick<SecurityEvent, "subject" | "action"> = {},
): Promise<T> {
  const event = () => ({ type, at: ports.clock.now(), ...about });
  try {
    const result = await action();
    ports.events.record({ ...event(), outcome: "success" });
    return result;
  } catch (error) {
    const code = isIdentityError(error) ? error.code : "internal_error";
    ports.events.record({ ...event(), outcome: "failure", code });
    throw error;
  }
}
