import { IdentityError } from "../../domain/errors.ts";
import type { Connection } from "./connection.ts";
import { bindError, passwordError } from "./errors.ts";
import type { DirectorySettings } from "./settings.ts";

/** The error of a password policy by which nothing may be done but to set another password. */
const changeAfterReset = 2;

/** RFC 3062 section 2, and the tags of the old and the new password in its value. */
const modifyPassword = { oid: "1.3.6.1.4.1.4203.1.11.1", old: 0x81, new: 0x82 };

/**
 * Binds as a user. An empty password would be no password, and the bind one of nobody (RFC 4513 section 5.1.2).
 *
 * @throws {IdentityError} `invalid_credentials` `password_reset_required` `user_disabled` `rejected_by_policy` — as the directory says
 */
export async function bindAs(
  { client, ldap }: Connection,
  dn: string,
  password: string,
): Promise<void> {
  if (password === "" || dn === "") throw new IdentityError("invalid_credentials");
  const policy = new ldap.PasswordPolicyControl();
  try {
    await client.bind(dn, password, policy);
  } catch (error) {
    throw bindError(error, policy.value?.error);
  }
  if (policy.value?.error === changeAfterReset) throw new IdentityError("password_reset_required");
}

/** Passwords as a user gives them, and whose they are. */
interface Change {
  readonly dn: string;
  readonly current: string;
  readonly next: string;
}

/**
 * Changes the password of whoever the connection is bound as.
 *
 * @throws {IdentityError} `password_policy_violation` `password_reused` `rejected_by_policy` — the directory refuses it
 */
export async function changePassword(
  { client, ldap, Buffer }: Connection,
  way: DirectorySettings["passwordChange"],
  { dn, current, next }: Change,
): Promise<void> {
  const policy = new ldap.PasswordPolicyControl();
  try {
    if (way === "active-directory") {
      // In quotes and UTF-16, the old one taken away and the new one added at once: [MS-ADTS] section 3.1.1.3.1.5.
      const change = (operation: "add" | "delete", password: string) =>
        new ldap.Change({
          operation,
          modification: new ldap.Attribute({
            type: "unicodePwd",
            values: [Buffer.from(`"${password}"`, "utf16le")],
          }),
        });
      await client.modify(dn, [change("delete", current), change("add", next)], policy);
    } else {
      const writer = new ldap.BerWriter();
      writer.startSequence();
      writer.writeString(current, modifyPassword.old);
      writer.writeString(next, modifyPassword.new);
      writer.endSequence();
      await client.exop(modifyPassword.oid, writer.buffer, policy);
    }
  } catch (error) {
    throw passwordError(error, policy.value?.error);
  }
}
