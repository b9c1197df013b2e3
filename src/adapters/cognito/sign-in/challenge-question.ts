import { type Challenge, type SignInFactor, signInFactors } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { challengeTypeOf, factorOf, lookUpNames, mfaMethodOf } from "../answers/challenge-names.ts";
import { readDelivery } from "../answers/delivery.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { PendingChallenge } from "./challenge-session.ts";

type WithoutSession<Kind> = Kind extends unknown ? Omit<Kind, "session"> : never;

/** The question that a challenge asks. */
export type ChallengeQuestion = WithoutSession<Challenge>;

/** `ChallengeParameters` of an answer: texts, some of which hold JSON. */
export type ChallengeParameters = Readonly<Record<string, string>>;

/** Reads the `ChallengeParameters` of an answer. */
export function readParameters(parameters: unknown): ChallengeParameters {
  const entries = Object.entries(isJsonObject(parameters) ? parameters : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => isText(entry[1])));
}

/** Reads the names of what a challenge gives to choose from, where it does. */
export function readOffered(
  name: string,
  parameters: ChallengeParameters,
  available: unknown,
): readonly string[] | undefined {
  if (name === "PASSWORD" || name === "PASSWORD_SRP") return [name];
  if (name === "SELECT_MFA_TYPE") return requireNames(parseJson(parameters.MFAS_CAN_CHOOSE));
  if (name === "SELECT_CHALLENGE") return requireNames(available);
  if (name === "MFA_SETUP") return readMethodsToSetUp(parameters);
  return undefined;
}

/** Reads the question that a challenge asks. */
export function readQuestion(
  { name, offered = [], isProven }: PendingChallenge,
  parameters: ChallengeParameters,
): ChallengeQuestion {
  const type = challengeTypeOf(name);
  switch (type) {
    case "sms_code":
    case "email_code":
      return { type, ...(isProven && readCodeDelivery(parameters)) };
    case "totp": {
      const { FRIENDLY_DEVICE_NAME: deviceName } = parameters;
      return { type, ...(deviceName && { deviceName }) };
    }
    case "new_password":
      return { type, requiredAttributes: readRequiredAttributes(parameters) };
    case "mfa_setup":
      return { type, methods: lookUpNames(offered, mfaMethodOf) };
    case "select_mfa":
      return { type, methods: lookUpNames(offered, mfaMethodOf) };
    case "select_factor":
      return { type, factors: readFactors(offered) };
    case "passkey":
      return { type, options: readOptions(parameters) };
    case "custom":
      return readCustom(name, parameters);
  }
}

/**
 * Whoever has merely typed a name is not told where its code went: what Cognito makes up for a name that nobody has
 * looks not in every pool like what it tells of one that somebody has.
 */
function readCodeDelivery(
  parameters: ChallengeParameters,
): Pick<Challenge & { type: "sms_code" }, "delivery"> {
  const delivery = readDelivery({
    DeliveryMedium: parameters.CODE_DELIVERY_DELIVERY_MEDIUM,
    Destination: parameters.CODE_DELIVERY_DESTINATION,
  });
  return delivery ? { delivery } : {};
}

function readRequiredAttributes({ requiredAttributes }: ChallengeParameters): readonly string[] {
  const names = parseJson(requiredAttributes);
  if (!Array.isArray(names)) return [];
  return names.filter(isText).map((name) => name.replace(/^userAttributes\./, ""));
}

/**
 * An authenticator app can be set up inside a sign-in, and codes by mail. For text messages Cognito has the sign-in begun
 * anew, with a number that was set elsewhere.
 *
 * @throws {IdentityError} `mfa_not_available` — there is nothing that can be set up here
 */
function readMethodsToSetUp({ MFAS_CAN_SETUP: list }: ChallengeParameters): readonly string[] {
  const parsed = parseJson(list);
  const names = Array.isArray(parsed) ? parsed.filter(isText) : ["SOFTWARE_TOKEN_MFA"];
  const here = names.filter((name) => ["totp", "email_code"].includes(mfaMethodOf(name) ?? ""));
  if (here.length === 0) throw new IdentityError("mfa_not_available");
  return here;
}

/** In an order of their own: that in which Cognito names them is not to tell what is made up. */
function readFactors(offered: readonly string[]): readonly SignInFactor[] {
  const factors = lookUpNames(offered, factorOf);
  return signInFactors.filter((factor) => factors.includes(factor));
}

function readOptions({ CREDENTIAL_REQUEST_OPTIONS: options }: ChallengeParameters): JsonObject {
  const parsed = parseJson(options);
  if (!isJsonObject(parsed)) throw unexpectedAnswer("CREDENTIAL_REQUEST_OPTIONS");
  return parsed;
}

/** Names of Cognito's own for the user are left out. */
function readCustom(name: string, all: ChallengeParameters): ChallengeQuestion {
  const { USERNAME: _username, USER_ID_FOR_SRP: _userId, ...parameters } = all;
  return { type: "custom", ...(name !== "CUSTOM_CHALLENGE" && { name }), parameters };
}

function requireNames(names: unknown): readonly string[] {
  if (!Array.isArray(names) || !names.every(isText)) throw unexpectedAnswer("list of choices");
  return names;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}
