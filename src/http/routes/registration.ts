import { from } from "../../domain/ip-address.ts";
import {
  confirmSignUp,
  resendConfirmation,
  type SignUpPolicy,
  signUp,
} from "../../domain/use-cases/registration.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { withMetadata } from "../request/client-metadata.ts";
import { ConfirmSignUpRequest, SignUpRequest, UsernameRequest } from "../schemas/requests.ts";
import { AcceptedResponse, ConfirmSignUpResponse, SignUpResponse } from "../schemas/responses.ts";

export const registrationOperations = {
  signUp: {
    method: "post",
    path: "/v1/sign-up",
    tag: "Registration",
    summary: "Create an account",
    description:
      "Creates an account and sends a confirmation code, where the identity provider asks for one. Unless the service is set to tell, a user name that is taken gets the answer of one that was free.",
    limited: true,
    captcha: true,
    body: SignUpRequest,
    answer: { status: 201, description: "The account was created.", schema: SignUpResponse },
    codes: [
      ...providerCodes,
      "username_taken",
      "password_policy_violation",
      "password_compromised",
      "attribute_not_writable",
      "sign_up_disabled",
      "too_many_attempts",
      "delivery_failed",
    ],
  },
  confirmSignUp: {
    method: "post",
    path: "/v1/sign-up/confirm",
    tag: "Registration",
    summary: "Confirm an account",
    description:
      "Confirms an account with the code that was sent, which is then spent. A password that comes along is judged first, and takes the place of the one that the sign-up was begun with, by whomever. A wrong code, an old one, a confirmed account and an unknown user all get `code_mismatch`.",
    limited: true,
    body: ConfirmSignUpRequest,
    answer: {
      status: 200,
      description: "The account is confirmed.",
      schema: ConfirmSignUpResponse,
    },
    codes: [
      ...providerCodes,
      "code_mismatch",
      "password_policy_violation",
      "password_compromised",
      "alias_taken",
      "too_many_attempts",
    ],
  },
  resendConfirmation: {
    method: "post",
    path: "/v1/sign-up/resend",
    tag: "Registration",
    summary: "Send the confirmation code again",
    description:
      "Sends a new confirmation code to whoever waits for one, which makes the code before it worthless.",
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
} as const satisfies Operations;

export function registrationHandlers(
  policy: SignUpPolicy,
): Handlers<typeof registrationOperations> {
  return {
    signUp: ({ body: { attributes = {}, ...account }, captchaToken, ...caller }, ports) =>
      signUp(ports, policy, {
        ...withMetadata(account),
        attributes,
        captchaToken,
        ...from(caller),
      }),
    async confirmSignUp({ body, ...caller }, ports) {
      await confirmSignUp(ports, { ...withMetadata(body), ...from(caller) });
      return { status: "confirmed" };
    },
    async resendConfirmation({ body, captchaToken, ...caller }, ports) {
      await resendConfirmation(ports, { ...withMetadata(body), captchaToken, ...from(caller) });
      return { status: "accepted" };
    },
  };
}
