import type { AdministrationBy } from "../../domain/use-cases/administration.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { SetPasswordRequest } from "../schemas/administration.ts";
import { UsernameParams } from "../schemas/parameters.ts";

const tag = "Administration";

export const adminAccountOperations = {
  adminResendInvitation: {
    method: "post",
    path: "/v1/admin/users/{username}/invitation",
    tag,
    summary: "Send an invitation again",
    description:
      "Sends an invited user another temporary password, which is good for as long as the first was and makes that worthless. A user who was not invited, or has chosen a password meanwhile, is a `conflict`.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The invitation is on its way." },
    codes: [...providerCodes, "user_not_found", "conflict", "delivery_failed"],
  },
  adminConfirmUser: {
    method: "post",
    path: "/v1/admin/users/{username}/confirm",
    tag,
    summary: "Approve a sign-up",
    description:
      "Confirms a sign-up in its user's stead, which is how one that waits for approval is approved. Proves no address. To deny one, delete the user.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The account is confirmed." },
    codes: [...providerCodes, "user_not_found", "already_confirmed"],
  },
  adminDisableUser: {
    method: "post",
    path: "/v1/admin/users/{username}/disable",
    tag,
    summary: "Disable a user",
    description: "No sign-in and no refresh from now on, and the tokens that are out are refused.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The user is disabled." },
    codes: [...providerCodes, "user_not_found"],
  },
  adminEnableUser: {
    method: "post",
    path: "/v1/admin/users/{username}/enable",
    tag,
    summary: "Enable a user",
    description: "Lets a user who was disabled sign in again.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The user is enabled." },
    codes: [...providerCodes, "user_not_found"],
  },
  adminResetPassword: {
    method: "post",
    path: "/v1/admin/users/{username}/reset-password",
    tag,
    summary: "Have a user reset the password",
    description: "Makes the password worthless and sends the user a code to set a new one with.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The code is on its way." },
    codes: [...providerCodes, "user_not_found", "recovery_unavailable"],
  },
  adminSetPassword: {
    method: "post",
    path: "/v1/admin/users/{username}/set-password",
    tag,
    summary: "Set a user's password",
    description:
      "Sets a password: to be replaced at the next sign-in, or for good. Ends no session: `adminSignOutUser` does.",
    bearer: "administrator",
    params: UsernameParams,
    body: SetPasswordRequest,
    answer: { status: 204, description: "The password is set." },
    codes: [
      ...providerCodes,
      "user_not_found",
      "password_policy_violation",
      "password_reused",
      "password_compromised",
    ],
  },
  adminSignOutUser: {
    method: "post",
    path: "/v1/admin/users/{username}/sign-out",
    tag,
    summary: "End a user's sessions",
    description: "Ends every session of a user, as `signOutEverywhere` does for the user.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "Every session has ended." },
    codes: [...providerCodes, "user_not_found"],
  },
  adminResetMfa: {
    method: "delete",
    path: "/v1/admin/users/{username}/mfa",
    tag,
    summary: "Take a user's second factors away",
    description:
      "Switches every second factor of a user off, forgets the authenticator app, and ends every session. Gets `mfa_not_available` where one has to stay.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The user has no second factors." },
    codes: [...providerCodes, "user_not_found", "mfa_not_available"],
  },
} as const satisfies Operations;

export function adminAccountHandlers(
  by: AdministrationBy,
): Handlers<typeof adminAccountOperations> {
  return {
    async adminResendInvitation({ caller, params }, ports) {
      await by(caller, ports).resendInvitation(params);
      return undefined;
    },
    async adminConfirmUser({ caller, params }, ports) {
      await by(caller, ports).confirmUser(params);
      return undefined;
    },
    async adminDisableUser({ caller, params }, ports) {
      await by(caller, ports).disableUser(params);
      return undefined;
    },
    async adminEnableUser({ caller, params }, ports) {
      await by(caller, ports).enableUser(params);
      return undefined;
    },
    async adminResetPassword({ caller, params }, ports) {
      await by(caller, ports).requirePasswordReset(params);
      return undefined;
    },
    async adminSetPassword({ caller, params: { username }, body }, ports) {
      const { password, permanent: isPermanent = false } = body;
      await by(caller, ports).setPassword({ username, password, isPermanent });
      return undefined;
    },
    async adminSignOutUser({ caller, params }, ports) {
      await by(caller, ports).signOutUser(params);
      return undefined;
    },
    async adminResetMfa({ caller, params }, ports) {
      await by(caller, ports).resetMfa(params);
      return undefined;
    },
  };
}
