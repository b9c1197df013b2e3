import type { Ports } from "../../ports/index.ts";
import { IdentityError } from "../errors.ts";
import type { Page, PageRequest } from "../page.ts";
import type { KeptSecurityEvent } from "../security-event.ts";
import { type AdminPolicy, actOfAdministrator } from "./administration.ts";
import type { AuditPorts } from "./audited.ts";
import type { Caller } from "./sessions.ts";

/**
 * Lists the security events that are kept, the newest first.
 *
 * @throws {IdentityError} `insufficient_scope` — the caller is no administrator
 * @throws {IdentityError} `not_supported` — none are kept
 * @throws {IdentityError} as `EventHistory.listEvents`
 */
export async function listEvents(
  ports: Pick<Ports, "eventHistory"> & AuditPorts,
  caller: Caller,
  policy: AdminPolicy,
  page: PageRequest,
): Promise<Page<KeptSecurityEvent>> {
  return actOfAdministrator(ports, caller, policy, "listEvents", async () => {
    const { eventHistory } = ports;
    if (!eventHistory) {
      throw new IdentityError("not_supported", { detail: "No events are kept here." });
    }
    return eventHistory.listEvents(page);
  });
}
