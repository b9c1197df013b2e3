import type { Ports } from "../../ports/index.ts";
import type { CaptchaOperation, WithCaptchaToken } from "../captcha.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import { from, type WithCallerAddress } from "../ip-address.ts";
import type { AuditPorts } from "./audited.ts";

/** The ports that {@link requireCaptcha} needs. */
export type CaptchaPorts = Pick<Ports, "captcha"> & AuditPorts;

/**
 * Asks for a captcha that was passed, where the operation wants one: once what was sent has the right form, and before
 * anything is counted or looked up. So programs use up nobody's share of codes, and the answer tells nothing of who exists.
 *
 * @throws {IdentityError} `rejected_by_policy` — there is no token
 * @throws {IdentityError} as `CaptchaVerifier.verify`
 */
export async function requireCaptcha(
  { captcha, events, clock }: CaptchaPorts,
  operation: CaptchaOperation,
  input: WithCaptchaToken & WithCallerAddress,
): Promise<void> {
  if (!captcha?.operations.includes(operation)) return;
  try {
    const { captchaToken: token } = input;
    if (!token) throw new IdentityError("rejected_by_policy", { detail: notPassed });
    await captcha.verifier.verify({ token, operation, ...from(input) });
  } catch (error) {
    const code = isIdentityError(error) ? error.code : "internal_error";
    const at = clock.now();
    events.record({ type: "captcha", outcome: "failure", at, code, action: operation });
    throw error;
  }
}

const notPassed = "A captcha has to be passed first.";
