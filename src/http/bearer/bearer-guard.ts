import { IdentityError } from "../../domain/errors.ts";
import type { AnyPrincipal, Principal } from "../../domain/principal.ts";
import { verifyPromptly } from "../../domain/use-cases/prompt-verification.ts";
import type { BoundRequest, ProofVerifier } from "../../ports/index.ts";
import type { BearerState } from "../environment.ts";
import { type Admission, admission } from "./admission.ts";
import {
  type BearerRequest,
  bearerToken,
  isAnonymous,
  isBearerToken,
  isOfScheme,
  usualBearerToken,
} from "./authorization-header.ts";
import type { BearerOptions, OptionalBearerOptions } from "./bearer-options.ts";
import { type BearerRefusal, createRefusal } from "./bearer-refusal.ts";

/** Judges the access token of a request. */
export type BearerGuard<P extends AnyPrincipal = Principal> = (
  request: Request,
) => Promise<P | Response>;

/** Judges the access token of a request, if there is one. */
export type OptionalBearerGuard<P extends AnyPrincipal = Principal> = (
  request: Request,
) => Promise<P | Response | undefined>;

/**
 * Makes a function that gives whom a request's access token speaks for, or else the answer to send instead: 400, 401,
 * 403 or 503 as a problem document (RFC 9457), with the challenge of RFC 6750. For whatever speaks `Request` and
 * `Response`; a Hono application takes `bearerAuth` of `portico/hono`.
 *
 * Keys or revocations that cannot be had are a 503, never a 401, which would make clients sign their users out.
 *
 * @throws {TypeError} for options that no challenge could name
 * @returns a function that fails with whatever the verifier throws that is no {@link IdentityError}
 * @example
 * const guard = createBearerGuard({ verifier, scopes: ["orders/read"] });
 * export default {
 *   async fetch(request: Request): Promise<Response> {
 *     const principal = await guard(request);
 *     if (principal instanceof Response) return principal;
 *     return Response.json({ hello: principal.subject });
 *   },
 * };
 */
export function createBearerGuard<P extends AnyPrincipal = Principal>(
  options: BearerOptions<P>,
): BearerGuard<P>;
/** Makes one that gives nothing for a request without credentials, if the options say so. */
export function createBearerGuard<P extends AnyPrincipal = Principal>(
  options: BearerOptions<P> | OptionalBearerOptions<P>,
): OptionalBearerGuard<P>;
export function createBearerGuard(
  options: BearerOptions<AnyPrincipal> | OptionalBearerOptions<AnyPrincipal>,
): OptionalBearerGuard<AnyPrincipal> {
  const judge = createBearerJudge(options);
  return async (request) => judge(bearerRequestOf(request), (principal) => principal);
}

/**
 * Goes on with the principal of a request, or gives the answer that it gets instead: at once where nothing is waited for.
 * With an optional token there may be no principal.
 */
export type BearerJudge<P extends AnyPrincipal = Principal> = <T>(
  request: BearerRequest,
  goOn: (principal: P | undefined) => T | Promise<T>,
) => T | Response | Promise<T | Response>;

/**
 * Makes a judge of requests. A token that was verified before is on the way through in one step, which makes nothing but
 * what it needs: everything else would be felt there.
 *
 * @throws {TypeError} for options that no challenge could name
 */
export function createBearerJudge<P extends AnyPrincipal>(
  options: BearerOptions<P> | OptionalBearerOptions<P>,
): BearerJudge<P> {
  const { verifier } = options;
  const judging = { ...options, lackOf: admission(options), refuse: createRefusal(options) };
  return (request, goOn) => {
    const usual = usualBearerToken(request);
    if (usual === undefined) return judgeUnusual(request, goOn, judging);
    const verified = verifyPromptly(verifier, usual);
    // Not by its class: a promise of another realm's is no principal either.
    if ("then" in verified) return judgeLater(request, goOn, judging, { usual, verified });
    return admit(request, goOn, judging, verified);
  };
}

/** The parts that a judge goes by. */
type Judging<P extends AnyPrincipal> = (BearerOptions<P> | OptionalBearerOptions<P>) & {
  /** Finds the lack of a principal, if any. */
  readonly lackOf: Admission;
  readonly refuse: BearerRefusal;
};

type GoOn<P extends AnyPrincipal, T> = (principal: P | undefined) => T | Promise<T>;

function admit<P extends AnyPrincipal, T>(
  request: BearerRequest,
  goOn: GoOn<P, T>,
  { lackOf, refuse }: Judging<P>,
  principal: P,
): T | Response | Promise<T | Response> {
  const lack = lackOf(principal);
  return lack === undefined ? goOn(principal) : refuse(request, new IdentityError(lack), "token");
}

function judgeLater<P extends AnyPrincipal, T>(
  request: BearerRequest,
  goOn: GoOn<P, T>,
  judging: Judging<P>,
  { usual, verified }: { readonly usual: string; readonly verified: Promise<P> },
): Promise<T | Response> {
  return Promise.resolve(verified).then(
    (principal) => admit(request, goOn, judging, principal),
    (error) => {
      if (isBearerToken(usual)) return judging.refuse(request, error, "token");
      return judging.refuse(request, new IdentityError("malformed_request"), "malformed");
    },
  );
}

async function judgeUnusual<P extends AnyPrincipal, T>(
  request: BearerRequest,
  goOn: GoOn<P, T>,
  judging: Judging<P>,
): Promise<T | Response> {
  const { verifier, dpop, formLimitBytes = 65_536, optional, lackOf, refuse } = judging;
  if (optional && (await isAnonymous(request, formLimitBytes))) return goOn(undefined);
  const proofs = dpop && isOfScheme("DPoP", request) ? dpop : undefined;
  const scheme = proofs ? "DPoP" : "Bearer";
  let state: BearerState = "none";
  let principal: P;
  try {
    const tell = (found: BearerState) => {
      state = found;
    };
    const token = await bearerToken(request, formLimitBytes, tell, scheme);
    principal = proofs
      ? await proofs.verify(boundRequestOf(request, token))
      : await verifier.verify(token);
    const lack = lackOf(principal);
    if (lack !== undefined) throw new IdentityError(lack);
  } catch (error) {
    const answer = refuse(request, error, state, scheme);
    return proofs && answer.status === 401 ? withNonce(answer, proofs) : answer;
  }
  return goOn(principal);
}

function boundRequestOf(request: BearerRequest, accessToken: string): BoundRequest {
  const { method, url } = request;
  return { accessToken, proof: request.header("DPoP"), method, url };
}

/** RFC 9449 section 8.2: whatever is wrong with this proof, the next one can be made with it. */
async function withNonce(answer: Response, proofs: ProofVerifier<AnyPrincipal>): Promise<Response> {
  const nonce = await proofs.nonce();
  if (nonce !== undefined) answer.headers.set("DPoP-Nonce", nonce);
  return answer;
}

function bearerRequestOf(request: Request): BearerRequest {
  return {
    url: request.url,
    method: request.method,
    raw: request,
    header: (name) => request.headers.get(name) ?? undefined,
  };
}
