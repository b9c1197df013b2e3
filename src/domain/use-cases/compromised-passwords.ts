import type { Ports } from "../../ports/index.ts";
import { IdentityError } from "../errors.ts";

/** The port that {@link refuseCompromised} needs. */
export type PasswordListPorts = Pick<Ports, "compromisedPasswords">;

/**
 * Refuses a password about to be set that attackers know, whoever's it is to be: before anything is looked up, so that the
 * answer says nothing about who exists.
 *
 * @param member - the input member that holds the password, for the error
 * @throws {IdentityError} `password_compromised`
 */
export async function refuseCompromised(
  { compromisedPasswords: known }: PasswordListPorts,
  password: string | undefined,
  member: string,
): Promise<void> {
  if (password === undefined || !(await known?.has(password))) return;
  const violation = { path: [member], reason: "compromised" };
  throw new IdentityError("password_compromised", { violations: [violation] });
}
