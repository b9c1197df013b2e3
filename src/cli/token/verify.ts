import {
  createDiscoveredKeySet,
  createJwtVerifier,
  type JwtVerifier,
  oidcIssuer,
} from "../../adapters/jwt/index.ts";
import { isTrustworthyUrl } from "../../adapters/shared/secure-url.ts";
import { isIdentityError } from "../../domain/errors.ts";
import { UsageError } from "../command.ts";
import { explain } from "./explain.ts";
import { partsOf, type TokenParts } from "./summary.ts";
import { lifeOf } from "./times.ts";
import type { Expectations, Verdict } from "./verdict.ts";

/** The API that a token is held against, by what it was told to take: with nothing in a list, anything. */
export interface ApiTerms {
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
}

/** Verifies a token as an API would that takes an issuer's. */
export async function verifyAgainstIssuer(token: string, terms: ApiTerms): Promise<Verdict> {
  if (!URL.canParse(terms.issuer) || !isTrustworthyUrl(new URL(terms.issuer)))
    throw new UsageError("--issuer takes an https address, or http on this machine.");
  const parts = partsOf(token);
  const { algorithms } = terms;
  const expected = { ...terms, algorithms: algorithms.length > 0 ? algorithms : ["RS256"] };
  let whyNoKeys: unknown;
  const keys = createDiscoveredKeySet({
    issuer: terms.issuer,
    onFailure: (failure) => {
      whyNoKeys = failure;
    },
  });
  const verifier = verifierOf(expected, keys, parts);
  try {
    await verifier.verify(token);
    return { outcome: "accepted", message: acceptedOf(parts, terms) };
  } catch (error) {
    if (!isIdentityError(error)) throw error;
    if (error.rejection) return explain(error.rejection, error.rejectionReason, parts, expected);
    const why = whyNoKeys ?? error.cause;
    return {
      outcome: "unknown",
      message: `the keys of ${terms.issuer} cannot be had${why instanceof Error ? `: ${why.message}` : ""}`,
    };
  }
}

/** Tokens are judged in the form that they have: the audience stands in for the client where there is no `token_use`. */
function verifierOf(
  { issuer, clientIds, audiences, algorithms }: ApiTerms,
  keys: ReturnType<typeof createDiscoveredKeySet>,
  parts: TokenParts | undefined,
): JwtVerifier {
  const claims = parts?.claims ?? {};
  const ofToken = (name: string) => [claims[name] ?? []].flat().filter(isWord);
  const ownClients = [...ofToken("client_id"), ...ofToken("azp")];
  const isOidc =
    audiences.length > 0 || (claims.token_use === undefined && claims.aud !== undefined);
  if (isOidc) {
    const taken = audiences.length > 0 ? audiences : ofToken("aud");
    const terms = { issuer, keys, algorithms, ...(clientIds.length > 0 && { clientIds }) };
    return createJwtVerifier({
      issuers: [oidcIssuer({ ...terms, audiences: taken.length > 0 ? taken : ["any"] })],
    });
  }
  const taken = clientIds.length > 0 ? clientIds : ownClients;
  return createJwtVerifier({
    issuer,
    keys,
    algorithms,
    clientIds: taken.length > 0 ? taken : ["any"],
  });
}

function isWord(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function acceptedOf(parts: TokenParts | undefined, { clientIds, audiences }: Expectations): string {
  const unjudged = [
    ...(clientIds?.length ? [] : ["its client (--client-id)"]),
    ...(audiences?.length ? [] : ["whom it is meant for (--audience)"]),
  ];
  const rest =
    unjudged.length > 0 ? ` Not judged, as nothing was said of it: ${unjudged.join(", ")}.` : "";
  return `it is a good access token of this issuer, and ${lifeOf(parts)}.${rest}`;
}
