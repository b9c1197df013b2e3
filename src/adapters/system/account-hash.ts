import { keyedName } from "../shared/digest.ts";

/**
 * Makes what gives the name of an account a keyed hash: whoever reads it can neither tell the name nor try likely ones.
 *
 * @param secret - the same on all instances whose events are read together
 */
export function createAccountHash(secret: string): (username: string) => Promise<string> {
  // Not as limits hash their keys, so that a store of those says nothing of the accounts in a log.
  return (username) => keyedName(secret, `account ${username.toLowerCase()}`);
}
