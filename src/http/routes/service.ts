import { IdentityError } from "../../domain/errors.ts";
import { findMissingParts, publishedKeys, signingKeys } from "../../domain/use-cases/service.ts";
import type { Ports } from "../../ports/index.ts";
import type { Handlers, Operations } from "../operation.ts";
import { JsonWebKeySet, LivenessResponse, ReadinessResponse } from "../schemas/responses.ts";

export const serviceOperations = {
  getJwks: {
    method: "get",
    path: "/.well-known/jwks.json",
    tag: "Service",
    summary: "Read the signing keys",
    description: "Gives the public keys that access tokens verify against (RFC 7517 section 5).",
    answer: {
      status: 200,
      description: "The key set.",
      schema: JsonWebKeySet,
      maxAgeSeconds: 300,
    },
    codes: ["malformed_request", "keys_unavailable"],
  },
  getLiveness: {
    method: "get",
    path: "/health/live",
    tag: "Service",
    summary: "Check that the process answers",
    description: "Fails only where the process should be started anew.",
    answer: { status: 200, description: "The process answers.", schema: LivenessResponse },
    codes: ["malformed_request"],
  },
  getReadiness: {
    method: "get",
    path: "/health/ready",
    tag: "Service",
    summary: "Check that requests can be sent here",
    description:
      "Fails while the signing keys cannot be had, as good access tokens could not be told from bad ones; while the database is gone that the users are in, or the list of sign-outs where tokens are refused without it; and while the instance is being stopped. Which of them it is, and what to mend while requests can be sent here, is told to this machine, or to whoever has the token of `METRICS_TOKEN`.",
    operator: "optional",
    answer: {
      status: 200,
      description: "Requests can be sent here.",
      schema: ReadinessResponse,
    },
    codes: ["malformed_request", "keys_unavailable", "provider_unavailable"],
  },
} as const satisfies Operations;

export function serviceHandlers(
  ports: Ports,
  isDraining: () => boolean,
  warnings: ReadonlySet<string> = new Set(),
): Handlers<typeof serviceOperations> {
  return {
    async getJwks() {
      const { keys } = await publishedKeys(ports);
      return { keys: [...keys] };
    },
    getLiveness: () => ({ status: "live" }),
    async getReadiness({ isOperator }) {
      const checkReadiness = readinessCheckFor(isOperator);
      if (isDraining()) {
        throw new IdentityError("provider_unavailable", {
          detail: "This instance is being stopped.",
        });
      }
      await checkReadiness(ports);
      const told = isOperator ? [...warnings] : [];
      return { status: "ready", ...(told.length > 0 && { warnings: told }) };
    },
  };
}

/** Makes the check that refuses while anything is missing, and says what it is to whoever runs the service alone. */
function readinessCheckFor(isOperator: boolean): (ports: Ports) => Promise<void> {
  return async (ports) => {
    const missing = await findMissingParts(ports);
    if (missing.length === 0) return;
    const names = missing.map(({ name }) => name);
    const isKeys = names.includes(signingKeys);
    throw new IdentityError(isKeys ? "keys_unavailable" : "provider_unavailable", {
      cause: missing[0]?.cause,
      ...(isOperator && { detail: `Out of reach: ${names.join(", ")}.` }),
    });
  };
}
