import type { JsonObject } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { Engine } from "../engine.ts";
import { newPasskeyChallenge, passkeyVerifierOf } from "../factors/passkeys.ts";
import { requiredMethods } from "../factors/second-factor-methods.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";
import type { PasskeyAsk } from "./challenge-store.ts";

/**
 * Asks for a passkey: for anyone's, in the same words, so that it does not tell who exists or has one (Web
 * Authentication Level 3, sections 14.6.2 and 14.6.3). Browsers know which of their passkeys are for the site.
 */
export function askForPasskey({ settings }: Engine): PasskeyAsk {
  return { type: "passkey", challenge: newPasskeyChallenge(settings) };
}

/** Gives the options that a passkey answers. */
export function passkeyOptions(
  { settings, client }: Engine,
  { challenge }: PasskeyAsk,
): Promise<JsonObject> {
  const timeoutSeconds = client.challengeSeconds;
  return passkeyVerifierOf(settings).requestOptions({ challenge, timeoutSeconds });
}

/**
 * Checks that a passkey is the user's, and notes its counter.
 *
 * @throws {IdentityError} `passkey_rejected` — it is not, or what it signed does not hold
 */
export async function checkPasskey(
  { settings, users }: Engine,
  { user }: Account,
  { challenge }: PasskeyAsk,
  credential: JsonObject,
): Promise<User> {
  const verifier = passkeyVerifierOf(settings);
  const passkey = user?.passkeys.find(({ id }) => id === credential.id);
  if (!user || !passkey || !canBeginWithPasskey(user, settings))
    throw new IdentityError("passkey_rejected");
  const { subject: userId } = user;
  const { signCount } = await verifier.verifyAuthentication({
    credential,
    challenge,
    passkey,
    userId,
  });
  await settings.pause();
  const passkeys = user.passkeys.map((other) =>
    other === passkey ? { ...passkey, signCount } : other,
  );
  return users.put({ ...user, passkeys });
}

/**
 * Tells whether a passkey can stand for a user's password. As in Amazon Cognito, not with a second factor, unless a
 * passkey is both; nor for whoever an administrator gave a temporary password, which is how an account is won back.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 */
function canBeginWithPasskey(user: User, settings: MemorySettings): boolean {
  const isMultiFactor = settings.passkeys?.isMultiFactor ?? false;
  const isFree = settings.mfa !== "required" && requiredMethods(user, settings).length === 0;
  return user.status !== "invited" && (isMultiFactor || isFree);
}
