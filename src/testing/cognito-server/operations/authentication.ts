import { offeredFactors } from "../../../adapters/memory/factors.ts";
import type { SignInFactor } from "../../../domain/challenge.ts";
import type { SignInInput } from "../../../ports/index.ts";
import { type AuthFlow, authFlows, requireFlow } from "../authentication-flow.ts";
import { checkSecretHash } from "../client-proof.ts";
import { CognitoException, invalidParameter } from "../cognito-exception.ts";
import { choice, required, texts } from "../constraints.ts";
import { type Directory, type Tenant, tenantOf } from "../directory.ts";
import { clientId, poolId, session } from "../members.ts";
import { openOperation, signedOperation } from "../operation.ts";
import { refreshByFlow } from "../refresh.ts";
import { factorNames, signInAnswer } from "../sign-in-answer.ts";
import { signInWording } from "../sign-in-wording.ts";
import { beginSrp } from "../srp/sign-in.ts";
import { inCognitosWords } from "../wording.ts";

const members = {
  ClientId: required(clientId),
  AuthFlow: required(choice(...authFlows)),
  AuthParameters: texts(),
  Session: session,
};

/** The operations that sign-ins begin with. */
export const authenticationOperations = {
  InitiateAuth: openOperation(members, initiate),
  AdminInitiateAuth: signedOperation({ ...members, UserPoolId: required(poolId) }, initiate),
};

interface InitiateInput {
  readonly UserPoolId?: string;
  readonly ClientId: string;
  readonly AuthFlow: AuthFlow;
  readonly AuthParameters?: Readonly<Record<string, string>>;
}

async function initiate(directory: Directory, input: InitiateInput): Promise<object> {
  const { AuthFlow: flow, AuthParameters: parameters = {}, UserPoolId } = input;
  const isAdmin = UserPoolId !== undefined;
  const tenant = tenantOf(directory, input.ClientId, UserPoolId);
  if (flow === "REFRESH_TOKEN" || flow === "REFRESH_TOKEN_AUTH") {
    return refreshByFlow(tenant, parameters, () => requireFlow(tenant.client, flow, isAdmin));
  }
  const name = requireParameter(parameters, "USERNAME");
  await checkSecretHash(tenant.client, name, parameters.SECRET_HASH);
  requireFlow(tenant.client, flow, isAdmin);
  const isBySrp = parameters.PREFERRED_CHALLENGE === "PASSWORD_SRP" && flow === "USER_AUTH";
  if (flow === "USER_SRP_AUTH" || isBySrp)
    return beginSrp(directory, tenant, name, requireParameter(parameters, "SRP_A"));
  return signIn(tenant, signInOf(tenant, flow, name, parameters));
}

async function signIn(tenant: Tenant, input: SignInInput): Promise<object> {
  const { client, engine, identity } = tenant;
  const isTold = client.configuration.PreventUserExistenceErrors !== "ENABLED";
  // To the engine, which plays for whoever it does not know, that is not worth a word.
  if (isTold && input.password === undefined && !engine.users.find(input.username))
    throw new CognitoException("UserNotFound", "User does not exist.");
  const { too_many_attempts: locked, ...wording } = signInWording(tenant);
  const result = await inCognitosWords(() => identity.signIn(input), {
    ...wording,
    // Without a password, what there was too much of is codes that were asked for.
    ...(input.password !== undefined && locked && { too_many_attempts: locked }),
  });
  return signInAnswer(engine, result);
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

/** What is not to be had is not begun with: there is a choice then. */
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
