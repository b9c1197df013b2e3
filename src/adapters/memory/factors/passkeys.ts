import * as base64url from "jose/base64url";
import type { JsonObject } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { Passkey } from "../../../domain/passkey.ts";
import type { Passkeys } from "../../../ports/index.ts";
import type { PasskeyVerifier } from "../../shared/passkey-verifier.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import { accountName } from "../users/sign-in-names.ts";
import type { UserPasskey } from "../users/user.ts";

/** Amazon Cognito's limit. */
const maxPasskeys = 20;

/** Web Authentication Level 3, section 13.4.3, asks for 16 at least. */
const challengeBytes = 32;

/** The default of Web Authentication Level 3, section 15.1. */
const registrationSeconds = 300;

/** Makes the passkeys facet of the port. */
export function createPasskeys(engine: Engine, verifier: PasskeyVerifier): Passkeys {
  const { onSignedInAccount } = engine;
  return {
    startPasskeyRegistration: ({ accessToken }) =>
      onSignedInAccount(accessToken, (caller) => start(engine, verifier, caller)),
    finishPasskeyRegistration: ({ accessToken, credential }) =>
      onSignedInAccount(accessToken, (caller) => finish(engine, verifier, caller, credential)),
    listPasskeys: ({ accessToken }) =>
      onSignedInAccount(accessToken, async ({ user }) => user.passkeys.map(summaryOf)),
    deletePasskey: ({ accessToken, id }) =>
      onSignedInAccount(accessToken, (caller) => remove(engine, caller, id)),
  };
}

/**
 * Gives the verifier of passkeys.
 *
 * @throws {IdentityError} `not_supported` — there is nothing to check them with
 */
export function passkeyVerifierOf({ passkeys }: Pick<MemorySettings, "passkeys">): PasskeyVerifier {
  if (!passkeys) throw new IdentityError("not_supported");
  return passkeys;
}

/** Makes up the challenge that a passkey has to sign. */
export function newPasskeyChallenge({ randomBytes }: Pick<MemorySettings, "randomBytes">): string {
  return base64url.encode(randomBytes(challengeBytes));
}

async function start(
  { settings, users }: Engine,
  verifier: PasskeyVerifier,
  { user }: UserAccount,
): Promise<JsonObject> {
  const challenge = newPasskeyChallenge(settings);
  const expiresAt = settings.clock.now() + registrationSeconds * 1000;
  const options = await verifier.creationOptions({
    challenge,
    timeoutSeconds: registrationSeconds,
    user: { id: user.subject, name: accountName(user, settings) },
    existing: user.passkeys.map(({ id }) => id),
  });
  await settings.pause();
  users.put({ ...user, newPasskey: { challenge, expiresAt } });
  return options;
}

/** Finishes a registration. Its options are spent, whatever comes of it. */
async function finish(
  engine: Engine,
  verifier: PasskeyVerifier,
  { user }: UserAccount,
  credential: JsonObject,
): Promise<void> {
  const { settings, users } = engine;
  const { newPasskey } = user;
  if (!newPasskey) throw refused("challenge_expired", "session_unknown");
  const started = users.put({ ...user, newPasskey: undefined });
  if (settings.clock.now() >= newPasskey.expiresAt)
    throw refused("challenge_expired", "session_expired");
  if (started.passkeys.length >= maxPasskeys) throw new IdentityError("conflict");
  const { challenge } = newPasskey;
  const made = await verifier.verifyRegistration({ credential, challenge });
  await settings.pause();
  // Web Authentication Level 3, section 7.1, step 27: of two users with one passkey, one could sign in as the other.
  if (users.hasPasskey(made.id)) throw new IdentityError("passkey_rejected");
  const passkey: UserPasskey = { ...made, createdAt: settings.clock.now() };
  users.put({ ...started, passkeys: [...started.passkeys, passkey] });
}

async function remove({ settings, users }: Engine, { user }: UserAccount, id: string) {
  const passkeys = user.passkeys.filter((passkey) => passkey.id !== id);
  if (passkeys.length === user.passkeys.length) throw new IdentityError("not_found");
  await settings.pause();
  users.put({ ...user, passkeys });
}

function summaryOf({ id, createdAt }: UserPasskey): Passkey {
  return { id, createdAt: Math.floor(createdAt / 1000) };
}
