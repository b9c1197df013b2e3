import { IdentityError } from "../../domain/errors.ts";
import type { PasskeyVerifier } from "../shared/passkey-verifier.ts";
import { missingPeer } from "../shared/peers/missing-peer.ts";

/** The site that passkeys are for. */
export interface WebAuthnPasskeyVerifierOptions {
  /** The relying party identifier: the site's domain, or one above it that is no public suffix. No scheme, no port. */
  readonly rpId: string;
  /** The name that authenticators may show the site as. @default the `rpId` */
  readonly rpName?: string;
  /** The origins of the sign-in pages: each as browsers write it, `https://www.example.com`. */
  readonly origins: readonly string[];
  /**
   * Whether authenticators must check each time that it is the user, by a PIN or a fingerprint, or only where they can.
   *
   * @default "required"
   */
  readonly userVerification?: "required" | "preferred";
  /**
   * Takes a passkey for both factors, so that users with a second factor sign in with it as well, and are asked for
   * nothing else. Needs user verification.
   *
   * @default false
   */
  readonly isMultiFactor?: boolean;
}

/**
 * Makes a verifier of passkeys for one site (Web Authentication Level 3, section 7).
 *
 * The package `@simplewebauthn/server` is loaded when the verifier is first asked.
 *
 * @throws {IdentityError} `provider_misconfigured` — the site is none, or an option contradicts another; from each method,
 *   where the package is missing
 *
 * @example
 * const passkeys = createWebAuthnPasskeyVerifier({
 *   rpId: "example.com",
 *   origins: ["https://www.example.com"],
 * });
 * const { identity } = createMemoryIdentityProvider({ passkeys });
 */
export function createWebAuthnPasskeyVerifier(
  options: WebAuthnPasskeyVerifierOptions,
): PasskeyVerifier {
  checkOptions(options);
  let loading: Promise<PasskeyVerifier> | undefined;
  const load = () => {
    loading ??= loadVerifier(options);
    return loading;
  };
  return {
    isMultiFactor: options.isMultiFactor ?? false,
    creationOptions: async (creation) => (await load()).creationOptions(creation),
    verifyRegistration: async (answer) => (await load()).verifyRegistration(answer),
    requestOptions: async (request) => (await load()).requestOptions(request),
    verifyAuthentication: async (answer) => (await load()).verifyAuthentication(answer),
  };
}

async function loadVerifier(options: WebAuthnPasskeyVerifierOptions): Promise<PasskeyVerifier> {
  const { createLoadedVerifier } = await import("./passkey-verifier.ts").catch((failure) => {
    const cause = missingPeer("@simplewebauthn/server", failure);
    throw new IdentityError("provider_misconfigured", { cause });
  });
  return createLoadedVerifier(options);
}

function checkOptions(options: WebAuthnPasskeyVerifierOptions): void {
  const { rpId, origins, userVerification, isMultiFactor } = options;
  const isSite = URL.canParse(`https://${rpId}`) && new URL(`https://${rpId}`).hostname === rpId;
  if (!isSite) throw misconfigured("the RP id of passkeys is no domain");
  if (origins.length === 0 || !origins.every(isOrigin))
    throw misconfigured("the origins of passkeys are no origins");
  if (isMultiFactor && userVerification === "preferred")
    throw misconfigured("passkeys that are both factors need user verification");
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function misconfigured(detail: string): IdentityError {
  return new IdentityError("provider_misconfigured", { detail });
}
