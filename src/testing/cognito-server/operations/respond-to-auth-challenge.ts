import type { OpenSignIn } from "../../../adapters/memory/sign-in/challenge-store.ts";
import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import { challengeName } from "../answers/sign-in-answer.ts";
import { signInWording, wrongSignInCode } from "../answers/sign-in-wording.ts";
import { inCognitosWords, say, type Wording } from "../answers/wording.ts";
import { checkSecretHash } from "../callers/client-proof.ts";
import { tenantOf } from "../callers/tenants.ts";
import { onDevice } from "../devices/devices.ts";
import type { Directory, Tenant } from "../directory/directory.ts";
import {
  type ChallengeResponses,
  readResponses,
  requireResponse,
} from "../sign-in/challenge-responses.ts";
import { answerSignIn, beginDeviceProof, finishDeviceProof } from "../sign-in/device-sign-in.ts";
import { beginSrp, finishSrp } from "../sign-in/srp-sign-in.ts";
import { checkSchema, mayWrite } from "../users/attribute-rules.ts";
import { invalidParameter, notAuthorized } from "../wire/cognito-exception.ts";
import { choice, required, texts } from "../wire/constraints.ts";
import { clientId, poolId, session } from "../wire/members.ts";
import { forTriggers, serverContext, userContext } from "../wire/request-context.ts";
import { openOperation, signedOperation } from "./operation.ts";

const challengeNames = [
  "ADMIN_NO_SRP_AUTH",
  "CUSTOM_CHALLENGE",
  "DEVICE_PASSWORD_VERIFIER",
  "DEVICE_SRP_AUTH",
  "EMAIL_OTP",
  "MFA_SETUP",
  "NEW_PASSWORD_REQUIRED",
  "PASSWORD",
  "PASSWORD_SRP",
  "PASSWORD_VERIFIER",
  "SELECT_CHALLENGE",
  "SELECT_MFA_TYPE",
  "SMS_MFA",
  "SMS_OTP",
  "SOFTWARE_TOKEN_MFA",
  "WEB_AUTHN",
] as const;

const members = {
  ClientId: required(clientId),
  ChallengeName: required(choice(...challengeNames)),
  Session: session,
  ChallengeResponses: texts(),
  ...forTriggers,
};

/** The operations that sign-ins go on with. */
export const respondToAuthChallengeOperations = {
  RespondToAuthChallenge: openOperation({ ...members, ...userContext }, respond),
  AdminRespondToAuthChallenge: signedOperation(
    { ...members, ...serverContext, UserPoolId: required(poolId) },
    respond,
  ),
};

interface RespondInput {
  readonly UserPoolId?: string;
  readonly ClientId: string;
  readonly ChallengeName: string;
  readonly Session?: string;
  readonly ChallengeResponses?: ChallengeResponses;
}

async function respond(directory: Directory, input: RespondInput): Promise<object> {
  const { ChallengeName: name, Session, ChallengeResponses: responses = {} } = input;
  const isFirstPassword = name === "NEW_PASSWORD_REQUIRED";
  const occasion = isFirstPassword ? "NewPasswordChallenge" : "Authentication";
  const named = tenantOf(directory, input.ClientId, input.UserPoolId, occasion);
  const username = requireResponse(responses, "USERNAME");
  await checkSecretHash(named.client, username, responses.SECRET_HASH);
  const tenant = onDevice(directory, named, username, responses.DEVICE_KEY);
  if (name === "PASSWORD_VERIFIER") return finishSrp(directory, tenant, Session, responses);
  if (Session === undefined) throw invalidParameter("Missing required parameter Session");
  if (name === "MFA_SETUP" && responses.EMAIL === undefined)
    return finishMfaSetup(directory, tenant, Session, username);
  if (name === "DEVICE_SRP_AUTH") return beginDeviceProof(directory, tenant, Session, responses);
  if (name === "DEVICE_PASSWORD_VERIFIER")
    return finishDeviceProof(directory, tenant, Session, responses);
  const open = await requireOpen(tenant, Session, { name, username });
  if (name === "SELECT_CHALLENGE" && responses.ANSWER === "PASSWORD_SRP") {
    const publicValue = requireResponse(responses, "SRP_A");
    await tenant.engine.challenges.spend(open);
    return beginSrp(directory, tenant, open.username, { publicValue, hasSession: true });
  }
  const answer = readResponses(name, responses);
  if (answer.type === "new_password") checkGiven(tenant, answer.attributes);
  const result = await inCognitosWords(
    () => createSessions(tenant.engine).answerChallenge({ session: Session, answer }),
    answerWording(tenant, open),
  );
  return answerSignIn(directory, tenant, result);
}

/** Attributes that come with a first password are held to what those are that come otherwise. */
function checkGiven({ client, pool }: Tenant, attributes: AttributeValues): void {
  checkSchema(pool, attributes);
  if (!mayWrite(client, attributes)) throw invalidParameter(notWritable);
}

const notWritable = "Cannot modify an attribute that is not writable by the client";

/**
 * Gives the sign-in of a session, which has to be of the user named and wait for the challenge named.
 *
 * @throws {CognitoException} `NotAuthorized` — it was invented or used, has expired, or is another's
 */
async function requireOpen(
  { engine }: Tenant,
  session: string,
  { name, username }: { readonly name: string; readonly username: string },
): Promise<OpenSignIn> {
  const { challenges, client, users } = engine;
  const open = await inCognitosWords(async () =>
    challenges.get(await challenges.idOf(session), client),
  );
  const isTheirs = users.keyOf(username) === users.keyOf(open.username);
  if (!isTheirs || challengeName(open) !== name)
    throw notAuthorized("Invalid session for the user.");
  return open;
}

/** An app that was set up has taken the sign-in to its end: what is left is to hand that out. */
async function finishMfaSetup(
  directory: Directory,
  { device: _, ...tenant }: Tenant,
  session: string,
  username: string,
): Promise<object> {
  const { client, engine } = tenant;
  const { withSetup } = directory.signIns;
  const finished = withSetup.get(session);
  const isTheirs =
    finished?.clientId === client.id &&
    engine.users.keyOf(finished.username) === engine.users.keyOf(username);
  if (!finished || !isTheirs) throw notAuthorized("Invalid session for the user.");
  withSetup.delete(session);
  const { device, result } = finished;
  return answerSignIn(directory, { ...tenant, ...(device && { device }) }, result);
}

/**
 * Of codes that stand for a password Cognito has not been seen to say that they were tried too often: it goes on
 * calling them wrong.
 */
function answerWording(tenant: Tenant, { ask }: OpenSignIn): Wording {
  const isFirstFactor = "use" in ask && ask.use === "first_factor";
  return {
    ...signInWording(tenant),
    ...(isFirstFactor && { too_many_attempts: wrongSignInCode }),
    validation_failed: ({ violations }) => {
      const name = violations[0]?.path.at(-1) ?? "";
      return invalidParameter(`Invalid attributes given, ${name} is missing or not valid`);
    },
    attribute_not_writable: say("InvalidParameter", notWritable),
  };
}
