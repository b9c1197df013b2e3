import type { AnyPrincipal, BoundPrincipal, Principal } from "../../../domain/principal.ts";
import type { BoundTokenVerifier, PromptTokenVerifier } from "../../../ports/index.ts";
import { createTokenCacheCounts } from "../../shared/token-cache-counts.ts";
import { createVerifiedTokens, noTokenCache } from "./verified-tokens.ts";
import type { VerifierSettings, VerifierTerms } from "./verifier-options.ts";

/** Verifies tokens of either kind, each by its own method: those of whoever has them, and those that are bound to a key. */
export interface JwtVerifier<P extends AnyPrincipal = Principal>
  extends PromptTokenVerifier<P>,
    BoundTokenVerifier<P> {}

/**
 * Gives the settings for tokens that are bound to a key. These are kept by themselves, so that one that was found good
 * together with a proof is never found where nobody asks for one.
 */
export function forBoundTokens(
  settings: VerifierSettings,
  { cache }: Pick<VerifierTerms, "cache">,
): VerifierSettings {
  // Whoever is told of the others would be told of both as if they were one cache.
  const counts = createTokenCacheCounts();
  const tokens = cache === false ? noTokenCache : createVerifiedTokens({ ...cache, counts });
  return { ...settings, tokens, takesBoundTokens: true };
}

/** Tells whether a token was bound to a key. */
export function isBound<P extends AnyPrincipal>(principal: P): principal is BoundPrincipal<P> {
  return principal.confirmation !== undefined;
}
