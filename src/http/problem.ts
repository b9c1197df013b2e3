import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type IdentityErrorCode, isIdentityError } from "../domain/errors.ts";
import type { RateLimitStatus } from "../domain/rate-limit.ts";
import { type Answer, type AnswerHeaders, jsonAnswer } from "./exchange/answer.ts";
import { responseOf } from "./exchange/response.ts";

/**
 * The status and the title of every code: the only place that knows either.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15
 */
export const problems = {
  malformed_request: [400, "The request is malformed"],
  validation_failed: [400, "The request does not have the form that is asked for"],
  unsupported_token_type: [400, "The token is of a kind that cannot be used here"],
  invalid_credentials: [401, "The user name or the password is wrong"],
  invalid_token: [401, "A valid access token is needed"],
  token_expired: [401, "The access token has expired"],
  token_revoked: [401, "The session of the access token has ended"],
  invalid_refresh_token: [401, "The refresh token is not valid"],
  refresh_token_reused: [401, "The refresh token was used before"],
  invalid_client: [401, "The client has to authenticate"],
  challenge_expired: [401, "The challenge has expired"],
  reauthentication_required: [401, "This takes a new sign-in"],
  user_not_confirmed: [403, "The account has yet to be confirmed"],
  password_reset_required: [403, "The password has to be reset first"],
  user_disabled: [403, "The account is disabled"],
  temporary_password_expired: [403, "The temporary password has expired"],
  sign_up_disabled: [403, "Accounts are created by administrators only"],
  insufficient_scope: [403, "The access token does not allow this"],
  attribute_not_writable: [403, "An attribute cannot be set by the caller"],
  rejected_by_policy: [403, "A policy of the operator forbids this"],
  blocked: [403, "The request was taken for an attack"],
  origin_not_allowed: [403, "The page may not use the session's cookies"],
  not_found: [404, "There is nothing at this address"],
  user_not_found: [404, "There is no such user"],
  group_not_found: [404, "There is no such group"],
  method_not_allowed: [405, "The address does not take this method"],
  payload_too_large: [413, "The request body is too large"],
  unsupported_media_type: [415, "The request body is not of the media type that is asked for"],
  username_taken: [409, "The user name is taken"],
  alias_taken: [409, "The address belongs to another account"],
  already_confirmed: [409, "The account is confirmed already"],
  recovery_unavailable: [409, "The account has no address to send a code to"],
  mfa_not_available: [409, "The second factor cannot be used"],
  conflict: [409, "The request conflicts with another one"],
  password_policy_violation: [422, "The password breaks the rules"],
  password_reused: [422, "The password was used before"],
  password_compromised: [422, "The password is one that attackers know"],
  code_mismatch: [422, "The code is wrong, or not valid any more"],
  code_expired: [422, "The code is not valid any more"],
  passkey_rejected: [422, "The passkey was rejected"],
  rate_limited: [429, "There were too many requests"],
  too_many_attempts: [429, "There were too many attempts"],
  internal_error: [500, "Something went wrong on our side"],
  provider_misconfigured: [500, "The service is set up wrongly"],
  not_supported: [501, "The identity provider cannot do this"],
  delivery_failed: [502, "The code could not be sent"],
  provider_extension_failed: [502, "An extension of the identity provider failed"],
  provider_unavailable: [503, "The identity provider cannot be reached"],
  keys_unavailable: [503, "The signing keys cannot be had"],
  overloaded: [503, "There is more to do than can be done now"],
  provider_timeout: [504, "The identity provider did not answer in time"],
} as const satisfies Record<IdentityErrorCode, readonly [ContentfulStatusCode, string]>;

/** A status that {@link problems} has for a code. */
export type ProblemStatus = (typeof problems)[IdentityErrorCode][0];

/** Statuses that tell when to come back: too many requests, and whatever the provider may recover from. */
export const retryStatuses: readonly number[] = [429, 502, 503, 504];

