import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import type { PasskeyFlaw } from "../../../src/testing/identity-provider/steps/passkey-device.ts";
import type { SoftwareAuthenticator } from "../../support/software-authenticator.ts";
import { newDevice, passkeyVerifier } from "../webauthn/support.ts";
import { ada, challengeOf, createProvider, signUpAndIn, type TestProvider } from "./support.ts";

/** Registers a passkey of a device's, and gives the options that it was made with. */
export async function registerPasskey(
  { identity }: Pick<TestProvider, "identity">,
  accessToken: string,
  device: SoftwareAuthenticator,
) {
  const options = await identity.startPasskeyRegistration({ accessToken });
  const credential = await device.create(options);
  await identity.finishPasskeyRegistration({ accessToken, credential });
  return options;
}

/** Signs a user up and in who has a passkey. */
export async function signUpWithPasskey(options: MemoryIdentityProviderOptions = {}) {
  const provider = createProvider({ passkeys: passkeyVerifier(), ...options });
  const { accessToken } = await signUpAndIn(provider);
  const device = newDevice();
  await registerPasskey(provider, accessToken, device);
  return { provider, accessToken, device };
}

/** Signs in with the passkey of a device. */
export async function signInWith(
  { identity }: Pick<TestProvider, "identity">,
  device: SoftwareAuthenticator,
  {
    username = ada.username,
    flaw,
  }: { readonly username?: string; readonly flaw?: PasskeyFlaw } = {},
) {
  const begun = identity.signIn({ username, factor: "passkey" });
  const { session, options } = await challengeOf(begun, "passkey");
  const credential = await device.get(options, flaw);
  return identity.answerChallenge({ session, answer: { type: "passkey", credential } });
}
