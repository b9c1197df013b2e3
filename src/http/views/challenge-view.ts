import type { Challenge, ChallengeAnswer, ChallengeTotpSecret } from "../../domain/challenge.ts";
import type * as schemas from "../schemas/challenge.ts";
import type { AnswerChallengeRequest } from "../schemas/challenge-answers.ts";
import type { Input, Output } from "../schemas/registry.ts";

/** Writes the secret of an authenticator app as the URI that the app scans. */
export type TotpUriOf = (secret: ChallengeTotpSecret) => string;

/** Writes a challenge as the wire has it. */
export function challengeView(
  challenge: Challenge,
  toUri: TotpUriOf,
): Input<typeof schemas.Challenge> {
  const { session } = challenge;
  switch (challenge.type) {
    case "totp": {
      const { type, deviceName } = challenge;
      return { type, session, ...(deviceName !== undefined && { device_name: deviceName }) };
    }
    case "sms_code":
    case "email_code": {
      const { type, delivery } = challenge;
      return { type, session, ...(delivery && { delivery }) };
    }
    case "new_password": {
      const { type, requiredAttributes } = challenge;
      return { type, session, required_attributes: [...requiredAttributes] };
    }
    case "mfa_setup": {
      const { type, methods, totp } = challenge;
      const secret = totp && { secret: totp.secret, uri: toUri(totp) };
      return { type, session, methods: [...methods], ...(secret && { totp: secret }) };
    }
    case "select_mfa":
      return { type: challenge.type, session, methods: [...challenge.methods] };
    case "select_factor":
      return { type: challenge.type, session, factors: [...challenge.factors] };
    case "passkey":
      return { type: challenge.type, session, options: { ...challenge.options } };
    case "custom": {
      const { type, name, parameters } = challenge;
      return { type, session, ...(name !== undefined && { name }), parameters: { ...parameters } };
    }
  }
}

/** Reads an answer as the domain has it. */
export function answerOf(request: Output<typeof AnswerChallengeRequest>): ChallengeAnswer {
  switch (request.type) {
    case "totp":
    case "sms_code":
    case "email_code":
    case "recovery_code":
      return { type: request.type, code: request.code };
    case "new_password": {
      const { type, new_password: newPassword, attributes = {} } = request;
      return { type, newPassword, attributes };
    }
    case "mfa_setup":
      return { type: request.type, step: setupStepOf(request) };
    case "select_mfa":
      return { type: request.type, method: request.method };
    case "select_factor": {
      const { type, factor, password } = request;
      return { type, factor, ...(password !== undefined && { password }) };
    }
    case "passkey":
      return { type: request.type, credential: request.credential };
    case "custom":
      return { type: request.type, answer: request.answer };
  }
}

function setupStepOf(
  request: Output<typeof AnswerChallengeRequest> & { readonly type: "mfa_setup" },
): Extract<ChallengeAnswer, { type: "mfa_setup" }>["step"] {
  const { method, address, code = "", device_name: deviceName } = request;
  if (method !== undefined) return { method, ...(address !== undefined && { address }) };
  return { code, ...(deviceName !== undefined && { deviceName }) };
}