/** When to come back where the error does not say, in seconds. */
const defaultRetryAfterSeconds = 5;

/** One entry of `errors`: a member of the request, and why it was refused. */
export interface ProblemMember {
  /** A JSON pointer into the request body (RFC 6901), or `/` and the name of a parameter. */
  readonly pointer: string;
  /** A stable lower snake_case word. */
  readonly reason: string;
}

/** The content of a problem document, apart from what goes with its code. */
export interface ProblemContent {
  readonly code: IdentityErrorCode;
  readonly detail?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly errors?: readonly ProblemMember[];
  /** The limits of ours that are used up. */
  readonly limits?: readonly RateLimitStatus[];
}

/** The parts of a problem document and its headers that are not in its content. */
interface ProblemContext {
  readonly requestId: string;
  /** The `WWW-Authenticate` challenge, where the answer needs one. */
  readonly challenge?: string | undefined;
  /** The `Link` to a page on the problem, where there is one. */
  readonly link?: string | undefined;
}

/**
 * Makes a problem document (RFC 9457), with our `code` and, where members are at fault, `errors` beside its members.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3
 */
export function problemAnswer(
  content: ProblemContent,
  { requestId, challenge, link }: ProblemContext,
): Answer {
  const [status] = problems[content.code];
  const problem = problemDocument(content, requestId);
  const retryAfter = Math.ceil(content.retryAfterSeconds ?? defaultRetryAfterSeconds);
  return jsonAnswer(problem, status, {
    "Content-Type": "application/problem+json",
    ...(challenge !== undefined && { "WWW-Authenticate": challenge }),
    ...(link !== undefined && { Link: link }),
    ...(retryStatuses.includes(status) && { "Retry-After": String(retryAfter) }),
    ...(content.limits?.length && limitHeaders(content.limits)),
  });
}

/** Makes the document itself. */
export function problemDocument({ code, detail, errors }: ProblemContent, requestId: string) {
  const [status, title] = problems[code];
  return {
    type: `urn:problem-type:portico:${code}`,
    title,
    status,
    detail,
    instance: `urn:uuid:${requestId}`,
    code,
    errors: errors?.length ? errors : undefined,
  };
}

/**
 * Tells which limits are used up, and what they are.
 *
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
function limitHeaders(limits: readonly RateLimitStatus[]): AnswerHeaders {
  const list = (write: (status: RateLimitStatus) => string) => limits.map(write).join(", ");
  return {
    RateLimit: list(
      ({ limit, remaining, resetSeconds }) => `"${limit.policy}";r=${remaining};t=${resetSeconds}`,
    ),
    "RateLimit-Policy": list(
      ({ limit: { policy, quota, windowSeconds } }) => `"${policy}";q=${quota};w=${windowSeconds}`,
    ),
  };
}

/** Says what to answer to something caught. Of what is not ours nothing is told. */
export function problemContentOf(error: unknown): ProblemContent {
  if (!isIdentityError(error)) return { code: "internal_error" };
  const { code, detail, retryAfterSeconds, violations, limits } = error;
  const errors = violations.map(({ path, reason }) => ({
    pointer: jsonPointer(wirePath(path)),
    reason,
  }));
  return { code, detail, retryAfterSeconds, errors, limits };
}

/** Writes a path as a JSON pointer (RFC 6901 section 3). */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path
    .map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** Makes the answer of a service whose settings are at fault, to any request. Which setting it is, the log says. */
export function misconfigured(): Response {
  const requestId = crypto.randomUUID();
  return responseOf(problemAnswer({ code: "provider_misconfigured" }, { requestId }), requestId);
}

/** Members of an input are camelCase in the domain and snake_case on the wire; below them are names that callers give. */
function wirePath(path: readonly string[]): readonly string[] {
  return path.map((name, depth) => (depth === 0 ? snakeCase(name) : name));
}

function snakeCase(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
