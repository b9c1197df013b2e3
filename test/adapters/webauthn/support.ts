import {
  createWebAuthnPasskeyVerifier,
  type WebAuthnPasskeyVerifierOptions,
} from "../../../src/adapters/webauthn/index.ts";
import {
  createSoftwareAuthenticator,
  type SoftwareAuthenticatorOptions,
} from "../../support/software-authenticator.ts";

export const site = { rpId: "example.com", origins: ["https://www.example.com"] } as const;

export function passkeyVerifier(options: Partial<WebAuthnPasskeyVerifierOptions> = {}) {
  return createWebAuthnPasskeyVerifier({ ...site, ...options });
}

/** A browser on the site's page. */
export function newDevice(options: Partial<SoftwareAuthenticatorOptions> = {}) {
  return createSoftwareAuthenticator({ origin: site.origins[0], ...options });
}
