import type { Profiles } from "../../../ports/index.ts";
import type { Engine } from "../engine.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import { profileOf } from "../users/attributes.ts";
import { confirmAttribute, startAttributeVerification } from "./attribute-verification.ts";
import { updateAttributes } from "./profile-update.ts";

/** Makes the profiles facet of the port. */
export function createProfiles(engine: Engine): Profiles {
  const { onSignedInAccount } = engine;
  return {
    getProfile: ({ accessToken }) =>
      onSignedInAccount(accessToken, async ({ user }) => profileOf(user)),
    deleteAccount: ({ accessToken }) =>
      onSignedInAccount(accessToken, (account) => deleteUser(engine, account)),
    updateAttributes: ({ accessToken, attributes }) =>
      onSignedInAccount(accessToken, (account) => updateAttributes(engine, account, attributes)),
    startAttributeVerification: ({ accessToken, attribute }) =>
      onSignedInAccount(accessToken, (account) =>
        startAttributeVerification(engine, account, attribute),
      ),
    confirmAttribute: ({ accessToken, ...input }) =>
      onSignedInAccount(accessToken, (account) => confirmAttribute(engine, account, input)),
  };
}

/** Deletes an account for good. */
export async function deleteUser(
  { users, codes, courier, sessions }: Engine,
  account: UserAccount,
): Promise<void> {
  const { user } = account;
  users.remove(user);
  codes.forget(account);
  courier.forget(user.subject);
  await sessions.endAll(user.subject);
}
