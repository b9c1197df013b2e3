import { from } from "../../domain/ip-address.ts";
import { changePassword, forgotPassword, resetPassword } from "../../domain/use-cases/passwords.ts";
import { callerCodes, providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { withMetadata } from "../request/client-metadata.ts";
import {
  ChangePasswordRequest,
  ResetPasswordRequest,
  UsernameRequest,
} from "../schemas/requests.ts";
import { AcceptedResponse, ResetPasswordResponse } from "../schemas/responses.ts";

export const passwordOperations = {
  forgotPassword: {
    method: "post",
    path: "/v1/password/forgot",
    tag: "Passwords",
    summary: "Ask for a code to reset a password",
    description:
      "Sends a code to an address of the user that was proven, which makes any code before it worthless. The old password works until the reset is done.",
    limited: true,
    captcha: true,
    body: UsernameRequest,
    answer: {
      status: 202,
      description: "The same for every user name.",
      schema: AcceptedResponse,
    },
    codes: providerCodes,
  },
  resetPassword: {
    method: "post",
    path: "/v1/password/reset",
    tag: "Passwords",
    summary: "Reset a password",
    description:
      "Sets a new password with the code that was sent, which is then spent. The new password is judged first, and one that is refused leaves the code alive. Every session of the user ends with the old password, where the provider can end them; where it cannot, the service logs it. A wrong code, an old one and an unknown user all get `code_mismatch`.",
    limited: true,
    body: ResetPasswordRequest,
    answer: {
      status: 200,
      description: "The new password is set.",
      schema: ResetPasswordResponse,
    },
    codes: [
      ...providerCodes,
      "code_mismatch",
      "password_policy_violation",
      "password_compromised",
      "password_reused",
      "too_many_attempts",
    ],
  },
  changePassword: {
    method: "post",
    path: "/v1/password/change",
    tag: "Passwords",
    summary: "Change the password",
    description:
      "Replaces the password of the user. The current one is asked for again, as an access token alone may be in the wrong hands. Every other session of the user ends with the old password. The caller's goes on where the provider has the capability `password_change_keeps_session`, and ends with the others elsewhere: sign in again when a refresh is refused.",
    bearer: true,
    limited: true,
    body: ChangePasswordRequest,
    answer: {
      status: 204,
      description: "The new password is set, and the sessions that it was not shown in have ended.",
    },
    codes: [
      ...callerCodes,
      "invalid_credentials",
      "password_policy_violation",
      "password_compromised",
      "password_reused",
      "too_many_attempts",
    ],
  },
} as const satisfies Operations;

export function passwordHandlers(): Handlers<typeof passwordOperations> {
  return {
    async forgotPassword({ body, captchaToken, ...caller }, ports) {
      await forgotPassword(ports, { ...withMetadata(body), captchaToken, ...from(caller) });
      return { status: "accepted" };
    },
    async resetPassword({ body: { new_password: newPassword, ...proof }, ...caller }, ports) {
      await resetPassword(ports, { ...withMetadata(proof), newPassword, ...from(caller) });
      return { status: "password_reset" };
    },
    async changePassword({ body, caller, ...address }, ports) {
      await changePassword(ports, caller, {
        ...from(address),
        currentPassword: body.current_password,
        newPassword: body.new_password,
      });
      return undefined;
    },
  };
}
