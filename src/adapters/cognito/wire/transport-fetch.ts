import { IdentityError } from "../../../domain/errors.ts";
import { readBounded } from "../../shared/bounded-body.ts";
import { withAnswer } from "../errors/retry-after.ts";
import { dnsSuffix } from "./issuer.ts";
import { signedHeaders } from "./signature.ts";
import type { TimeBudget } from "./time-budget.ts";
import { withinTime } from "./time-limit.ts";
import type { AwsCredentials, CognitoTransport, CognitoTransportOptions } from "./transport.ts";

/** The operations that are signed with AWS credentials; the others are public or carry an access token. */
const signedOperations = /^(?:Admin|Describe|GetUserPool|ListUsers$)/;

/**
 * Makes the way to Cognito that goes through `fetch`. It does what the AWS SDK's does for the operations that there are,
 * in a fiftieth of its size: for Workers, whose bundle has it in the SDK's place.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonParameters.html
 */
export function createTransport(options: CognitoTransportOptions): CognitoTransport {
  return createSender(options);
}

/** Here there is no chain that credentials could come from: it is the SDK's. */
export const createCredentialChain: ((region: string) => AwsCredentials) | undefined = undefined;

/** Makes the same for any operation, also one that users have no need of. */
export function createSender(
  options: CognitoTransportOptions,
): (
  operation: string,
  input: object,
  budget?: TimeBudget,
) => Promise<Readonly<Record<string, unknown>>> {
  const url = options.endpoint ?? endpointOf(options.region);
  return (operation, input, budget) =>
    withinTime(options.timeoutMs, budget, async (signal) => {
      const request = await requestFor(url, operation, input, options);
      // Followed, a redirect would take passwords along to wherever it points.
      const response = await fetch(request, { redirect: "manual", signal });
      options.onDate?.(response.headers.get("date"));
      const text = await textOf(response);
      try {
        return readAnswer(response, text);
      } catch (error) {
        throw withAnswer(error, response);
      }
    });
}

/** In GovCloud there are FIPS endpoints only. */
function endpointOf(region: string): string {
  const service = region.startsWith("us-gov-") ? "cognito-idp-fips" : "cognito-idp";
  return `https://${service}.${region}.${dnsSuffix(region)}/`;
}

async function requestFor(
  url: string,
  operation: string,
  input: object,
  { region, credentials, traceHeaders }: CognitoTransportOptions,
): Promise<Request> {
  const body = JSON.stringify(input);
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const call = { method: "POST", url, headers, body };
  // Not signed, as whoever passes it on may change these.
  const trace = traceHeaders?.();
  if (!signedOperations.test(operation))
    return new Request(url, { ...call, headers: { ...headers, ...trace } });
  const terms = { ...(await identityOf(credentials)), region, at: Date.now() };
  return new Request(url, {
    ...call,
    headers: { ...(await signedHeaders(call, terms)), ...trace },
  });
}

async function identityOf(credentials: AwsCredentials | undefined) {
  if (credentials === undefined) throw new IdentityError("provider_misconfigured");
  return typeof credentials === "function" ? credentials() : credentials;
}

async function textOf({ body }: Response): Promise<string> {
  return body ? new TextDecoder().decode(await readBounded(body)) : "";
}

/** An answer that is no JSON is a proxy's, or broke off: the parser's error says so, and nobody's is blamed for it. */
function readAnswer(response: Response, text: string): Readonly<Record<string, unknown>> {
  const answer: unknown = text === "" && response.ok ? {} : JSON.parse(text);
  if (response.ok) return typeof answer === "object" && answer !== null ? { ...answer } : {};
  throw exceptionOf(answer);
}

/** The type may have a namespace in front: `com.amazonaws…#NotAuthorizedException`. */
function exceptionOf(answer: unknown): Error {
  const { __type: type, message, Message = message }: Record<string, unknown> = Object(answer);
  const exception = new Error(typeof Message === "string" ? Message : "");
  exception.name = String(type).split("#").at(-1) ?? "";
  return exception;
}
