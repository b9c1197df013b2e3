import { IdentityError, type IdentityErrorCode, type TokenRejection } from "../../domain/errors.ts";
import { promptly } from "../../domain/promptly.ts";
import type { BearerState } from "../environment.ts";
import { problems } from "../problem.ts";
import { readBody } from "../request/json-body.ts";

/** Where an access token is looked for: the request of a Hono context, or what is made to look like one. */
export type BearerRequest = {
  readonly url: string;
  readonly method: string;
  header(name: string): string | undefined;
} & ({ readonly raw: Request } | ReadableForm);

/** A request whose form can be read, and is there for others afterwards. */
export interface ReadableForm {
  /** Reads the body, up to a length: a longer one is a failure, and so is one that others have read before. */
  formBody(limitBytes: number): Promise<Uint8Array>;
}

/** The part of a challenge that is about the service, whoever asks. */
export interface Protection {
  /** No quotes or backslashes. */
  readonly realm: string;
  /** Where the metadata of the protected resource is (RFC 9728 section 5.1). */
  readonly resourceMetadata?: string | undefined;
}

/**
 * The way that a token is shown: by whoever has it, or together with a proof of the key that it is bound to (RFC 9449
 * section 7.1).
 */
export type TokenScheme = "Bearer" | "DPoP";

