import type { RejectionReason, TokenRejection } from "../../domain/errors.ts";
import type { TokenParts } from "./summary.ts";
import { lifeOf, momentOf, spanOf } from "./times.ts";
import type { Expectations, Verdict } from "./verdict.ts";

/** Says in words why a token is refused, of the verifier's own reason and of what the token says of itself. */
export function explain(
  reason: TokenRejection,
  detail: RejectionReason | undefined,
  parts: TokenParts | undefined,
  expected: Expectations,
): Verdict {
  const { header = {}, claims = {} } = parts ?? {};
  const known = { parts, header, claims, expected, detail };
  return {
    outcome: "refused",
    reason,
    ...(detail && { detail }),
    message: `${words[reason](known)}.`,
  };
}

interface Known {
  readonly parts: TokenParts | undefined;
  readonly header: TokenParts["header"];
  readonly claims: TokenParts["claims"];
  readonly expected: Expectations;
  readonly detail: RejectionReason | undefined;
}

/** Members of a header by which a token would say how it is to be verified. */
const unwanted = ["jku", "jwk", "x5c", "x5u", "cty", "crit"];

const words: Readonly<Record<TokenRejection, (known: Known) => string>> = {
  malformed: ({ parts, header, detail }) => {
    if (detail === "header_member" || unwanted.some((name) => name in header))
      return "its header has members that no access token needs, such as a key of its own (jku, jwk, x5c)";
    return parts
      ? "it has the form of a JWT, but is not written as one may be: it is too long, or says a name twice"
      : "this is no JWT, which is three parts with dots between: it was cut off, or is a refresh token or an opaque one";
  },
  unsupported_algorithm: ({ header, expected }) =>
    `it is signed by ${quoted(header.alg)}, and the API takes ${listed(expected.algorithms)}`,
  unknown_key: ({ header }) =>
    header.kid === undefined
      ? "it names no key (kid) that it is signed with"
      : `it is signed with the key ${quoted(header.kid)}, which the issuer does not publish: it is of another environment, or the key was replaced since`,
  bad_signature: () =>
    "its signature is not that of the issuer's key: it was changed, cut off, or signed by somebody else",
  expired: ({ parts }) => lifeOf(parts),
  not_yet_valid: ({ claims }) =>
    `it is not good before ${momentOf(claims.nbf ?? claims.iat)}, ${spanOf(Number(claims.nbf ?? claims.iat) - Date.now() / 1000)} from now: the clock of the issuer or of this machine is wrong`,
  wrong_issuer: ({ claims, expected }) => issuerWords(claims.iss, expected.issuer),
  wrong_client: clientWords,
  wrong_use: useWords,
  invalid_claims: ({ claims, detail }) =>
    detail === "life_too_long"
      ? `its life is ${spanOf(Number(claims.exp) - Number(claims.iat))}, which is longer than the issuer is said to give`
      : "a claim that has to be there is missing, or is of another form",
  revoked: () => "its session was ended: by a sign-out, or by an administrator",
  invalid_proof: () => "the proof of its key (DPoP) does not fit the request",
  nonce_required: () => "the proof of its key (DPoP) has to hold a nonce of the API",
};

function issuerWords(issuer: unknown, expected: string | undefined): string {
  const said = `it was issued by ${quoted(issuer)}`;
  if (expected === undefined) return `${said}, and the service takes another issuer's`;
  const isSlash =
    typeof issuer === "string" && issuer.replace(/\/$/, "") === expected.replace(/\/$/, "");
  const hint = isSlash ? ", which is another one to a verifier, for the slash at the end" : "";
  return `${said}; the API expects ${quoted(expected)}${hint}`;
}

function clientWords({ claims, expected, detail }: Known): string {
  const { clientIds = [], audiences = [] } = expected;
  const isAboutAudience = detail === "no_audience" || detail === "other_audience";
  const client = claims.client_id ?? claims.azp;
  if (isAboutAudience && claims.aud === undefined)
    return `it is meant for no API in particular; the API expects ${listed(audiences)} as its audience`;
  if (isAboutAudience)
    return `it is meant for ${quoted(claims.aud)}; the API ${audiences.length > 0 ? `is ${listed(audiences)}` : "is another one"}`;
  if (detail === "no_client" || client === undefined)
    return "it names no client that it was given to";
  if (detail === "several_clients")
    return "it names two clients (client_id and azp) that it was given to";
  return `it was given to the client ${quoted(client)}; the API ${clientIds.length > 0 ? `takes tokens of ${listed(clientIds)}` : "takes other clients' tokens"}`;
}

/** Claims that ID tokens have alone. */
const idTokenClaims = ["at_hash", "c_hash", "s_hash", "nonce"];

function useWords({ header, claims, detail }: Known): string {
  if (detail === "bound_to_key" || (claims.cnf !== undefined && detail === undefined))
    return "it is bound to a key (cnf), and was shown as a bearer token: the API expects a proof with it (DPoP)";
  if (detail === "bound_to_no_key")
    return "it is bound to no key, and the API expects one that is (DPoP)";
  const isIdToken = claims.token_use === "id" || idTokenClaims.some((name) => name in claims);
  if (isIdToken) return "this is an ID token; the API expects an access token";
  if (detail === "other_type")
    return `its header says that it is ${quoted(header.typ)}; the API expects an access token`;
  return `this is no access token${claims.token_use === undefined ? "" : ` (token_use is ${quoted(claims.token_use)})`}; the API expects one`;
}

function listed(names: readonly string[] = []): string {
  return names.length > 0 ? names.map(quoted).join(" or ") : "others";
}

/** The longest that something of a token is repeated: a whole token inside it never is. */
const longest = 200;

/** Writes something that a token says, without what could move the cursor of whoever reads it. */
function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const shown = text.replaceAll(/[^\x20-\x7e\p{L}]/gu, "?");
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
