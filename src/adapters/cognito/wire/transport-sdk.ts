import { withinTime } from "./time-limit.ts";
import type { AwsCredentials, CognitoTransport, CognitoTransportOptions } from "./transport.ts";

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

/**
 * Makes the source of credentials that is the SDK's own chain: variables, web identity, profiles, and the metadata endpoints of ECS, EKS
 * and EC2. They are kept until five minutes before they expire, and got anew then. There is none on Deno, whose permissions name the variables
 * that may be read, and this reads files and others.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export const createCredentialChain: ((region: string) => AwsCredentials) | undefined =
  globalThis.navigator?.userAgent?.startsWith("Deno/") ? undefined : chainOf;

function chainOf(region: string): AwsCredentials {
  let loaded: Promise<() => ReturnType<Extract<AwsCredentials, () => unknown>>> | undefined;
  return async () => {
    loaded ??= import("./client-sdk.ts").then(({ createChain }) => createChain(region));
    const get = await loaded;
    return get();
  };
}

async function loadClient(options: CognitoTransportOptions) {
  const { createSdkClient } = await import("./client-sdk.ts");
  return createSdkClient(options);
}
