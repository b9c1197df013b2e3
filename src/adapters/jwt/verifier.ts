import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import type { Principal } from "../../domain/principal.ts";
import type { TokenVerifier } from "../../ports/index.ts";
import { forBoundTokens, isBound, type JwtVerifier } from "./bound-tokens.ts";
import { rejected } from "./tokens/rejection.ts";
import { isTimely } from "./tokens/token-times.ts";
import { verifyToken } from "./tokens/token-verification.ts";
import type { VerifiedToken } from "./tokens/verified-tokens.ts";
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
export function createJwtVerifier(options: JwtVerifierOptions): JwtVerifier {
  const settings = readOptions(options);
  const { verify } = verifierOf(settings);
  let bound: TokenVerifier | undefined;
  return {
    verify,
    async verifyBound(accessToken) {
      // An API that is shown none needs no memory for them.
      bound ??= verifierOf(forBoundTokens(settings, options));
      const principal = await bound.verify(accessToken);
      if (!isBound(principal)) throw rejected("wrong_use");
      return principal;
    },
  };
}

function verifierOf(settings: VerifierSettings): TokenVerifier {
  const { tokens, isRevoked } = settings;
  return {
    verify(accessToken) {
      const kept = typeof accessToken === "string" ? tokens.get(accessToken) : undefined;
      const verified = kept ? verifyKept(kept, settings) : verifyToken(accessToken, settings);
      return isRevoked ? unlessRevoked(verified, isRevoked) : verified;
    },
  };
}

/** Verifies a token anew, unless all that its verification went by is as it was: the time, its issuer and its key. */
async function verifyKept(kept: VerifiedToken, settings: VerifierSettings): Promise<Principal> {
  const { token, principal, issuer, key, validTime } = kept;
  if (isTimely(validTime, settings.clock) && settings.issuers.has(issuer)) {
    const ready = await issuer.keys.ready();
    if (ready.get(key.name) === key) return principal;
  }
  settings.tokens.delete(token);
  return verifyToken(token, settings);
}

async function unlessRevoked(
  verified: Promise<Principal>,
  isRevoked: AskRevocation,
): Promise<Principal> {
  const principal = await verified;
  if (await ask(isRevoked, principal)) throw rejected("revoked");
  return principal;
}

type AskRevocation = NonNullable<VerifierSettings["isRevoked"]>;

async function ask(isRevoked: AskRevocation, principal: Principal): Promise<boolean> {
  try {
    return await isRevoked(principal);
  } catch (cause) {
    if (isIdentityError(cause)) throw cause;
    throw new IdentityError("provider_unavailable", { cause });
  }
}
