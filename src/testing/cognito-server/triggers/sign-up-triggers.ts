import { withVerified } from "../../../adapters/memory/administration/user-update.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import { nameContacts } from "../../../adapters/memory/users/sign-in-names.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import { inCognitosWords } from "../answers/wording.ts";
import type { Directory, Tenant, UserPool } from "../directory/directory.ts";
import { callTrigger, triggerAttributes } from "./triggers.ts";

/** The decision of the trigger before a sign-up. */
export interface SignUpDecision {
  readonly isConfirmed: boolean;
  readonly verified: { readonly email?: true; readonly phone_number?: true };
}

/** The hints that a client sends along for the trigger. */
export interface SignUpHints {
  readonly ValidationData?: readonly { readonly Name: string; readonly Value?: string }[];
}

/**
 * Asks the trigger before a sign-up.
 *
 * @throws {CognitoException} `UserLambdaValidation` `InvalidLambdaResponse` — as {@link callTrigger}
 */
export async function decideSignUp(
  directory: Directory,
  pool: UserPool,
  {
    clientId,
    userName,
    attributes,
    hints,
  }: {
    /** Nothing, where an administrator makes the user. */
    readonly clientId: string | undefined;
    readonly userName: string;
    readonly attributes: AttributeValues;
    readonly hints: SignUpHints;
  },
): Promise<SignUpDecision> {
  const { ValidationData = [] } = hints;
  const validationData =
    ValidationData.length > 0
      ? Object.fromEntries(ValidationData.map(({ Name, Value }) => [Name, Value]))
      : null;
  const response = await callTrigger(directory, pool, {
    trigger: "PreSignUp",
    occasion: clientId === undefined ? "AdminCreateUser" : "SignUp",
    clientId,
    userName,
    request: { userAttributes: attributes, validationData },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  return {
    isConfirmed: response.autoConfirmUser === true,
    verified: {
      ...(response.autoVerifyEmail === true && { email: true as const }),
      ...(response.autoVerifyPhone === true && { phone_number: true as const }),
    },
  };
}

/**
 * Gives the attributes that a user is made with: under an address, that is one too, whether it was sent as one or not.
 */
export function sentAttributes(
  { settings }: Pick<Engine, "settings">,
  name: string,
  values: AttributeValues,
): AttributeValues {
  const kinds = nameContacts(settings.signInModel);
  const kind = kinds.find((one) => (one === "email") === name.includes("@"));
  return kind ? { ...values, [kind]: values[kind] ?? name } : values;
}

/** Gives an engine that leaves a sign-up as it is where the trigger confirms it: no code goes out. */
export function decidedEngine({ engine }: Tenant, { isConfirmed }: SignUpDecision) {
  if (!isConfirmed) return engine;
  return { ...engine, settings: { ...engine.settings, autoVerified: [], signUpApproval: false } };
}

/** Carries out the trigger's decision on a user who was just signed up. */
export async function carryOut(
  { engine }: Tenant,
  username: string,
  { isConfirmed, verified }: SignUpDecision,
): Promise<void> {
  if (!isConfirmed && Object.keys(verified).length === 0) return;
  await inCognitosWords(() =>
    engine.onUser(username, async ({ user }) => {
      const status: User["status"] = isConfirmed ? "confirmed" : user.status;
      engine.users.put(withVerified({ ...user, status }, verified));
    }),
  );
}

/**
 * Tells the trigger after a confirmation. What was done is done, whatever it says.
 *
 * @throws {CognitoException} `UserLambdaValidation` `InvalidLambdaResponse` — as {@link callTrigger}
 */
export async function tellConfirmation(
  directory: Directory,
  pool: UserPool,
  username: string,
  {
    clientId,
    occasion = "ConfirmSignUp",
  }: {
    readonly clientId: string | undefined;
    readonly occasion?: "ConfirmSignUp" | "ConfirmForgotPassword";
  },
): Promise<void> {
  const user = pool.engine.users.find(username);
  if (!user) return;
  await callTrigger(directory, pool, {
    trigger: "PostConfirmation",
    occasion,
    clientId,
    userName: user.username,
    request: { userAttributes: triggerAttributes(user) },
  });
}
