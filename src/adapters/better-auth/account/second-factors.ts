import { IdentityError } from "../../../domain/errors.ts";
import type { MfaPreferences, MfaState, SecondFactors } from "../../../ports/index.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine, RunOnEngine } from "../engine.ts";
import { invalid } from "../errors.ts";

/** Makes the second factors facet of the port: authenticator apps, and codes for whoever lost theirs. */
export function createSecondFactors(run: RunOnEngine): SecondFactors {
  return {
    getMfa: ({ accessToken }) =>
      run((engine) => engine.accounts.byToken(accessToken, ({ user }) => stateOf(engine, user))),
    startTotp: ({ accessToken }) =>
      run(({ accounts, totp }) =>
        accounts.byToken(accessToken, ({ user }) => totp.start(user.subject)),
      ),
    confirmTotp: ({ accessToken, code }) =>
      run(({ accounts, totp, lockout }) =>
        accounts.byToken(accessToken, async ({ user: { subject } }) => {
          await lockout.admit(subject, "totp");
          await totp.confirm(subject, code);
          await lockout.forgive(subject, "totp");
        }),
      ),
    setMfa: ({ accessToken, ...preferences }) =>
      run((engine) =>
        engine.accounts.byToken(accessToken, ({ user }) => setMfa(engine, user, preferences)),
      ),
    createRecoveryCodes: ({ accessToken }) =>
      run(({ accounts, recoveryCodes }) =>
        accounts.byToken(accessToken, async ({ user: { subject, hasTotp } }) => {
          if (!hasTotp) throw new IdentityError("mfa_not_available");
          return recoveryCodes.replace(subject);
        }),
      ),
  };
}

async function stateOf(
  { recoveryCodes }: Pick<Engine, "recoveryCodes">,
  { subject, hasTotp }: User,
): Promise<MfaState> {
  const recoveryCodesLeft = await recoveryCodes.countLeft(subject);
  if (!hasTotp) return { enabled: [], recoveryCodesLeft };
  return { enabled: ["totp"], preferred: "totp", recoveryCodesLeft };
}

async function setMfa(
  { users, totp, recoveryCodes }: Engine,
  user: User,
  { enabled, preferred }: MfaPreferences,
): Promise<void> {
  if (enabled.some((method) => method !== "totp")) throw new IdentityError("mfa_not_available");
  const hasTotp = enabled.includes("totp");
  if (hasTotp && !(await totp.has(user.subject))) throw new IdentityError("mfa_not_available");
  if (preferred !== undefined && !enabled.includes(preferred))
    throw invalid(["preferred"], "not_enabled");
  await users.change(user, { hasTotp });
  if (!hasTotp) await recoveryCodes.forget(user.subject);
}
