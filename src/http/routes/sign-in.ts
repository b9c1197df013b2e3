import { from } from "../../domain/ip-address.ts";
import { totpUri } from "../../domain/use-cases/second-factors.ts";
import { answerChallenge, resendChallengeCode, signIn } from "../../domain/use-cases/sessions.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { withMetadata } from "../request/client-metadata.ts";
import {
  AnswerChallengeRequest,
  ResendChallengeCodeRequest,
} from "../schemas/challenge-answers.ts";
import { SignInRequest } from "../schemas/requests.ts";
import { AcceptedResponse } from "../schemas/responses.ts";
import { SignInResponse } from "../schemas/sessions.ts";
import { signInView } from "../views/account-views.ts";
import { answerOf, type TotpUriOf } from "../views/challenge-view.ts";

const answer = {
  status: 200,
  description: "The user is signed in, or has something more to show.",
  schema: SignInResponse,
} as const;

export const signInOperations = {
  signIn: {
    method: "post",
    path: "/v1/sign-in",
    tag: "Sessions",
    summary: "Sign in",
    description:
      "Trades a user name and a password for tokens, or begins a sign-in without a password. An unknown user and a wrong password get the same answer; what else is wrong with an account is told only to whoever knows its password.",
    limited: true,
    session: "starts",
    body: SignInRequest,
    answer,
    codes: [
      ...providerCodes,
      "invalid_credentials",
      "user_not_confirmed",
      "password_reset_required",
      "user_disabled",
      "temporary_password_expired",
      "mfa_not_available",
      "too_many_attempts",
    ],
  },
  answerChallenge: {
    method: "post",
    path: "/v1/sign-in/challenge",
    tag: "Sessions",
    summary: "Answer a challenge of a sign-in",
    description:
      "Answers the challenge that a sign-in ended in, which ends it with tokens or leads to the next challenge. A session is good for one answer that takes the sign-in further; after a wrong code or a refused password it can be used again until it expires. A recovery code stands for any second factor that is asked for; `not_supported` where the identity provider has no capability `recovery_codes`.",
    limited: true,
    session: "starts",
    body: AnswerChallengeRequest,
    answer,
    codes: [
      ...providerCodes,
      "challenge_expired",
      "invalid_credentials",
      "user_not_confirmed",
      "password_reset_required",
      "user_disabled",
      "temporary_password_expired",
      "code_mismatch",
      "code_expired",
      "password_policy_violation",
      "password_compromised",
      "password_reused",
      "passkey_rejected",
      "mfa_not_available",
      "alias_taken",
      "too_many_attempts",
    ],
  },
  resendChallengeCode: {
    method: "post",
    path: "/v1/sign-in/challenge/resend",
    tag: "Sessions",
    summary: "Send the code of a challenge again",
    description:
      "Sends another code for a challenge `email_code` or `sms_code`, which makes the one before worthless and needs no password. The session of the challenge stays as it is, and lives no longer. `not_supported` where the identity provider has no capability `challenge_code_resend`: sign in anew there.",
    limited: true,
    body: ResendChallengeCodeRequest,
    answer: {
      status: 202,
      description: "The same whether there is somebody to send a code to.",
      schema: AcceptedResponse,
    },
    codes: [...providerCodes, "challenge_expired", "too_many_attempts"],
  },
} as const satisfies Operations;

/** @param totpIssuer - what authenticator apps show accounts under */
export function signInHandlers(totpIssuer: string): Handlers<typeof signInOperations> {
  const toUri: TotpUriOf = ({ secret, account }) => totpUri(secret, totpIssuer, account);
  return {
    async signIn({ body, ...caller }, ports) {
      const input = { ...withMetadata(body), ...from(caller) };
      return signInView(await signIn(ports, input), toUri);
    },
    async answerChallenge({ body, ...caller }, ports) {
      const { session, client_metadata: clientMetadata } = body;
      const along = { ...(clientMetadata && { clientMetadata }), ...from(caller) };
      const result = await answerChallenge(ports, { session, answer: answerOf(body), ...along });
      return signInView(result, toUri);
    },
    async resendChallengeCode({ body, ...caller }, ports) {
      await resendChallengeCode(ports, { ...body, ...from(caller) });
      return { status: "accepted" };
    },
  };
}
