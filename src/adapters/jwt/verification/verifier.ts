import { hasIdentityCode, IdentityError } from "../../../domain/errors.ts";
import type { AnyPrincipal, Principal } from "../../../domain/principal.ts";
import type { PromptTokenVerifier, TokenVerifier } from "../../../ports/index.ts";
import { rejected } from "../format/rejection.ts";
import { maxTokenLength } from "../format/token-reader.ts";
import type { KnownIssuers } from "../issuers/known-issuers.ts";
import type { VerificationKey } from "../keys/verification-keys.ts";
import { forBoundTokens, isBound, type JwtVerifier } from "./bound-tokens.ts";
import { isWithinValidTime } from "./token-times.ts";
import { verifyToken } from "./token-verification.ts";
import { tailOf, type VerifiedToken } from "./verified-tokens.ts";
import { type JwtVerifierOptions, readOptions, type VerifierSettings } from "./verifier-options.ts";

/**
 * Makes a verifier of JWT access tokens, which goes by RFC 8725 throughout: nothing in a token chooses how it is
 * verified. What is wrong with a token is told by `rejection`, a closed set of words that are safe to show.
 *
 * @throws {TypeError} for options that would take too much: no issuer or the same one twice, no client or audience, no
 *   algorithm, `none`, a shared secret
 * @example
 * const keys = createRemoteKeySet({ uri: `${issuer}/.well-known/jwks.json` });
 * const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
 * const principal = await verifier.verify(accessToken);
 * @example
 * const verifier = createJwtVerifier({
 *   issuers: [
 *     cognitoIssuer({ userPoolId: "eu-west-1_AbCdEfGhI", clientIds: ["1example23456789"] }),
 *     oidcIssuer({ issuer: staffIssuer, keys: staffKeys, audiences: ["orders-api"] }),
 *   ],
 * });
 */
export function createJwtVerifier<P extends AnyPrincipal = Principal>(
  options: JwtVerifierOptions<P>,
): JwtVerifier<P>;
export function createJwtVerifier(
  options: JwtVerifierOptions<AnyPrincipal>,
): JwtVerifier<AnyPrincipal> {
  const settings = readOptions(options);
  let bound: TokenVerifier<AnyPrincipal> | undefined;
  return {
    ...verifierOf(settings),
    async verifyBound(accessToken) {
      // An API that is shown none needs no memory for them.
      bound ??= verifierOf(forBoundTokens(settings, options));
      const principal = await bound.verify(accessToken);
      if (!isBound(principal)) throw rejected("wrong_use", "bound_to_no_key");
      return principal;
    },
  };
}

function verifierOf(settings: VerifierSettings): PromptTokenVerifier<AnyPrincipal> {
  const answer = (accessToken: string) => answerTo(accessToken, settings);
  const verify = (accessToken: string) => Promise.resolve(answer(accessToken));
  return { verify, verifyPromptly: Object.assign(answer, { insteadOf: verify }) };
}

function answerTo(
  accessToken: string,
  settings: VerifierSettings,
): AnyPrincipal | Promise<AnyPrincipal> {
  // First of all, as whatever looks at a token takes the longer the longer it is.
  if (typeof accessToken !== "string" || accessToken.length > maxTokenLength) {
    return Promise.reject(rejected("malformed"));
  }
  const tail = tailOf(accessToken);
  const kept = settings.tokens.get(accessToken, tail);
  return kept ? verifyKept(kept, settings) : verifyNew(accessToken, tail, settings);
}

/**
 * Verifies a token anew, unless all that its verification went by is as it was: the time, its issuer and its key. Where
 * the keys are at hand it waits for nothing, as waiting takes a good part of the time of all the rest.
 */
function verifyKept(
  kept: VerifiedToken,
  settings: VerifierSettings,
): AnyPrincipal | Promise<AnyPrincipal> {
  const { issuer, validTime } = kept;
  if (!isWithinValidTime(validTime, settings.clock)) return verifyAnew(kept, settings);
  const known = settings.issuers.find(issuer.name, issuer);
  if (known === issuer) return verifyKeys(kept, settings);
  return verifyIssuer(kept, known, settings);
}

/** Takes the issuer's name as found again, which may have taken waiting: what it stands for may be as it was. */
async function verifyIssuer(
  kept: VerifiedToken,
  known: ReturnType<KnownIssuers["find"]>,
  settings: VerifierSettings,
): Promise<AnyPrincipal> {
  const isSame = (await known) === kept.issuer;
  return isSame ? verifyKeys(kept, settings) : verifyAnew(kept, settings);
}

function verifyKeys(
  kept: VerifiedToken,
  settings: VerifierSettings,
): AnyPrincipal | Promise<AnyPrincipal> {
  const keys = kept.issuer.keys.ready();
  if (keys instanceof Promise) return keys.then((ready) => verifyKey(kept, ready, settings));
  return verifyKey(kept, keys, settings);
}

function verifyKey(
  kept: VerifiedToken,
  ready: ReadonlyMap<string, VerificationKey>,
  settings: VerifierSettings,
): AnyPrincipal | Promise<AnyPrincipal> {
  const { key, principal } = kept;
  if (ready.get(key.name) !== key) return verifyAnew(kept, settings);
  const { isRevoked } = settings;
  return isRevoked ? unlessRevoked(principal, isRevoked) : principal;
}

function verifyAnew(
  { token, tail }: VerifiedToken,
  settings: VerifierSettings,
): Promise<AnyPrincipal> {
  settings.tokens.delete(tail);
  return verifyNew(token, tail, settings);
}

function verifyNew(token: string, tail: number, settings: VerifierSettings): Promise<AnyPrincipal> {
  const verified = verifyToken(token, tail, settings);
  const { isRevoked } = settings;
  return isRevoked ? verified.then((principal) => unlessRevoked(principal, isRevoked)) : verified;
}

/** Waits for an answer only where it is not given at once. */
function unlessRevoked(
  principal: AnyPrincipal,
  isRevoked: NonNullable<VerifierSettings["isRevoked"]>,
): AnyPrincipal | Promise<AnyPrincipal> {
  let answer: boolean | Promise<boolean>;
  try {
    answer = isRevoked(principal);
  } catch (cause) {
    answer = Promise.reject(cause);
  }
  return answer === false ? principal : unlessItIs(answer, principal);
}

async function unlessItIs(
  revoked: boolean | Promise<boolean>,
  principal: AnyPrincipal,
): Promise<AnyPrincipal> {
  let isRevoked: boolean;
  try {
    isRevoked = await revoked;
  } catch (cause) {
    if (hasIdentityCode(cause)) throw cause;
    throw new IdentityError("provider_unavailable", { cause });
  }
  if (isRevoked) throw rejected("revoked");
  return principal;
}