/** The scheme, then one b64token and nothing else (RFC 6750 section 2.1). The scheme's case does not count (RFC 9110 11.1). */
const credentials = /^(?:bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i;

const schemes = { Bearer: /^bearer(\s|$)/i, DPoP: /^dpop(\s|$)/i } as const;

const tokenCodes: readonly IdentityErrorCode[] = [
  "invalid_token",
  "token_expired",
  "token_revoked",
];

/**
 * Takes the access token from the `Authorization` header, the only place that it may be in: query strings end up in
 * logs and histories, and forms are what other sites can post. Waits only where a form has to be read.
 *
 * @param tell - is told what was found out so far, which {@link challengeFor} goes by
 * @throws {IdentityError} `invalid_token` — there is none
 * @throws {IdentityError} `malformed_request` — the header is not one well-formed token, or the token was sent in a
 *   second way as well (RFC 6750 section 2)
 */
export function bearerToken(
  request: BearerRequest,
  bodyLimitBytes: number,
  tell: (state: BearerState) => void,
  scheme: TokenScheme = "Bearer",
): string | Promise<string> {
  tell("none");
  const header = request.header("Authorization");
  // Two headers arrive as one with a comma, which the pattern below refuses.
  if (header === undefined || !schemes[scheme].test(header))
    throw new IdentityError("invalid_token");
  tell("malformed");
  const token = credentials.exec(header)?.[1];
  if (token === undefined) throw new IdentityError("malformed_request");
  return promptly(isTokenElsewhere(request, bodyLimitBytes), (isElsewhere) => {
    if (isElsewhere) throw new IdentityError("malformed_request");
    tell("token");
    return token;
  });
}

/** Tells whether a request has no credentials at all: no header, and no token in the places where none is taken. */
export async function isAnonymous(
  request: BearerRequest,
  bodyLimitBytes: number,
): Promise<boolean> {
  if (request.header("Authorization") !== undefined) return false;
  return !(await isTokenElsewhere(request, bodyLimitBytes));
}

/** Tells whether credentials of a scheme were sent, well-formed or not. */
export function isOfScheme(scheme: TokenScheme, request: BearerRequest): boolean {
  return schemes[scheme].test(request.header("Authorization") ?? "");
}

/**
 * Reads the text that stands for the token in the `Authorization` header of the usual request: the scheme as everybody
 * writes it, no query and no form. Whether it has the form of a token is not looked at, which takes longer than to find
 * a token that was verified before: see {@link isBearerToken}.
 */
export function usualBearerToken(request: BearerRequest): string | undefined {
  const header = request.header("Authorization");
  if (!header?.startsWith("Bearer ") || header[usualStart.length] === " ") return undefined;
  if (request.url.includes("?") || isForm(request)) return undefined;
  return header.slice(usualStart.length);
}

const usualStart = "Bearer ";

/** Tells whether some text has the form of a token (RFC 6750 section 2.1). */
export function isBearerToken(text: string): boolean {
  return credentials.test(usualStart + text);
}

/**
 * Gives the `WWW-Authenticate` challenge that an answer needs, if any.
 *
 * A 401 always has one, since RFC 9110 section 11.6.1 demands it: of a sign-in or a refresh as well, where it is the
 * bare scheme, and of a client the one that it authenticates with. Without an `error` it says that no access token was judged, and no browser shows a dialogue for it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function challengeFor(
  code: IdentityErrorCode,
  { realm, resourceMetadata }: Protection,
  findings: BearerFindings,
  rejection: TokenRejection | undefined,
): string | undefined {
  const { bearer, scopes = [], scheme = "Bearer" } = findings;
  const [status] = problems[code];
  const metadata =
    resourceMetadata === undefined ? "" : `, resource_metadata="${resourceMetadata}"`;
  const bare = `${scheme} realm="${realm}"${metadata}`;
  if (status === 400 && bearer === "malformed") return `${bare}, error="invalid_request"`;
  if (bearer === "token" && code === "insufficient_scope") {
    const scope = scopes.length > 0 ? `, scope="${scopes.join(" ")}"` : "";
    return `${bare}, error="insufficient_scope"${scope}`;
  }
  if (status !== 401) return undefined;
  // RFC 6749 section 5.2
  if (code === "invalid_client") return `Basic realm="${realm}"`;
  if (bearer === "token" && code === "reauthentication_required") {
    return `${bare}, error="insufficient_user_authentication"${wantedSignIn(findings)}`;
  }
  if (bearer !== "token" || !tokenCodes.includes(code)) return bare;
  const proofError = rejection && proofErrors[rejection];
  if (proofError) return `${bare}, error="${proofError}"`;
  const refused = `${bare}, error="invalid_token"`;
  return rejection === undefined ? refused : `${refused}, error_description="${rejection}"`;
}

/**
 * Tells how new a sign-in has to be, and of which class.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9470#section-3
 */
function wantedSignIn({ maxAgeSeconds, authenticationClasses = [] }: BearerFindings): string {
  const classes = authenticationClasses.join(" ");
  const wanted = classes === "" ? "" : `, acr_values="${classes}"`;
  return maxAgeSeconds === undefined ? wanted : `${wanted}, max_age="${maxAgeSeconds}"`;
}

/** The errors of a proof rather than of a token: RFC 9449 sections 7.1 and 9. */
const proofErrors: Partial<Record<TokenRejection, string>> = {
  invalid_proof: "invalid_dpop_proof",
  nonce_required: "use_dpop_nonce",
};

/** The findings about the credentials of a request, and what it would have taken. */
export interface BearerFindings {
  /** @default "Bearer" */
  readonly scheme?: TokenScheme;
  readonly bearer?: BearerState;
  readonly scopes?: readonly string[];
  /** The time that a sign-in may be ago, in seconds. */
  readonly maxAgeSeconds?: number | undefined;
  /** The classes of sign-in (`acr`) of which one would have done. */
  readonly authenticationClasses?: readonly string[] | undefined;
}

function isTokenElsewhere(
  request: BearerRequest,
  bodyLimitBytes: number,
): boolean | Promise<boolean> {
  const { url } = request;
  if (url.includes("?") && new URL(url).searchParams.has("access_token")) return true;
  return isForm(request) && isTokenInForm(request, bodyLimitBytes);
}

async function isTokenInForm(request: BearerRequest, bodyLimitBytes: number): Promise<boolean> {
  const reading =
    "formBody" in request
      ? request.formBody(bodyLimitBytes)
      : // Of a copy, as the form is somebody else's to read.
        readBody(request.raw.clone(), bodyLimitBytes);
  const body = await reading.catch(() => undefined);
  // A form that cannot be read to its end may hold one.
  return !body || new URLSearchParams(new TextDecoder().decode(body)).has("access_token");
}

/** Tells whether the body is a form of the kind that can hold a token (RFC 6750 section 2.2). */
function isForm(request: BearerRequest): boolean {
  // Such a request has no form, whatever it says: "the GET method MUST NOT be used" (RFC 6750 section 2.2).
  if (request.method === "GET") return false;
  const contentType = request.header("Content-Type");
  return contentType !== undefined && form.test(contentType);
}

const form = /^application\/x-www-form-urlencoded\b/i;
