import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from "@aws-sdk/client-cognito-identity-provider";
import { IdentityError } from "../../../domain/errors.ts";
import { type Body, readBounded } from "../../shared/bounded-body.ts";
import { isJsonObject } from "../../shared/json-object.ts";
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
  if (options.onDate) tellDates(client, options.onDate);
  return (operation, input, abortSignal) => senders[operation](client, input, { abortSignal });
}

/** Next to the wire, so that the answers are seen that the SDK throws as exceptions. */
function tellDates(client: CognitoIdentityProviderClient, onDate: (date: unknown) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (isJsonObject(response) && isJsonObject(response.headers)) onDate(response.headers.date);
      return result;
    },
    { step: "deserialize", priority: "low", name: "porticoServerClock" },
  );
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
    requestHandler: { requestInit: () => ({ redirect: "manual" }), ...connections() },
    streamCollector: (body: Body) => readBounded(body),
    // In GovCloud there are no other endpoints.
    useFipsEndpoint: options.region.startsWith("us-gov-"),
    useDualstackEndpoint: false,
    authSchemePreference: [],
    disableClockSkewCorrection: false,
    userAgentAppId: "portico",
    // There is no `logger`: the SDK's would print confirmation codes and addresses.
  };
}

/**
 * The agents by which connections are kept: as the SDK keeps them, but none on Deno, which sends a request again where one that it kept is reset,
 * whatever the method (RFC 9110 section 9.2.2). It is asked for here, and no option, as a program that uses the adapter by
 * itself could not know.
 */
function connections() {
  if (!globalThis.navigator?.userAgent?.startsWith("Deno/")) return {};
  return { httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } };
}

async function noCredentials(): Promise<never> {
  throw new IdentityError("provider_misconfigured");
}
