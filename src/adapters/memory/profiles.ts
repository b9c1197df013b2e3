import type { Profiles } from "../../ports/index.ts";
import { readableAttributes } from "./attributes.ts";
import type { Engine } from "./engine.ts";
import { notSupported } from "./errors.ts";

/** Makes the profiles facet of the port. */
export function createProfiles({ asCaller, users, sessions, codes, courier }: Engine): Profiles {
  return {
    getProfile: ({ accessToken }) =>
      asCaller(accessToken, async ({ user }) => {
        const { subject, username } = user;
        return { subject, username, attributes: readableAttributes(user) };
      }),

    deleteAccount: ({ accessToken }) =>
      asCaller(accessToken, async (account) => {
        const { user } = account;
        users.remove(user);
        codes.forget(account);
        courier.forget(user.subject);
        await sessions.endAll(user.subject);
      }),

    updateAttributes: notSupported,
    startAttributeVerification: notSupported,
    confirmAttribute: notSupported,
  };
}
