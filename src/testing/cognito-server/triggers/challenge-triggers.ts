import type {
  CustomChallenge,
  CustomRound,
  CustomState,
  CustomStep,
} from "../../../adapters/memory/index.ts";
import { profileOf } from "../../../adapters/memory/users/attributes.ts";
import type { Directory, Tenant, UserPool } from "../directory/directory.ts";
import { CognitoException, notAuthorized } from "../wire/cognito-exception.ts";
import { isMembers, type Members } from "../wire/wire.ts";
import { callTrigger, type TriggerCall, triggerAttributes } from "./triggers.ts";

/**
 * Gives the custom challenge that three triggers make: one decides what comes next, one makes questions, and one checks
 * answers.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
 */
export function triggerChallenge(
  directory: Directory,
  pool: UserPool,
  clientId: string,
): CustomChallenge {
  const asker: Asker = { directory, pool, clientId };
  return {
    async next(state) {
      const { challengeName, issueTokens, failAuthentication } = await define(asker, state);
      if (failAuthentication === true) return { action: "refuse" };
      if (issueTokens === true) return { action: "admit" };
      if (challengeName === "CUSTOM_CHALLENGE") return create(asker, state);
      throw unrecognizable();
    },
    async check(state, { expected }, challengeAnswer) {
      const privateChallengeParameters: unknown = JSON.parse(expected);
      const { answerCorrect } = await ask(asker, state, {
        trigger: "VerifyAuthChallengeResponse",
        request: { privateChallengeParameters, challengeAnswer },
        response: { answerCorrect: null },
      });
      return answerCorrect === true;
    },
  };
}

/**
 * Asks whether a sign-in that a custom challenge follows begins with the proof of a password.
 *
 * @throws {CognitoException} `NotAuthorized` — it ends here
 * @throws {CognitoException} `InvalidLambdaResponse` — it begins with something else
 */
export async function definePassword(
  directory: Directory,
  { client, pool, engine }: Tenant,
  username: string,
): Promise<void> {
  if (!pool.configuration.LambdaConfig?.DefineAuthChallenge) return;
  const user = engine.users.find(username);
  const asker = { directory, pool, clientId: client.id };
  const state = { username, user: user && profileOf(user), rounds: [proofs.SRP_A] };
  const { challengeName, failAuthentication } = await define(asker, state);
  if (failAuthentication === true) throw notAuthorized("Incorrect username or password.");
  if (challengeName !== "PASSWORD_VERIFIER") throw unrecognizable();
}

/** Gives the proofs that came before the questions of a custom challenge, to triggers that are told of them. */
export function provenBefore({ configuration }: UserPool): readonly CustomRound[] {
  const isTold = configuration.LambdaConfig?.DefineAuthChallenge !== undefined;
  return isTold ? [proofs.SRP_A, proofs.PASSWORD_VERIFIER] : [];
}

const proofs = {
  SRP_A: { proof: "SRP_A", parameters: {}, isRight: true },
  PASSWORD_VERIFIER: { proof: "PASSWORD_VERIFIER", parameters: {}, isRight: true },
} satisfies Record<string, CustomRound>;

/** The pool and the client for which the triggers are asked. */
interface Asker {
  readonly directory: Directory;
  readonly pool: UserPool;
  readonly clientId: string;
}

function define(asker: Asker, state: CustomState): Promise<Members> {
  return ask(asker, state, {
    trigger: "DefineAuthChallenge",
    request: { session: sessionOf(state) },
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  });
}

async function create(asker: Asker, state: CustomState): Promise<CustomStep> {
  const response = await ask(asker, state, {
    trigger: "CreateAuthChallenge",
    request: { challengeName: "CUSTOM_CHALLENGE", session: sessionOf(state) },
    response: {
      publicChallengeParameters: null,
      privateChallengeParameters: null,
      challengeMetadata: null,
    },
  });
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } = response;
  const shown = isMembers(publicChallengeParameters) ? publicChallengeParameters : {};
  return {
    action: "ask",
    parameters: Object.fromEntries(
      Object.entries(shown).map(([name, value]) => [name, String(value)]),
    ),
    expected: JSON.stringify(privateChallengeParameters ?? {}),
    ...(typeof challengeMetadata === "string" && { metadata: challengeMetadata }),
  };
}

/** A user who is not there is told of as one, where that is hidden from whoever signs in. */
function ask(
  { directory, pool, clientId }: Asker,
  { username, user: known }: CustomState,
  call: Pick<TriggerCall, "trigger" | "request" | "response">,
): Promise<Members> {
  const user = known && pool.engine.users.get(known.subject);
  const { PreventUserExistenceErrors } = directory.clients.get(clientId)?.configuration ?? {};
  return callTrigger(directory, pool, {
    ...call,
    occasion: "Authentication",
    clientId,
    userName: user?.username ?? username,
    request: {
      userAttributes: user ? triggerAttributes(user) : {},
      ...call.request,
      ...(PreventUserExistenceErrors === "ENABLED" && { userNotFound: user === undefined }),
    },
  });
}

function sessionOf({ rounds }: CustomState): readonly object[] {
  return rounds.map(({ proof = "CUSTOM_CHALLENGE", isRight, metadata = null }) => ({
    challengeName: proof,
    challengeResult: isRight,
    challengeMetadata: metadata,
  }));
}

function unrecognizable(): CognitoException {
  return new CognitoException("InvalidLambdaResponse", "Unrecognizable lambda output");
}
