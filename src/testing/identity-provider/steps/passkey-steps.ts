import type { Challenge } from "../../../domain/challenge.ts";
import { ContractFailure } from "../../expectations.ts";
import { outcomeOf } from "../../outcomes.ts";
import type { HarnessControls, IdentityProviderHarness } from "../harness.ts";
import { type SignedInUser, signedInUser } from "./account-steps.ts";
import { answer, expectChallenge } from "./challenge-steps.ts";
import type { PasskeyDevice, PasskeyFlaw } from "./passkey-device.ts";

/** A user with a passkey. */
export interface UserWithPasskey {
  readonly user: SignedInUser;
  readonly device: PasskeyDevice;
  /** The id of the passkey. */
  readonly id: string;
}

/** Gives a user who has signed in and registered a passkey. */
export async function userWithPasskey(
  harness: IdentityProviderHarness,
  authenticator: HarnessControls["authenticator"],
): Promise<UserWithPasskey> {
  const user = await signedInUser(harness);
  const device = authenticator.newDevice();
  await registerPasskey(harness, user, device);
  const [passkey] = await harness.identity.listPasskeys(user);
  if (!passkey) throw new ContractFailure("expected a passkey in the list, but there is none");
  return { user, device, id: passkey.id };
}

/** Registers a passkey of a device. */
export async function registerPasskey(
  { identity }: IdentityProviderHarness,
  { accessToken }: Pick<SignedInUser, "accessToken">,
  device: PasskeyDevice,
  flaw?: PasskeyFlaw,
): Promise<void> {
  const options = await identity.startPasskeyRegistration({ accessToken });
  const credential = await device.create(options, flaw);
  await identity.finishPasskeyRegistration({ accessToken, credential });
}

/** Begins a sign-in with a passkey. */
export async function beginWithPasskey(
  { identity }: IdentityProviderHarness,
  { username }: { readonly username: string },
): Promise<Challenge & { readonly type: "passkey" }> {
  return expectChallenge(await identity.signIn({ username, factor: "passkey" }), "passkey");
}

/** Signs in with a passkey of a device. */
export async function signInWithPasskey(
  harness: IdentityProviderHarness,
  user: { readonly username: string },
  device: PasskeyDevice,
  flaw?: PasskeyFlaw,
) {
  const challenge = await beginWithPasskey(harness, user);
  const credential = await device.get(challenge.options, flaw);
  return answer(harness, challenge, { type: "passkey", credential });
}

/** Expects that a passkey with a flaw is rejected. */
export async function expectRejected(flaw: PasskeyFlaw, call: Promise<unknown>): Promise<void> {
  const outcome = await outcomeOf(call);
  if (outcome !== "passkey_rejected")
    throw new ContractFailure(
      `expected passkey_rejected for the flaw "${flaw}", but the call ended with ${outcome}`,
    );
}
