import type { ConfirmSignUpInput, NamedUserInput, Ports, SignUpInput } from "../../ports/index.ts";
import type { WithCaptchaToken } from "../captcha.ts";
import { checkNewPassword, newUsername, normalizeUsername } from "../credentials.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import { from } from "../ip-address.ts";
import type { SignUpResult } from "../user.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type CaptchaPorts, limitedByCaptcha } from "./captcha.ts";
import { type PasswordListPorts, refuseCompromised } from "./compromised-passwords.ts";
import { type LimitPorts, limited } from "./limits.ts";
import { type GivenAddress, type NoticePorts, tellOwner } from "./notices.ts";

type RegistrationPorts = Pick<Ports, "identity"> & AuditPorts & LimitPorts;
type SettingPorts = RegistrationPorts & PasswordListPorts;
type AskingPorts = RegistrationPorts & CaptchaPorts & NoticePorts;

/** The policy on names that are taken: what a sign-up under one is told. */
export interface SignUpPolicy {
  /**
   * `hidden` answers as if the account had just been created, and never says where a code went; `shown` throws
   * `username_taken`.
   */
  readonly takenUsername: "hidden" | "shown";
  /**
   * The status that a sign-up ends in with this provider, as a name that is taken is answered with it while that is
   * hidden. With any other value the answers would differ, and tell.
   */
  readonly signUpStatus: SignUpResult["status"];
}

/**
 * Creates an account.
 *
 * @throws {IdentityError} `validation_failed` — a user name that no path could name
 * @throws {IdentityError} `password_compromised` — attackers know the password
 * @throws {IdentityError} as {@link limitedByCaptcha}
 * @throws {IdentityError} as `Registration.signUp`, but `username_taken` and `delivery_failed` only where the policy shows them
 */
export async function signUp(
  ports: SettingPorts & AskingPorts,
  policy: SignUpPolicy,
  { captchaToken, ...input }: SignUpInput & WithCaptchaToken,
): Promise<SignUpResult> {
  checkNewPassword(input.password, "password");
  const account = { ...input, username: newUsername(input.username) };
  try {
    const { username } = account;
    const attempt = { action: "sign_up", username, captchaToken, ...from(input) } as const;
    const result = await limitedByCaptcha(ports, "signUp", attempt, () =>
      audited(
        ports,
        "sign_up",
        async () => {
          await refuseCompromised(ports, input.password, "password");
          return ports.identity.signUp(account);
        },
        account,
      ),
    );
    return policy.takenUsername === "shown" ? result : { status: result.status };
  } catch (error) {
    tellOwner(ports, error, addressOf(account));
    // A code that could not be sent is the answer of a name that was free, so it hides with the other.
    const telling = ["username_taken", "delivery_failed"] as const;
    if (policy.takenUsername === "shown" || !isIdentityError(error, ...telling)) throw error;
    return { status: policy.signUpStatus };
  }
}

/**
 * Confirms an account with the code that was sent, and sets the password where there is one.
 *
 * @throws {IdentityError} `password_compromised` — attackers know the password; the code lives on
 * @throws {IdentityError} as `Registration.confirmSignUp`, with `code_mismatch` for all that could tell who exists
 */
export async function confirmSignUp(ports: SettingPorts, input: ConfirmSignUpInput): Promise<void> {
  if (input.password !== undefined) checkNewPassword(input.password, "password");
  const proof = { ...input, username: normalizeUsername(input.username) };
  try {
    await limited(ports, { action: "code_attempt", username: proof.username, ...from(input) }, () =>
      audited(
        ports,
        "sign_up_confirmation",
        async () => {
          await refuseCompromised(ports, input.password, "password");
          return ports.identity.confirmSignUp(proof);
        },
        proof,
      ),
    );
  } catch (error) {
    if (!isIdentityError(error, "code_expired", "already_confirmed", "user_not_found")) throw error;
    throw new IdentityError("code_mismatch", { cause: error });
  }
}

/**
 * Sends a new confirmation code to whoever waits for one. Ends the same way for every user name.
 *
 * @throws {IdentityError} as {@link limitedByCaptcha}
 */
export async function resendConfirmation(
  ports: AskingPorts,
  { captchaToken, ...input }: NamedUserInput & WithCaptchaToken,
): Promise<void> {
  const request = { ...input, username: normalizeUsername(input.username) };
  try {
    const attempt = { action: "code_sending", captchaToken, ...request } as const;
    await limitedByCaptcha(ports, "resendConfirmation", attempt, () =>
      audited(
        ports,
        "confirmation_resend",
        () => ports.identity.resendConfirmation(request),
        request,
      ),
    );
  } catch (error) {
    // Each of these happens only to a user who exists, or only to one who does not.
    const telling = [
      "user_not_found",
      "already_confirmed",
      "too_many_attempts",
      "delivery_failed",
    ] as const;
    if (!isIdentityError(error, ...telling)) throw error;
  }
}

/** Gives the address that somebody signs up under, or with. */
function addressOf({ username, attributes }: SignUpInput): GivenAddress {
  const { email = username.includes("@") ? username : undefined, locale } = attributes ?? {};
  return { email, locale, isAlone: email?.toLowerCase() === username.toLowerCase() };
}
