import { type IdentityError, isIdentityError } from "../../domain/errors.ts";
import type { AnyPrincipal } from "../../domain/principal.ts";
import type { BearerState } from "../environment.ts";
import { requestIdOf } from "../exchange/request-id.ts";
import { problemAnswer, problemContentOf } from "../problem.ts";
import { type BearerRequest, challengeFor, type TokenScheme } from "./authorization-header.ts";
import type { BearerOptions, OptionalBearerOptions } from "./bearer-options.ts";
import { dpopChallengeFor } from "./dpop-challenge.ts";

/** Gives the answer to a request whose token was refused. */
export type BearerRefusal = (
  request: BearerRequest,
  error: unknown,
  bearer: BearerState,
  scheme?: TokenScheme,
) => Response;

/**
 * Makes a function that answers those that are not let in, with the challenge of RFC 6750 or RFC 9449.
 *
 * @throws {TypeError} for options that no challenge could name
 * @returns a function that throws what is no `IdentityError` on
 */
export function createRefusal(
  options: BearerOptions<AnyPrincipal> | OptionalBearerOptions<AnyPrincipal>,
): BearerRefusal {
  const { realm = "api", resourceMetadata, dpop, onRefusal } = options;
  // RFC 6750 section 3 has no way to say "one of them", and clients ask for all that are named.
  const scopes = [...(options.scopes ?? []), ...(options.anyScope ?? []).slice(0, 1)];
  if (!/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(realm)) {
    throw new TypeError("A realm is printable ASCII, with no quotes or backslashes.");
  }
  const metadata = resourceMetadata === undefined ? undefined : new URL(resourceMetadata).href;
  const protection = { realm, resourceMetadata: metadata };
  return (request, error, bearer, scheme = "Bearer") => {
    if (!isIdentityError(error)) throw error;
    onRefusal?.(error);
    const { code, rejection } = error;
    const wanted = { maxAgeSeconds: options.maxAge, authenticationClasses: options.acr };
    const findings = { bearer, scopes, scheme, ...wanted };
    const challenge = dpop
      ? dpopChallengeFor(code, protection, findings, rejection, dpop.algorithms)
      : challengeFor(code, protection, findings, rejection);
    const requestId = requestIdOf(request.header("X-Request-Id"));
    const answer = problemAnswer(problemContentOf(error), { requestId, challenge });
    const { status, body } = answer;
    const response = new Response(body, {
      status,
      headers: { ...answer.headers, "Cache-Control": "no-store" },
    });
    reasons.set(response, error);
    return response;
  };
}

/** Gives the error that an answer of a refusal was made of, for whoever answers it otherwise. */
export function reasonOf(answer: Response): IdentityError | undefined {
  return reasons.get(answer);
}

const reasons = new WeakMap<Response, IdentityError>();
