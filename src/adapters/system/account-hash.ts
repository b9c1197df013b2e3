import { keyedName } from "../shared/digest.ts";

/**
 * Makes a keyed hash of names of accounts: whoever reads it can neither tell the name nor try likely ones.
 *
 * @param secret - the same on all instances whose events are read together
 */
export function createAccountHash(secret: string): (username: string) => Promise<string> {
  // Not as limits hash their keys, so that a store of those says nothing of the accounts in a log.
  return (username) => keyedName(secret, `account ${username.toLowerCase()}`);
}
