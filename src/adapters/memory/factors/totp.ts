import { IdentityError } from "../../../domain/errors.ts";
import { attemptTotp } from "../../shared/totp.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import type { User } from "../users/user.ts";

/**
 * Compares a code with those of the user's authenticator app, and takes it. Wrong ones count towards the account's lock;
 * one that was right before is none.
 *
 * @throws {IdentityError} `code_mismatch` — not a code of the app's, or one that was taken before
 * @throws {IdentityError} `too_many_attempts` — the account is locked
 * @throws {IdentityError} `mfa_not_available` — the user has no such app any more
 */
export async function checkTotpOf(
  { settings, lockout, users }: Engine,
  { key, user }: UserAccount,
  code: string,
): Promise<User> {
  const { totp } = user;
  if (!totp) throw new IdentityError("mfa_not_available");
  await lockout.admit({ key, user });
  const { secret, lastStep } = totp;
  const attempt = await attemptTotp(code, secret, { now: settings.clock.now(), lastStep });
  await settings.pause();
  if (attempt.outcome === "match")
    return users.put({ ...user, totp: { ...totp, lastStep: attempt.step } });
  if (attempt.outcome === "replayed") throw refused("code_mismatch", "totp_replayed");
  await lockout.recordFailure({ key, user });
  throw refused("code_mismatch", "wrong_code");
}

/**
 * Confirms that an authenticator app has a secret, and gives the user with the app.
 *
 * @throws {IdentityError} `code_mismatch` — not a code of that secret
 */
export async function withTotp(
  { settings }: Pick<Engine, "settings">,
  user: User,
  app: { readonly secret: string; readonly code: string; readonly deviceName?: string | undefined },
): Promise<User> {
  const { secret, code, deviceName: name } = app;
  const attempt = await attemptTotp(code, secret, { now: settings.clock.now(), lastStep: -1 });
  if (attempt.outcome !== "match") throw refused("code_mismatch", "wrong_code");
  const totp = { secret, name, lastStep: attempt.step };
  return { ...user, totp, newTotpSecret: undefined };
}
