import type { Ports } from "../../ports/index.ts";
import type { CaptchaOperation, WithCaptchaToken } from "../captcha.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import { from, type WithCallerAddress } from "../ip-address.ts";
import type { AuditPorts } from "./audited.ts";
import { type Attempt, type LimitPorts, limited } from "./limits.ts";

/** The ports that {@link limitedByCaptcha} needs. */
export type CaptchaPorts = Pick<Ports, "captcha"> & LimitPorts;

/**
 * Does something that may be done only so often, and only with a captcha that was passed where the operation wants one: once
 * what was sent has the right form. The address is counted first, whose captchas may be refused only so often as each is a
 * call elsewhere; all else is counted and looked up after it. So programs use up nobody's share of codes, and the answer tells
 * nothing of who exists.
 *
 * @throws {IdentityError} `rejected_by_policy` — there is no token
 * @throws {IdentityError} as `CaptchaVerifier.verify` and {@link limited}
 */
export async function limitedByCaptcha<T>(
  ports: CaptchaPorts,
  operation: CaptchaOperation,
  { captchaToken, ...attempt }: Attempt & WithCaptchaToken,
  action: () => Promise<T>,
): Promise<T> {
  const { captcha, limits } = ports;
  if (!captcha?.operations.includes(operation)) return limited(ports, attempt, action);
  const countedBy = (isAddress: boolean): LimitPorts => {
    if (!limits) return ports;
    const policies = limits.policies.filter(({ by }) => (by === "address") === isAddress);
    return { ...ports, limits: { ...limits, policies } };
  };
  return limited(countedBy(true), attempt, async () => {
    await verify({ ...ports, captcha }, operation, { captchaToken, ...from(attempt) });
    return limited(countedBy(false), attempt, action);
  });
}

async function verify(
  { captcha, events, clock }: AuditPorts & { readonly captcha: NonNullable<Ports["captcha"]> },
  operation: CaptchaOperation,
  input: WithCaptchaToken & WithCallerAddress,
): Promise<void> {
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
