import type { ChallengeAnswer, MfaMethod } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import { newTotpSecret } from "../../shared/totp.ts";
import type { CodeTarget } from "../codes/one-time-codes.ts";
import type { Engine } from "../engine.ts";
import { invalid, refused } from "../errors.ts";
import { contactOfFactor } from "../factors/second-factor-methods.ts";
import { withTotp } from "../factors/totp.ts";
import { countUnprovenAddress } from "../limits/unproven-addresses.ts";
import type { Contact } from "../settings/options.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import { isAttributeValue } from "../users/attributes.ts";
import type { User } from "../users/user.ts";
import type { Ask } from "./challenge-store.ts";
import { sendSecondFactor } from "./sign-in-codes.ts";
import type { AnswerOutcome } from "./sign-in-steps.ts";

type MfaSetupStep = Extract<ChallengeAnswer, { readonly type: "mfa_setup" }>["step"];

/**
 * Sets a second factor up inside of a sign-in: an app by giving the secret and taking a code of it, an address by sending a
 * code there, which {@link withProvenFactor} then takes.
 */
export async function answerMfaSetup(
  engine: Engine,
  { ask, ...account }: UserAccount & { readonly ask: Ask },
  step: MfaSetupStep,
): Promise<AnswerOutcome> {
  const { user } = account;
  if (ask.type !== "mfa_setup") throw refused("challenge_expired", "session_of_other_challenge");
  if ("method" in step) {
    const { method, address } = step;
    if (!ask.methods.includes(method)) throw new IdentityError("mfa_not_available");
    if (method !== "totp") {
      const contact = contactOfFactor(method);
      const own = addressFor(user, contact, address);
      await engine.limits.take(account, "signInCodesPerHour");
      await countUnprovenAddress(engine.limits, account, { contact, address: own });
      return { ask: await sendSecondFactor(engine, user, method, own) };
    }
    return { ask: { ...ask, secret: newTotpSecret(engine.settings.randomBytes) } };
  }
  if (ask.secret === undefined) throw refused("code_mismatch", "no_code");
  const { code, deviceName } = step;
  const withApp = await withTotp(engine, user, { secret: ask.secret, code, deviceName });
  return { user: engine.users.put(withMethod(withApp, "totp")), isSecondFactorDone: true };
}

/** Gives a user with an address that a code has just proven, and with codes there for a second factor. */
export function withProvenFactor(
  user: User,
  type: "sms_code" | "email_code",
  { contact, address }: CodeTarget,
): User {
  return withMethod(
    {
      ...user,
      attributes: { ...user.attributes, [contact]: address },
      verified: new Set(user.verified).add(contact),
      unproven: { ...user.unproven, [contact]: undefined },
    },
    type,
  );
}

function withMethod(user: User, method: MfaMethod): User {
  const enabled = [...new Set([...user.mfa.enabled, method])];
  return { ...user, mfa: { ...user.mfa, enabled } };
}

/** An address that the user has is proven, and not replaced: whoever signs in has shown a password, and no more. */
function addressFor(user: User, contact: Contact, address: string | undefined): string {
  const own = user.attributes[contact];
  if (own !== undefined && address !== undefined && own !== address)
    throw invalid(["address"], "already_set");
  const wanted = own ?? address;
  if (wanted === undefined) throw invalid(["address"], "required");
  if (!isAttributeValue(contact, wanted)) throw invalid(["address"], "invalid_format");
  return wanted;
}
