import type { Ports } from "../../ports/index.ts";
import { isIdentityError } from "../errors.ts";
import type { SecurityEventType } from "../security-event.ts";

/** What {@link audited} needs. */
export type AuditPorts = Pick<Ports, "events" | "clock">;

/**
 * Does something and records how it ended. The event holds the provider's own code, which the caller may never see:
 * put this inside of whatever hides it.
 *
 * @param subject - whose account it is, where a verified token told
 */
export async function audited<T>(
  ports: AuditPorts,
  type: SecurityEventType,
  action: () => Promise<T>,
  subject?: string,
): Promise<T> {
  const event = () => ({ type, at: ports.clock.now(), ...(subject !== undefined && { subject }) });
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
