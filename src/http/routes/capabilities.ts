import { serviceCapabilities } from "../../domain/use-cases/service-capabilities.ts";
import type { Handlers, Operations } from "../operation.ts";
import { Capabilities } from "../schemas/capabilities.ts";
import { capabilitiesView } from "../views/capabilities-view.ts";

export const capabilityOperations = {
  getCapabilities: {
    method: "get",
    path: "/v1/capabilities",
    tag: "Service",
    summary: "Read what the service can do",
    description:
      "Tells what a page has to know before it shows anything: whether accounts can be made and what for, what a sign-in can begin with, the rules for passwords. It is the same for everyone, and nothing in it is secret. What the service does not know is left out; each operation says for itself what is wrong.",
    answer: {
      status: 200,
      description: "What the service can do and asks for.",
      schema: Capabilities,
      maxAgeSeconds: 60,
    },
    codes: ["malformed_request"],
  },
} as const satisfies Operations;

export function capabilityHandlers(): Handlers<typeof capabilityOperations> {
  return {
    async getCapabilities(_request, ports) {
      return capabilitiesView(await serviceCapabilities(ports));
    },
  };
}
