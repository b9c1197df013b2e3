import type { PromptTokenVerifier, TokenVerifier } from "../../ports/index.ts";
import type { AnyPrincipal } from "../principal.ts";

/**
 * Verifies an access token, without a promise where the verifier can do so and nothing has to be waited for.
 *
 * The verifier is looked at for each token: one that is made of another, by a spread, a subclass, a prototype or a proxy,
 * and has a `verify` of its own is asked by that, and so is one whose `verify` was replaced since.
 */
export function verifyPromptly<P extends AnyPrincipal>(
  verifier: TokenVerifier<P> | PromptTokenVerifier<P>,
  accessToken: string,
): P | Promise<P> {
  return isPrompt(verifier) ? verifier.verifyPromptly(accessToken) : verifier.verify(accessToken);
}

function isPrompt<P extends AnyPrincipal>(
  verifier: TokenVerifier<P> | PromptTokenVerifier<P>,
): verifier is PromptTokenVerifier<P> {
  return "verifyPromptly" in verifier && verifier.verifyPromptly?.insteadOf === verifier.verify;
}
