import { offeredFactors } from "../../../adapters/memory/factors/second-factor-methods.ts";
import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import type { SignInFactor } from "../../../domain/challenge.ts";
import type { SignInInput } from "../../../ports/index.ts";
import { factorNames } from "../answers/factor-names.ts";
import { signInWording } from "../answers/sign-in-wording.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { checkSecretHash } from "../callers/client-proof.ts";
import { tenantOf } from "../callers/tenants.ts";
import { onDevice } from "../devices/devices.ts";
import type { Directory, Tenant } from "../directory/directory.ts";
import { type AuthFlow, authFlows, requireFlow } from "../pool/authentication-flow.ts";
import { finishAutoSignIn } from "../sign-in/auto-sign-in.ts";
import { answerSignIn } from "../sign-in/device-sign-in.ts";
import { refreshByFlow } from "../sign-in/refresh.ts";
import { beginSrp } from "../sign-in/srp-sign-in.ts";
import { definePassword } from "../triggers/challenge-triggers.ts";
import { admitSignIn } from "../triggers/sign-in-triggers.ts";
import { migrateAtSignIn } from "../triggers/user-migration.ts";
import { CognitoException, invalidParameter } from "../wire/cognito-exception.ts";
import { choice, required, texts } from "../wire/constraints.ts";
import { clientId, poolId, session } from "../wire/members.ts";
import { forTriggers, serverContext, userContext } from "../wire/request-context.ts";
import { openOperation, signedOperation } from "./operation.ts";

const members = {
  ClientId: required(clientId),
  AuthFlow: required(choice(...authFlows)),
  AuthParameters: texts(),
  Session: session,
  ...forTriggers,
};

/** The operations that sign-ins begin with. */
export const initiateAuthOperations = {
  InitiateAuth: openOperation({ ...members, ...userContext }, initiate),
  AdminInitiateAuth: signedOperation(
    { ...members, ...serverContext, UserPoolId: required(poolId) },
    initiate,
  ),
};

interface InitiateInput {
  readonly UserPoolId?: string;
  readonly ClientId: string;
  readonly AuthFlow: AuthFlow;
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly ClientMetadata?: Readonly<Record<string, string>>;
}

async function initiate(directory: Directory, input: InitiateInput): Promise<object> {
  const { AuthFlow: flow, AuthParameters: parameters = {}, UserPoolId } = input;
  const isAdmin = UserPoolId !== undefined;
  const isRefresh = flow === "REFRESH_TOKEN" || flow === "REFRESH_TOKEN_AUTH";
  const occasion = isRefresh ? "RefreshTokens" : "Authentication";
  const named = tenantOf(directory, input.ClientId, UserPoolId, occasion);
  if (isRefresh) {
    return refreshByFlow(named, parameters, () => requireFlow(named.client, flow, isAdmin));
  }
  const name = requireParameter(parameters, "USERNAME");
  await checkSecretHash(named.client, name, parameters.SECRET_HASH);
  requireFlow(named.client, flow, isAdmin);
  if (flow === "USER_AUTH") refuseStepUp(parameters);
  const isMigrated = await migrateAtSignIn(directory, named, name, passwordOf(flow, parameters));
  if (!isMigrated) await admitSignIn(directory, named, name, input.ClientMetadata);
  // Cognito tells no devices apart where an administrator's credentials go with the password.
  const tenant = flow.startsWith("ADMIN_")
    ? named
    : onDevice(directory, named, name, parameters.DEVICE_KEY);
  if (input.Session !== undefined && flow === "USER_AUTH")
    return finishAutoSignIn(directory, tenant, name, input.Session);
  const proof = srpProofOf(flow, parameters);
  if (proof?.next === "custom") await definePassword(directory, tenant, name);
  if (proof) return beginSrp(directory, tenant, name, proof);
  return signIn(directory, tenant, signInOf(tenant, flow, name, parameters));
}

/** Gives the password that a sign-in is begun with, if it is begun with one. */
function passwordOf(
  flow: AuthFlow,
  { PREFERRED_CHALLENGE, PASSWORD }: Readonly<Record<string, string>>,
): string | undefined {
  const isSent = flow.endsWith("PASSWORD_AUTH") || flow === "ADMIN_NO_SRP_AUTH";
  return isSent || PREFERRED_CHALLENGE === "PASSWORD" ? PASSWORD : undefined;
}

/** A sign-in that is to reach a level would be let through at any. */
function refuseStepUp(parameters: Readonly<Record<string, string>>): void {
  const { TARGET_ACR_VALUES: level, MAX_AGE: age, ACCESS_TOKEN: token } = parameters;
  if (level !== undefined || age !== undefined || token !== undefined)
    throw invalidParameter("This server does not do levels of authentication.");
}

/** Tells whether a sign-in begins with the proof of a password that is not sent, and what then comes after it. */
function srpProofOf(flow: AuthFlow, parameters: Readonly<Record<string, string>>) {
  const isChosen = flow === "USER_AUTH" && parameters.PREFERRED_CHALLENGE === "PASSWORD_SRP";
  // The API's reference and the guide spell it differently.
  const { CHALLENGE_NAME, ChallengeName = CHALLENGE_NAME } = parameters;
  const isFirst = flow === "CUSTOM_AUTH" && ChallengeName === "SRP_A";
  if (flow !== "USER_SRP_AUTH" && !isChosen && !isFirst) return undefined;
  const publicValue = requireParameter(parameters, "SRP_A");
  const hasSession = flow !== "USER_SRP_AUTH";
  return { publicValue, hasSession, ...(isFirst && { next: "custom" as const }) };
}

async function signIn(directory: Directory, tenant: Tenant, input: SignInInput): Promise<object> {
  const { client, engine } = tenant;
  const isTold = client.configuration.PreventUserExistenceErrors !== "ENABLED";
  // To the engine, which plays for whoever it does not know, that is not worth a word.
  if (isTold && input.password === undefined && !engine.users.find(input.username))
    throw new CognitoException("UserNotFound", "User does not exist.");
  const { too_many_attempts: locked, ...wording } = signInWording(tenant);
  const result = await inCognitosWords(() => createSessions(engine).signIn(input), {
    ...wording,
    // Without a password, what there was too much of is codes that were asked for.
    ...(input.password !== undefined && locked && { too_many_attempts: locked }),
  });
  return answerSignIn(directory, tenant, result);
}

function signInOf(
  { engine }: Tenant,
  flow: AuthFlow,
  username: string,
  parameters: Readonly<Record<string, string>>,
): SignInInput {
  switch (flow) {
    case "CUSTOM_AUTH":
      return { username, factor: "custom" };
    case "USER_AUTH":
      return choiceBased(offeredFactors(engine.settings), username, parameters);
    default:
      return { username, password: requireParameter(parameters, "PASSWORD") };
  }
}

/** Begins with the preferred factor where it is to be had: else there is a choice. */
function choiceBased(
  factors: readonly SignInFactor[],
  username: string,
  { PREFERRED_CHALLENGE: preferred, PASSWORD: password }: Readonly<Record<string, string>>,
): SignInInput {
  if (preferred === "PASSWORD" && password !== undefined) return { username, password };
  const factor = factors.find((one) => one !== "password" && factorNames[one] === preferred);
  return factor ? { username, factor } : { username };
}

function requireParameter(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
