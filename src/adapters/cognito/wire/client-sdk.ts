import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  type CognitoIdentityProviderClientResolvedConfig,
} from "@aws-sdk/client-cognito-identity-provider";
import { IdentityError } from "../../../domain/errors.ts";
import { type Body, readBounded } from "../../shared/bounded-body.ts";
import { withinDeadline } from "../../shared/deadline.ts";
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
  const signals = new WeakMap<object, AbortSignal>();
  sendRequests(client, signals, options);
  return (operation, input, abortSignal) => {
    // A copy, as one input may be that of several calls.
    const own = { ...input };
    signals.set(own, abortSignal);
    return senders[operation](client, own);
  };
}

/**
 * Sends requests in the SDK's stead, each with the signal of its call, and sees the answers that the SDK throws as exceptions.
 * The SDK takes a signal as an option only, and with options it puts all its steps together anew for each call.
 */
function sendRequests(
  client: CognitoIdentityProviderClient,
  signals: WeakMap<object, AbortSignal>,
  { onDate, traceHeaders }: CognitoTransportOptions,
): void {
  const { requestHandler } = client.config;
  client.middlewareStack.add(
    () => async (args) => {
      const abortSignal = signals.get(args.input);
      if (!abortSignal) throw new Error("A call without a time limit.");
      // The SDK leaves untyped what it hands to the last step.
      const request = args.request as Parameters<typeof requestHandler.handle>[0];
      // After it was signed, as whoever passes it on may change these.
      Object.assign(request.headers, traceHeaders?.());
      const { response } = await requestHandler.handle(request, { abortSignal });
      onDate?.(response.headers.date);
      return { response, output: { $metadata: {} } };
    },
    { step: "deserialize", priority: "low", name: "porticoWire" },
  );
}

/**
 * Gives the SDK's own chain of credentials for a Region, which keeps what it got for as long as that is good.
 *
 * @returns a function that throws {@link IdentityError} `provider_misconfigured` — nothing in the chain has credentials;
 *   `provider_unavailable` — it had some before, and gives none now
 */
export function createChain(region: string): () => Promise<AwsIdentity> {
  const { credentials } = new CognitoIdentityProviderClient({ region }).config;
  let hadSome = false;
  return async () => {
    try {
      const identity = await withinDeadline(credentials(), chainTimeoutMs);
      hadSome = true;
      return identity;
    } catch (cause) {
      throw new IdentityError(hadSome ? "provider_unavailable" : "provider_misconfigured", {
        cause,
      });
    }
  };
}

/** The time that the links of the chain may take together, in milliseconds: some of them have no bound of their own. */
const chainTimeoutMs = 5_000;

type AwsIdentity = Awaited<ReturnType<CognitoIdentityProviderClientResolvedConfig["credentials"]>>;

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
    cacheMiddleware: true,
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
 * The agents by which connections are kept: as many as there are calls, which is bounded before they come here, so that
 * those of one category that hang leave the others theirs. On Deno none is kept, which sends a request again where one that it kept is reset,
 * whatever the method (RFC 9110 section 9.2.2). It is asked for here, and no option, as a program that uses the adapter by
 * itself could not know.
 */
function connections() {
  const isDeno = globalThis.navigator?.userAgent?.startsWith("Deno/");
  const agent = { maxSockets: Number.POSITIVE_INFINITY, ...(isDeno && { keepAlive: false }) };
  return { httpAgent: agent, httpsAgent: agent };
}

async function noCredentials(): Promise<never> {
  throw new IdentityError("provider_misconfigured");
}
