import type { NamedUserInput, Ports, ResetPasswordInput } from "../../ports/index.ts";
import type { WithCaptchaToken } from "../captcha.ts";
import { checkNewPassword, normalizeUsername } from "../credentials.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import { from, type WithCallerAddress } from "../ip-address.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type CaptchaPorts, limitedByCaptcha } from "./captcha.ts";
import { type PasswordListPorts, refuseCompromised } from "./compromised-passwords.ts";
import { endAccessWithPassword } from "./ended-sessions.ts";
import { type LimitPorts, limited } from "./limits.ts";
import { type NoticePorts, tellUser } from "./notices.ts";
import type { Caller } from "./sessions.ts";

type PasswordPorts = Pick<Ports, "identity"> & AuditPorts & LimitPorts;
type ReplacingPorts = PasswordPorts & PasswordListPorts & NoticePorts & Pick<Ports, "revocations">;

/**
 * Sends a code to set a new password with. Ends the same way for every user name.
 *
 * @throws {IdentityError} as {@link limitedByCaptcha}
 */
export async function forgotPassword(
  ports: PasswordPorts & CaptchaPorts,
  { captchaToken, ...input }: NamedUserInput & WithCaptchaToken,
): Promise<void> {
  const request = { ...input, username: normalizeUsername(input.username) };
  try {
    const attempt = { action: "code_sending", captchaToken, ...request } as const;
    await limitedByCaptcha(ports, "forgotPassword", attempt, () =>
      audited(
        ports,
        "password_reset_request",
        () => ports.identity.startPasswordReset(request),
        request,
      ),
    );
  } catch (error) {
    // Each of these happens only to a user who exists, or only to one who does not.
    const telling = [
      "user_not_found",
      "recovery_unavailable",
      "user_not_confirmed",
      "user_disabled",
      "too_many_attempts",
      "delivery_failed",
    ] as const;
    if (!isIdentityError(error, ...telling)) throw error;
  }
}

/**
 * Sets a new password with the code that was sent, and ends every session of the user and every access token.
 *
 * @throws {IdentityError} `password_compromised` — attackers know the new password; the code lives on
 * @throws {IdentityError} as `Passwords.resetPassword`, with `code_mismatch` for all that could tell who exists
 */
export async function resetPassword(
  ports: ReplacingPorts,
  input: ResetPasswordInput,
): Promise<void> {
  checkNewPassword(input.newPassword, "newPassword");
  const reset = { ...input, username: normalizeUsername(input.username) };
  try {
    const attempt = { action: "code_attempt", username: reset.username, ...from(input) } as const;
    const ended = await limited(ports, attempt, () =>
      audited(
        ports,
        "password_reset",
        async () => {
          await refuseCompromised(ports, reset.newPassword, "newPassword");
          return ports.identity.resetPassword(reset);
        },
        reset,
      ),
    );
    tellUser(ports, "password_changed", reset);
    await endAccessWithPassword(ports, ended);
  } catch (error) {
    const telling = [
      "code_expired",
      "user_not_found",
      "recovery_unavailable",
      "user_not_confirmed",
      "user_disabled",
    ] as const;
    if (!isIdentityError(error, ...telling)) throw error;
    throw new IdentityError("code_mismatch", { cause: error });
  }
}

/**
 * Replaces the caller's password, and ends every other session and its access tokens; the caller's too, where the
 * provider cannot tell it from the others.
 *
 * @throws {IdentityError} `password_compromised` — attackers know the new password
 * @throws {IdentityError} as `Passwords.changePassword`
 */
export async function changePassword(
  ports: ReplacingPorts,
  { accessToken, principal }: Caller,
  input: {
    readonly currentPassword: string;
    readonly newPassword: string;
  } & WithCallerAddress,
): Promise<void> {
  checkNewPassword(input.newPassword, "newPassword");
  const { currentPassword, newPassword } = input;
  const change = async () => {
    await refuseCompromised(ports, newPassword, "newPassword");
    return ports.identity.changePassword({ currentPassword, newPassword, accessToken });
  };
  const { subject } = principal;
  // Whoever has the token may be somebody else, who guesses the password: as few times as at a sign-in.
  const ended = await limited(ports, { action: "sign_in", username: subject, ...from(input) }, () =>
    audited(ports, "password_change", change, { subject }),
  );
  const username = principal.kind === "user" ? principal.username : undefined;
  tellUser(ports, "password_changed", { accessToken, ...(username !== undefined && { username }) });
  await endAccessWithPassword(ports, ended, principal);
}
