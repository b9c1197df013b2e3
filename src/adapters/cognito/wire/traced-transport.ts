import type { Tracer } from "../../../ports/index.ts";
import type { CognitoTransport } from "./transport.ts";

/**
 * Records each call to Cognito by its operation, and how it ended by the name of the exception.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
 */
export function createTracedTransport(
  transport: CognitoTransport,
  tracer: Tracer | undefined,
): CognitoTransport {
  if (!tracer) return transport;
  return (operation, input, budget) => {
    const attributes = {
      "rpc.system": "aws-api",
      "rpc.method": `CognitoIdentityProvider/${operation}`,
    };
    const opening = { name: attributes["rpc.method"], kind: "client", attributes } as const;
    return tracer.trace(opening, async (span) => {
      try {
        return await transport(operation, input, budget);
      } catch (error) {
        // The names of Cognito's exceptions are a closed set; a message can hold anything.
        span.fail(error instanceof Error && /^\w{1,64}$/.test(error.name) ? error.name : "unknown");
        throw error;
      }
    });
  };
}
