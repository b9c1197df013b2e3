import type { BoundPrincipal, Principal } from "../../../domain/principal.ts";
import type { BoundTokenVerifier, PromptTokenVerifier } from "../../../ports/index.ts";
import { createVerifiedTokens, noTokens } from "./verified-tokens.ts";
import type { VerifierSettings, VerifierTerms } from "./verifier-options.ts";

/** Verifies tokens of either kind, each by its own method: those of whoever has them, and those that are bound to a key. */
export interface JwtVerifier extends PromptTokenVerifier, BoundTokenVerifier {}

/**
 * Gives the settings for tokens that are bound to a key. These are kept by themselves, so that one that was found good
 * together with a proof is never found where nobody asks for one.
 */
export function forBoundTokens(
  settings: VerifierSettings,
  { cache }: VerifierTerms,
): VerifierSettings {
  const tokens = cache === false ? noTokens : createVerifiedTokens(cache);
  return { ...settings, tokens, takesBoundTokens: true };
}

/** Tells whether a token was bound to a key. */
export function isBound(principal: Principal): principal is BoundPrincipal {
  return principal.confirmation !== undefined;
}
