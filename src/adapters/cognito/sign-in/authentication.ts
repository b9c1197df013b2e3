import type { Clock } from "../../../ports/index.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import type { AppClient } from "../wire/app-client.ts";
import {
  type AuthCalls,
  type AuthFlow,
  type AuthOutcome,
  createAuthCalls,
  isSignedFlow,
  type OpenChallenge,
  type SentAlong,
} from "./auth-calls.ts";
import type { ChallengeResponses } from "./challenge-answers.ts";
import { readParameters } from "./challenge-question.ts";
import type { PasswordlessStart } from "./passwordless-start.ts";
import { createSrpClient, type SrpClient, srpTimestamp } from "./srp/client.ts";

/** The steps of a sign-in. */
export interface Authentication {
  byPassword(username: string, password: string, along: SentAlong): Promise<AuthOutcome>;
  byFlow(start: PasswordlessStart, username: string, along: SentAlong): Promise<AuthOutcome>;
  respond(challenge: OpenChallenge, responses: ChallengeResponses): Promise<AuthOutcome>;
  /** Answers a challenge that has the password proven and not sent. */
  respondBySrp(
    challenge: OpenChallenge,
    responses: ChallengeResponses,
    password: string,
  ): Promise<AuthOutcome>;
}

/** The settings of {@link createAuthentication}. */
export interface AuthenticationSettings {
  readonly userPoolId: string;
  readonly authFlow: AuthFlow;
  readonly clock: Clock;
}

/** Makes the steps of sign-ins through one app client. */
export function createAuthentication(
  app: AppClient,
  { userPoolId, authFlow, clock }: AuthenticationSettings,
): Authentication {
  const calls = createAuthCalls(app, { userPoolId, isSigned: isSignedFlow(authFlow) });
  return {
    async byPassword(username, password, along) {
      if (authFlow === "USER_SRP_AUTH") {
        const srp = createSrpClient(userPoolId);
        const begun = { USERNAME: username, SRP_A: srp.publicValue };
        const outcome = await calls.initiate(authFlow, begun, along);
        return prove("signIn", { calls, clock, srp, outcome, password, along });
      }
      const preferred = authFlow === "USER_AUTH" && { PREFERRED_CHALLENGE: "PASSWORD" };
      const parameters = { USERNAME: username, PASSWORD: password, ...preferred };
      return calls.initiate(authFlow, parameters, along);
    },

    byFlow({ flow, preferred }, username, along) {
      const choice = preferred && { PREFERRED_CHALLENGE: preferred };
      return calls.initiate(flow, { USERNAME: username, ...choice }, along);
    },

    respond: (challenge, responses) => calls.respond("answerChallenge", challenge, responses),

    async respondBySrp(challenge, responses, password) {
      const srp = createSrpClient(userPoolId);
      const begun = { ...responses, SRP_A: srp.publicValue };
      const outcome = await calls.respond("answerChallenge", challenge, begun);
      return prove("answerChallenge", { calls, clock, srp, outcome, password, along: challenge });
    },
  };
}

interface Proof {
  readonly calls: AuthCalls;
  readonly clock: Clock;
  readonly srp: SrpClient;
  readonly outcome: AuthOutcome;
  readonly password: string;
  readonly along: SentAlong;
}

/**
 * Proves a password, where a step asks for that. In `USER_SRP_AUTH` it does so without a session, which the API's
 * reference has.
 *
 * @see https://github.com/ministackorg/ministack/pull/1758
 */
async function prove(method: ProviderMethod, proof: Proof): Promise<AuthOutcome> {
  const { calls, clock, srp, outcome, password, along } = proof;
  const { ChallengeName: name, Session: session } = outcome.answer;
  if (name !== "PASSWORD_VERIFIER") return outcome;
  const told = readParameters(outcome.answer.ChallengeParameters);
  const { USER_ID_FOR_SRP: userId = outcome.username, SECRET_BLOCK: secretBlock = "" } = told;
  const { SRP_B: publicValue = "", SALT: salt = "" } = told;
  const timestamp = srpTimestamp(clock.now());
  const signature = await srp
    .sign(password, { userId, publicValue, salt, secretBlock }, timestamp)
    .catch(() => {
      throw unexpectedAnswer("SRP parameters");
    });
  const responses = {
    PASSWORD_CLAIM_SIGNATURE: signature,
    PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
    TIMESTAMP: timestamp,
  };
  const known = isText(session) ? session : undefined;
  const open = { ...along, name, session: known, username: userId };
  return calls.respond(method, open, responses);
}
