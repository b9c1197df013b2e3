import { writtenEvent } from "../../domain/security-event.ts";
import type { AdminPolicy } from "../../domain/use-cases/administration.ts";
import { listEvents } from "../../domain/use-cases/event-history.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { EventsResponse } from "../schemas/events.ts";
import { PageQuery } from "../schemas/parameters.ts";

export const adminEventOperations = {
  adminListEvents: {
    method: "get",
    path: "/v1/admin/events",
    tag: "Administration",
    summary: "List security events",
    description:
      "Lists the security events that are kept, the newest first: for so long as the service is set up to. One that was just recorded may show late. Gets `not_supported` where the provider has no place to keep them.",
    bearer: "administrator",
    query: PageQuery,
    answer: { status: 200, description: "A page of events.", schema: EventsResponse },
    codes: providerCodes,
  },
} as const satisfies Operations;

export function adminEventHandlers(policy: AdminPolicy): Handlers<typeof adminEventOperations> {
  return {
    async adminListEvents({ caller, query }, ports) {
      const { items, cursor } = await listEvents(ports, caller, policy, query);
      const events = items.map(({ id, ...event }) => ({ id, ...writtenEvent(event) }));
      return { events, ...(cursor !== undefined && { cursor }) };
    },
  };
}
