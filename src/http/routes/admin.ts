import {
  type AdministrationBy,
  type AdminPolicy,
  administrationBy,
} from "../../domain/use-cases/administration.ts";
import { adminAccountHandlers } from "./admin-accounts.ts";
import { adminEventHandlers } from "./admin-events.ts";
import { adminGroupHandlers } from "./admin-groups.ts";
import { adminUserHandlers } from "./admin-users.ts";

/** Makes the handlers of all that administrators do. */
export function adminHandlers(policy: AdminPolicy) {
  const by: AdministrationBy = (caller, ports) => administrationBy(caller, ports, policy);
  return {
    ...adminUserHandlers(by),
    ...adminAccountHandlers(by),
    ...adminGroupHandlers(by),
    ...adminEventHandlers(policy),
  };
}
