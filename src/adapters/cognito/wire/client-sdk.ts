import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from "@aws-sdk/client-cognito-identity-provider";
import { IdentityError } from "../../../domain/errors.ts";
import { senders } from "./senders-sdk.ts";
import type {
  CognitoInput,
  CognitoOperation,
  CognitoOutput,
  CognitoTransportOptions,
} from "./transport.ts";

/** Sends one operation through the SDK, until the signal ends it. */
export type SdkSend = <Name extends CognitoOperation>(
  operation: Name,
  input: CognitoInput<Name>,
  abortSignal: AbortSignal,
) => Promise<CognitoOutput<Name>>;

/** Makes the SDK's client, and gives the way to send through it. */
export function createSdkClient(options: CognitoTransportOptions): SdkSend {
  const client = new CognitoIdentityProviderClient(clientConfig(options));
  return (operation, input, abortSignal) => senders[operation](client, input, { abortSignal });
}

/** All that the SDK would otherwise look for in the environment or in files is given, so that it looks nowhere. */
function clientConfig(options: CognitoTransportOptions): CognitoIdentityProviderClientConfig {
  return {
    region: options.region,
    credentials: options.credentials ?? noCredentials,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    // A second attempt at what is not idempotent answers the first one: "name taken" by the user's own sign-up. And the
    // SDK would repeat what Cognito refuses for its number, "Attempt limit exceeded" included.
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard",
    // Where requests go through `fetch`, a redirect would take passwords along to wherever it points.
    requestHandler: { requestInit: () => ({ redirect: "manual" }) },
    // In GovCloud there are no other endpoints.
    useFipsEndpoint: options.region.startsWith("us-gov-"),
    useDualstackEndpoint: false,
    authSchemePreference: [],
    disableClockSkewCorrection: false,
    userAgentAppId: "portico",
    // There is no `logger`: the SDK's would print confirmation codes and addresses.
  };
}

async function noCredentials(): Promise<never> {
  throw new IdentityError("provider_misconfigured");
}
