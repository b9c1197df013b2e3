import type { Context } from "hono";
import { IdentityError, type IdentityErrorCode, type TokenRejection } from "../../domain/errors.ts";
import type { AppEnv } from "../environment.ts";
import { readBody } from "../json-body.ts";
import { problems } from "../problem.ts";

/** The scheme, then one b64token and nothing else (RFC 6750 section 2.1). The scheme's case does not count (RFC 9110 11.1). */
const credentials = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;

const tokenCodes: readonly IdentityErrorCode[] = [
  "invalid_token",
  "token_expired",
  "token_revoked",
];

/**
 * Takes the access token from the `Authorization` header, the only place that it may be in: query strings end up in
 * logs and histories, and forms are what other sites can post.
 *
 * @throws {IdentityError} `invalid_token` — there is none
 * @throws {IdentityError} `malformed_request` — the header is not one well-formed token, or the token was sent in a
 *   second way as well (RFC 6750 section 2)
 */
export async function bearerToken(c: Context<AppEnv>, bodyLimitBytes: number): Promise<string> {
  c.set("bearer", "none");
  const header = c.req.header("Authorization");
  // Two headers arrive as one with a comma, which the pattern below refuses.
  if (header === undefined || !/^bearer(\s|$)/i.test(header))
    throw new IdentityError("invalid_token");
  c.set("bearer", "malformed");
  const token = credentials.exec(header)?.[1];
  if (token === undefined || (await isTokenElsewhere(c, bodyLimitBytes))) {
    throw new IdentityError("malformed_request");
  }
  c.set("bearer", "token");
  return token;
}

/**
 * Gives the `WWW-Authenticate` challenge that an answer needs, if any.
 *
 * A 401 always has one, since RFC 9110 section 11.6.1 demands it: of a sign-in or a refresh as well, where it is the
 * bare scheme, the only one that this service knows. Without an `error` it says that no access token was judged, and
 * no browser shows a dialogue for it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3.1
 */
export function challengeFor(
  code: IdentityErrorCode,
  realm: string,
  { bearer, scopes = [] }: Pick<AppEnv["Variables"], "bearer" | "scopes">,
  rejection: TokenRejection | undefined,
): string | undefined {
  const [status] = problems[code];
  const bare = `Bearer realm="${realm}"`;
  if (status === 400 && bearer === "malformed") return `${bare}, error="invalid_request"`;
  if (bearer === "token" && code === "insufficient_scope") {
    const scope = scopes.length > 0 ? `, scope="${scopes.join(" ")}"` : "";
    return `${bare}, error="insufficient_scope"${scope}`;
  }
  if (status !== 401) return undefined;
  if (bearer !== "token" || !tokenCodes.includes(code)) return bare;
  const refused = `${bare}, error="invalid_token"`;
  return rejection === undefined ? refused : `${refused}, error_description="${rejection}"`;
}

async function isTokenElsewhere(c: Context<AppEnv>, bodyLimitBytes: number): Promise<boolean> {
  if (c.req.query("access_token") !== undefined) return true;
  const contentType = c.req.header("Content-Type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return false;
  const body = await readBody(c.req.raw, bodyLimitBytes).catch(() => undefined);
  // A form that cannot be read to its end may hold one.
  return !body || new URLSearchParams(new TextDecoder().decode(body)).has("access_token");
}
