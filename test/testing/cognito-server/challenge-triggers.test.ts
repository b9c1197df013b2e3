import {
  type AuthFlowType,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { createSrpClient, srpTimestamp } from "../../../src/adapters/cognito/sign-in/srp/client.ts";
import type { CognitoTrigger, CognitoTriggerEvent } from "../../../src/testing/index.ts";
import {
  ada,
  initiate,
  password,
  refusalOf,
  signUpProven,
  startWorld,
  type World,
} from "./support.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:trigger";
const LambdaConfig = {
  DefineAuthChallenge: arn,
  CreateAuthChallenge: arn,
  VerifyAuthChallengeResponse: arn,
};
const flows: readonly AuthFlowType[] = ["CUSTOM_AUTH"];

interface Round {
  readonly challengeName: string;
  readonly challengeResult: boolean;
}

/** One function for all three, as many have it: two tries at a riddle, after the password if one is proven. */
const riddle: CognitoTrigger = (event) => {
  const session = event.request.session as readonly Round[];
  const { response } = event;
  if (event.triggerSource.startsWith("Define")) {
    const last = session.at(-1);
    const isAnswered = last?.challengeName === "CUSTOM_CHALLENGE" && last.challengeResult;
    response.issueTokens = isAnswered;
    response.failAuthentication = session.filter((one) => !one.challengeResult).length > 1;
    response.challengeName =
      last?.challengeName === "SRP_A" ? "PASSWORD_VERIFIER" : "CUSTOM_CHALLENGE";
  } else if (event.triggerSource.startsWith("Create")) {
    response.publicChallengeParameters = { question: "which colour?" };
    response.privateChallengeParameters = { answer: "blue" };
    response.challengeMetadata = "RIDDLE";
  } else {
    const { privateChallengeParameters, challengeAnswer } = event.request;
    const { answer } = privateChallengeParameters as { readonly answer: string };
    response.answerCorrect = challengeAnswer === answer;
  }
  return event;
};

async function startRiddles(client = {}, run = riddle) {
  const events: CognitoTriggerEvent[] = [];
  const watched: CognitoTrigger = (event) => {
    events.push(structuredClone(event));
    return run(event);
  };
  const world = await startWorld({
    server: { functions: { [arn]: watched } },
    pool: { LambdaConfig },
    client: { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"], ...client },
  });
  await signUpProven(world);
  return { world, events };
}

type Challenged = Awaited<ReturnType<typeof initiate>>;

function answer(world: World, { Session }: Challenged, ANSWER: string, ClientMetadata = {}) {
  return world.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: world.clientId,
      ChallengeName: "CUSTOM_CHALLENGE",
      Session,
      ChallengeResponses: { USERNAME: ada, ANSWER, SECRET_HASH: world.hash(ada) },
      ClientMetadata,
    }),
  );
}

describe("custom challenges by triggers", () => {
  test("sign in whoever answers, at the second try as well", async () => {
    const { world } = await startRiddles();

    const first = await initiate(world, {}, flows[0]);
    const second = await answer(world, first, "green");
    const { AuthenticationResult } = await answer(world, second, "blue");

    expect(first).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { question: "which colour?" },
    });
    expect(first.ChallengeParameters).not.toHaveProperty("answer");
    expect(second.ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect(AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("refuse whom the function refuses", async () => {
    const { world } = await startRiddles();
    const second = await answer(world, await initiate(world, {}, flows[0]), "green");

    expect(await refusalOf(answer(world, second, "red"))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });

  // https://github.com/localstack/localstack/issues/11687
  test("call the functions with Cognito's events, to the member", async () => {
    const { world, events } = await startRiddles();
    const from = { from: "shop" };
    await answer(world, await initiate(world, {}, flows[0]), "blue", from);

    const userAttributes = expect.objectContaining({
      email: ada,
      "cognito:user_status": "CONFIRMED",
    });
    const done = {
      challengeName: "CUSTOM_CHALLENGE",
      challengeResult: true,
      challengeMetadata: "RIDDLE",
    };
    const nothing = { challengeName: null, issueTokens: null, failAuthentication: null };
    expect(
      events.map(({ triggerSource, request, response }) => [triggerSource, request, response]),
    ).toEqual([
      ["DefineAuthChallenge_Authentication", { userAttributes, session: [] }, nothing],
      [
        "CreateAuthChallenge_Authentication",
        { userAttributes, challengeName: "CUSTOM_CHALLENGE", session: [] },
        {
          publicChallengeParameters: null,
          privateChallengeParameters: null,
          challengeMetadata: null,
        },
      ],
      [
        "VerifyAuthChallengeResponse_Authentication",
        {
          userAttributes,
          privateChallengeParameters: { answer: "blue" },
          challengeAnswer: "blue",
          clientMetadata: from,
        },
        { answerCorrect: null },
      ],
      [
        "DefineAuthChallenge_Authentication",
        { userAttributes, session: [done], clientMetadata: from },
        nothing,
      ],
    ]);
  });

  test("ask about whoever is not there, where that is hidden", async () => {
    const { world, events } = await startRiddles({ PreventUserExistenceErrors: "ENABLED" });
    const USERNAME = "nobody@example.com";

    const first = await initiate(world, { USERNAME }, flows[0]);

    expect(first.ChallengeName).toBe("CUSTOM_CHALLENGE");
    expect(events[0]).toMatchObject({
      userName: USERNAME,
      request: { userAttributes: {}, userNotFound: true },
    });
  });

  test("say in their own words what went wrong in one", async () => {
    const { world } = await startRiddles({}, () => {
      throw new Error("not today");
    });

    expect(await refusalOf(initiate(world, {}, flows[0]))).toBe(
      "UserLambdaValidationException: DefineAuthChallenge failed with error not today.",
    );
  });

  test("come after a password that is proven, which the functions are told of", async () => {
    const { world, events } = await startRiddles();
    const srp = createSrpClient(world.poolId);
    const begun = await initiate(
      world,
      { SRP_A: srp.publicValue, CHALLENGE_NAME: "SRP_A" },
      flows[0],
    );
    const parameters = begun.ChallengeParameters ?? {};
    const { USER_ID_FOR_SRP: userId = "", SRP_B = "", SALT = "", SECRET_BLOCK = "" } = parameters;
    const TIMESTAMP = srpTimestamp(world.clock.now());
    const verifier = { userId, publicValue: SRP_B, salt: SALT, secretBlock: SECRET_BLOCK };
    const proven = await world.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: world.clientId,
        ChallengeName: "PASSWORD_VERIFIER",
        Session: begun.Session,
        ChallengeResponses: {
          USERNAME: userId,
          SECRET_HASH: world.hash(userId),
          PASSWORD_CLAIM_SIGNATURE: await srp.sign(password, verifier, TIMESTAMP),
          PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
          TIMESTAMP,
        },
      }),
    );

    expect(proven.ChallengeName).toBe("CUSTOM_CHALLENGE");
    const [first, second] = events.filter(({ triggerSource }) =>
      triggerSource.startsWith("Define"),
    );
    const round = (challengeName: string) => ({
      challengeName,
      challengeResult: true,
      challengeMetadata: null,
    });
    expect(first?.request.session).toEqual([round("SRP_A")]);
    expect(second?.request.session).toEqual([round("SRP_A"), round("PASSWORD_VERIFIER")]);
    expect((await answer(world, proven, "blue")).AuthenticationResult).toBeDefined();
  });
});
