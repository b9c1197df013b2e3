import { withinTime } from "./time-limit.ts";
import type { CognitoTransport, CognitoTransportOptions } from "./transport.ts";

/**
 * Makes the way to Cognito that goes through the AWS SDK. The SDK takes longer to load than all the rest together, so it
 * is loaded only where this is called, and beside whatever else is done at the start.
 */
export function createTransport(options: CognitoTransportOptions): CognitoTransport {
  // Nothing catches its failure before the first call does: a process without the SDK ends at its start, and says why.
  const client = loadClient(options);
  return (operation, input, budget) =>
    withinTime(options.timeoutMs, budget, async (abortSignal) => {
      const send = await client;
      return send(operation, input, abortSignal);
    });
}

async function loadClient(options: CognitoTransportOptions) {
  const { createSdkClient } = await import("./client-sdk.ts");
  return createSdkClient(options);
}
