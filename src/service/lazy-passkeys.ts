import type { PasskeyVerifier } from "../adapters/shared/passkey-verifier.ts";
import { IdentityError } from "../domain/errors.ts";

/** The site that passkeys are for. */
export interface PasskeySite {
  readonly rpId: string;
  readonly origins: readonly string[];
}

/**
 * Makes a verifier of passkeys that is loaded when it is first asked, as no start should wait for it, and no installation
 * need have the package behind it.
 *
 * @throws {IdentityError} `provider_misconfigured` — from each method, where the package `@simplewebauthn/server` is missing
 */
export function createLazyPasskeyVerifier(site: PasskeySite): PasskeyVerifier {
  let loading: Promise<PasskeyVerifier> | undefined;
  const load = () => {
    loading ??= loadVerifier(site);
    return loading;
  };
  return {
    isMultiFactor: false,
    creationOptions: async (creation) => (await load()).creationOptions(creation),
    verifyRegistration: async (answer) => (await load()).verifyRegistration(answer),
    requestOptions: async (request) => (await load()).requestOptions(request),
    verifyAuthentication: async (answer) => (await load()).verifyAuthentication(answer),
  };
}

async function loadVerifier(site: PasskeySite): Promise<PasskeyVerifier> {
  const loaded = await import("../adapters/webauthn/index.ts").catch((cause: unknown) => {
    throw new IdentityError("provider_misconfigured", { cause });
  });
  return loaded.createWebAuthnPasskeyVerifier(site);
}
