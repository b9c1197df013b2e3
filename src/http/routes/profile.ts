import { deleteAccount, getProfile } from "../../domain/use-cases/profiles.ts";
import type { Ports } from "../../ports/index.ts";
import { callerCodes } from "../codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { Profile } from "../schemas/responses.ts";
import { profileView } from "../views.ts";

export const profileOperations = {
  getProfile: {
    method: "get",
    path: "/v1/me",
    tag: "Profile",
    summary: "Read the profile",
    description:
      "Gives the profile of the user as the identity provider has it now. A revoked access token is refused.",
    bearer: true,
    answer: { status: 200, description: "The profile.", schema: Profile },
    codes: callerCodes,
  },
  deleteAccount: {
    method: "delete",
    path: "/v1/me",
    tag: "Profile",
    summary: "Delete the account",
    description:
      "Deletes the account for good: every token of it is dead and its user name is free again.",
    bearer: true,
    answer: { status: 204, description: "The account is gone." },
    codes: callerCodes,
  },
} as const satisfies Operations;

export function profileHandlers(ports: Ports): Handlers<typeof profileOperations> {
  return {
    getProfile: async ({ caller }) => profileView(await getProfile(ports, caller)),
    async deleteAccount({ caller }) {
      await deleteAccount(ports, caller);
      return undefined;
    },
  };
}
