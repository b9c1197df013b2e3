import { CognitoException } from "./cognito-exception.ts";

/** A JSON object, as it came. */
export type Members = { readonly [name: string]: unknown };

const targetPrefix = "AWSCognitoIdentityProviderService.";
const contentType = "application/x-amz-json-1.1";

/** Gives the operation that a request is for, if it names one. */
export function operationNameOf(request: Request): string | undefined {
  const target = request.headers.get("x-amz-target") ?? "";
  return target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : undefined;
}

/**
 * Reads the members that a request sends.
 *
 * @throws {CognitoException} `Serialization` — they are none
 */
export async function readMembers(request: Request): Promise<Members> {
  if (request.headers.get("content-type")?.split(";")[0]?.trim() !== contentType)
    throw new CognitoException("UnknownOperation", "");
  const members = parse(await request.text());
  if (isMembers(members)) return members;
  throw new CognitoException(
    "Serialization",
    "Start of structure or map found where not expected.",
  );
}

/** Tells whether a value is a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Requires that an operation that takes AWS credentials is called with some. That there is a signature of version 4 for
 * the service is looked at, not what it signs: the server has no secret to hold it against.
 *
 * @throws {CognitoException} `MissingAuthenticationToken` `IncompleteSignature`
 */
export function requireSignature(request: Request): void {
  const authorization = request.headers.get("authorization");
  if (authorization === null)
    throw new CognitoException("MissingAuthenticationToken", "Missing Authentication Token");
  const isComplete =
    /^AWS4-HMAC-SHA256 /.test(authorization) &&
    /\bCredential=[^/,]+\/\d{8}\/[^/,]+\/cognito-idp\/aws4_request\b/.test(authorization) &&
    /\bSignedHeaders=[^,]*\bhost\b/.test(authorization) &&
    /\bSignature=[0-9a-f]{64}\b/.test(authorization) &&
    request.headers.has("x-amz-date");
  if (!isComplete)
    throw new CognitoException("IncompleteSignature", "Authorization header is incomplete.");
}

/** Answers with members: times are to be numbers already, in seconds since the epoch. */
export function answer(members: object, status = 200): Response {
  const headers = {
    "content-type": contentType,
    "x-amzn-requestid": crypto.randomUUID(),
    "cache-control": "no-store",
  };
  return new Response(JSON.stringify(members), { status, headers });
}

/** Answers with an error: 400 for whatever the caller did, 500 for what went wrong here. */
export function answerError(error: unknown): Response {
  if (!(error instanceof CognitoException))
    return answer({ __type: "InternalErrorException", message: "Internal error" }, 500);
  const { message } = error;
  const type = `${error.type}Exception`;
  const response = answer({ __type: type, message }, error.type === "InternalError" ? 500 : 400);
  // AWS puts a colon after the type, behind which some of its services have a link.
  response.headers.set("x-amzn-errortype", `${type}:`);
  response.headers.set("x-amzn-errormessage", message.replace(/[^ -~]/g, " ").trim());
  return response;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    return undefined;
  }
}
