import type { Engine } from "../../../adapters/memory/engine.ts";
import { signInContact } from "../../../adapters/memory/factors/second-factor-methods.ts";
import type { OpenSignIn } from "../../../adapters/memory/sign-in/challenge-store.ts";
import { readableAttributes } from "../../../adapters/memory/users/attributes.ts";
import type { MfaMethod, SignInFactor } from "../../../domain/challenge.ts";
import type { SignInResult, TokenSet } from "../../../domain/session.ts";
import type { Device } from "../directory/device.ts";
import { isDeveloperOnly } from "../pool/pool-schema.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import { factorNames, mfaNames } from "./factor-names.ts";

type Challenge = Extract<SignInResult, { readonly status: "challenge" }>["challenge"];

/** Says how a sign-in ended, or what it waits for; and which device is to be remembered, of one that is new. */
export async function signInAnswer(
  engine: Engine,
  result: SignInResult,
  newDevice?: Device,
): Promise<object> {
  if (result.status === "signed_in") {
    const NewDeviceMetadata = newDevice && {
      DeviceKey: newDevice.key,
      DeviceGroupKey: newDevice.groupKey,
    };
    const tokens = authenticationResult(result.tokens);
    return {
      ChallengeParameters: {},
      AuthenticationResult: { ...tokens, ...(NewDeviceMetadata && { NewDeviceMetadata }) },
    };
  }
  const { challenge } = result;
  // It can be set up elsewhere only, by a number that an administrator adds: https://github.com/aws-amplify/amplify-js/issues/14013
  if (challenge.type === "mfa_setup" && challenge.methods.every((name) => name === "sms_code"))
    throw new CognitoException("MFAMethodNotFound", "No MFA mechanism registered to the account.");
  const { challenges, client } = engine;
  const open = challenges.get(await challenges.idOf(challenge.session), client);
  return {
    ChallengeName: challengeName(open),
    Session: challenge.session,
    ChallengeParameters: parametersOf(engine, challenge, open),
    ...(challenge.type === "select_factor" && {
      AvailableChallenges: challenge.factors
        .filter((factor) => isAvailable(engine, open, factor))
        .flatMap((factor) =>
          factor === "password" ? ["PASSWORD_SRP", "PASSWORD"] : [factorNames[factor]],
        ),
    }),
  };
}

/**
 * Tells whether a user can begin a sign-in with a factor, as the engine does not: it offers everyone the same. Whoever
 * is not there, or is not to be told from one who is not, is one who has proven a mail address and has nothing else.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 */
function isAvailable(
  { users, settings }: Engine,
  { subject }: OpenSignIn,
  factor: SignInFactor,
): boolean {
  const user = subject === undefined ? undefined : users.get(subject);
  if (factor === "password") return true;
  if (!user?.isEnabled) return factor === "email_code";
  if (factor === "passkey") return user.passkeys.length > 0;
  return factor !== "custom" && signInContact(user, factor, settings) !== undefined;
}

/** Says which tokens there are. */
export function authenticationResult(tokens: TokenSet): object {
  const { accessToken, idToken, refreshToken, tokenType, expiresIn } = tokens;
  return {
    AccessToken: accessToken,
    ...(idToken !== undefined && { IdToken: idToken }),
    ...(refreshToken !== undefined && { RefreshToken: refreshToken }),
    TokenType: tokenType,
    ExpiresIn: expiresIn,
  };
}

/** Gives Cognito's name for the challenge that a sign-in waits at. */
export function challengeName({ ask }: Pick<OpenSignIn, "ask">): string {
  switch (ask.type) {
    case "totp":
      return mfaNames.totp;
    case "sms_code":
      return ask.use !== "first_factor" ? mfaNames.sms_code : factorNames.sms_code;
    case "email_code":
      return mfaNames.email_code;
    case "new_password":
      return "NEW_PASSWORD_REQUIRED";
    case "mfa_setup":
      return "MFA_SETUP";
    case "select_mfa":
      return "SELECT_MFA_TYPE";
    case "select_factor":
      return "SELECT_CHALLENGE";
    case "passkey":
      return factorNames.passkey;
    case "custom":
      return "CUSTOM_CHALLENGE";
  }
}

function parametersOf(
  engine: Engine,
  challenge: Challenge,
  { subject, ask }: OpenSignIn,
): Readonly<Record<string, string>> {
  const user = subject === undefined ? undefined : engine.users.get(subject);
  const isBegun = ask.type !== "select_factor" && !("use" in ask && ask.use === "first_factor");
  const ids = user && isBegun ? { USER_ID_FOR_SRP: user.username } : {};
  switch (challenge.type) {
    case "totp":
      return { ...ids, FRIENDLY_DEVICE_NAME: challenge.deviceName ?? "" };
    case "sms_code":
    case "email_code":
      return {
        ...ids,
        CODE_DELIVERY_DELIVERY_MEDIUM: challenge.type === "sms_code" ? "SMS" : "EMAIL",
        CODE_DELIVERY_DESTINATION: challenge.delivery?.destination ?? "",
      };
    case "new_password": {
      const required = challenge.requiredAttributes.map((name) => `userAttributes.${name}`);
      const readable = Object.entries(user ? readableAttributes(user) : {}).filter(
        ([name]) => !isDeveloperOnly(name),
      );
      const attributes = Object.fromEntries(readable.map(([name, value]) => [name, String(value)]));
      return {
        ...ids,
        requiredAttributes: JSON.stringify(required),
        userAttributes: JSON.stringify(attributes),
      };
    }
    case "mfa_setup":
      return { ...ids, MFAS_CAN_SETUP: namesOf(challenge.methods) };
    case "select_mfa":
      return { ...ids, MFAS_CAN_CHOOSE: namesOf(challenge.methods) };
    case "custom":
      return { ...challenge.parameters };
    case "passkey":
      return { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(challenge.options) };
    case "select_factor":
      return {};
  }
}

function namesOf(methods: readonly MfaMethod[]): string {
  return JSON.stringify(methods.map((method) => mfaNames[method]));
}
