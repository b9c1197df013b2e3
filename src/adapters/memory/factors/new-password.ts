import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import { checkPasswordPolicy } from "../credentials/password-policy.ts";
import type { Engine } from "../engine.ts";
import { acceptMissingAttributes } from "../users/attributes.ts";
import type { User } from "../users/user.ts";

/**
 * Gives a user with a new password, and with the one before among the former ones. Nothing is stored.
 *
 * @param password - one that the policy allows
 * @throws {IdentityError} `password_reused` — it is one of those that are remembered
 */
export async function withPassword(
  { settings, hasher }: Pick<Engine, "settings" | "hasher">,
  user: User,
  password: string,
): Promise<User> {
  const { passwordHistory } = settings;
  const remembered = [user.password, ...user.formerPasswords].slice(0, passwordHistory);
  for (const former of remembered)
    if (await hasher.matches(password, former)) throw new IdentityError("password_reused");
  return {
    ...user,
    password: await hasher.hash(password, user.username),
    formerPasswords: remembered.slice(0, Math.max(0, passwordHistory - 1)),
    passwordExpiresAt: undefined,
  };
}

/** Puts a password of the user's own in the place of the temporary one, with the attributes that are still missing. */
export async function replaceTemporaryPassword(
  engine: Engine,
  user: User,
  input: { readonly newPassword: string; readonly attributes: AttributeValues },
): Promise<User> {
  const { settings, users } = engine;
  checkPasswordPolicy(settings.passwordPolicy, input.newPassword, "newPassword");
  const attributes = acceptMissingAttributes(user, input.attributes, settings);
  const changed = await withPassword(engine, user, input.newPassword);
  await settings.pause();
  return users.put({ ...changed, status: "confirmed", attributes });
}
