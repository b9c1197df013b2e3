import { RespondToAuthChallengeCommand } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { createSrpClient, srpTimestamp } from "../../../src/adapters/cognito/sign-in/srp/client.ts";
import type { CustomChallenge } from "../../../src/adapters/memory/index.ts";
import {
  ada,
  enrol,
  initiate,
  password,
  refusalOf,
  setMfa,
  signUpProven,
  startWorld,
  type World,
} from "./support.ts";

/** Parameters that make a flow begin with the proof of a password. */
const firstSteps = {
  USER_SRP_AUTH: {},
  USER_AUTH: { PREFERRED_CHALLENGE: "PASSWORD_SRP" },
  CUSTOM_AUTH: { CHALLENGE_NAME: "SRP_A" },
};

async function begin(
  world: World,
  username = ada,
  flow: keyof typeof firstSteps = "USER_SRP_AUTH",
) {
  const srp = createSrpClient(world.poolId);
  const first = firstSteps[flow];
  const parameters = { USERNAME: username, SRP_A: srp.publicValue, ...first };
  const challenge = await initiate(world, parameters, flow);
  return { srp, challenge, parameters: challenge.ChallengeParameters ?? {} };
}

async function prove(
  world: World,
  { srp, challenge, parameters }: Awaited<ReturnType<typeof begin>>,
  secret = password,
  TIMESTAMP = srpTimestamp(world.clock.now()),
) {
  const { USER_ID_FOR_SRP = "", SRP_B = "", SALT = "", SECRET_BLOCK = "" } = parameters;
  const verifier = { publicValue: SRP_B, salt: SALT, secretBlock: SECRET_BLOCK };
  const signature = await srp.sign(secret, { userId: USER_ID_FOR_SRP, ...verifier }, TIMESTAMP);
  return world.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: world.clientId,
      ChallengeName: challenge.ChallengeName,
      Session: challenge.Session,
      ChallengeResponses: {
        USERNAME: USER_ID_FOR_SRP,
        SECRET_HASH: world.hash(USER_ID_FOR_SRP),
        PASSWORD_CLAIM_SIGNATURE: signature,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        TIMESTAMP,
      },
    }),
  );
}

describe("USER_SRP_AUTH", () => {
  // https://github.com/ministackorg/ministack/pull/1758
  test("USER_SRP_AUTH gives no session, and takes the proof of the right password without one", async () => {
    const world = await startWorld();
    await signUpProven(world);

    const begun = await begin(world);
    const done = await prove(world, begun);

    expect(begun.challenge.ChallengeName).toBe("PASSWORD_VERIFIER");
    expect(begun.challenge).not.toHaveProperty("Session");
    expect(done.AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("the session of a proof that was begun otherwise is needed to end it", async () => {
    const world = await startWorld();
    await signUpProven(world);

    const begun = await begin(world, ada, "USER_AUTH");
    const { Session: _, ...challenge } = begun.challenge;

    expect(await refusalOf(prove(world, { ...begun, challenge }))).toMatch(/^NotAuthorized/);
    expect((await prove(world, begun)).AuthenticationResult).toHaveProperty("AccessToken");
  });

  test.each([
    ["a secret block that was never given", { SECRET_BLOCK: btoa("x".repeat(64)) }],
    ["the name of another user", { USER_ID_FOR_SRP: "grace@example.com" }],
  ])("a proof with %s is refused as one of a wrong password", async (_what, altered) => {
    const world = await startWorld();
    await signUpProven(world);

    const begun = await begin(world);
    const parameters = { ...begun.parameters, ...altered };

    expect(await refusalOf(prove(world, { ...begun, parameters }))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });

  // https://github.com/amazon-archives/amazon-cognito-identity-js/issues/683
  test.each([
    "Mon Feb 12 15:26:37 +05:30 2018",
    "2018-02-12T15:26:37Z",
    "lun. févr. 12 15:26:37 UTC 2018",
    "1518449197",
  ])("a proof of the time %j is no proof, and the form of the time is told", async (timestamp) => {
    const world = await startWorld();
    await signUpProven(world);

    expect(await refusalOf(prove(world, await begin(world), password, timestamp))).toBe(
      "InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.",
    );
  });

  // https://github.com/qwigo/warrant/pull/12, https://github.com/ministackorg/ministack/pull/1758
  test.each([
    ["a zero before the day", (now: number) => srpTimestamp(now).replace(/ (\d) /, " 0$1 ")],
    [
      "another weekday",
      (now: number) => srpTimestamp(now).replace(/^.../, (day) => (day === "Mon" ? "Tue" : "Mon")),
    ],
    ["a time six minutes ago", (now: number) => srpTimestamp(now - 360_000)],
    ["a time in six minutes", (now: number) => srpTimestamp(now + 360_000)],
  ])("a proof of %s is refused", async (_what, timestampAt) => {
    const world = await startWorld();
    while (new Date(world.clock.now()).getUTCDate() > 9) world.clock.advance(86_400);
    await signUpProven(world);

    const timestamp = timestampAt(world.clock.now());

    expect(await refusalOf(prove(world, await begin(world), password, timestamp))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });

  test("a proof of a time four minutes ago is taken", async () => {
    const world = await startWorld();
    await signUpProven(world);

    const timestamp = srpTimestamp(world.clock.now() - 240_000);
    const done = await prove(world, await begin(world), password, timestamp);

    expect(done.AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("USER_SRP_AUTH refuses the proof of a wrong password, and then any", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const begun = await begin(world);

    expect(await refusalOf(prove(world, begun, "Wrong-Horse-7"))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect(await refusalOf(prove(world, begun))).toMatch(/^NotAuthorized/);
  });

  test("USER_SRP_AUTH refuses a public value with which the password would not matter", async () => {
    const world = await startWorld();
    await signUpProven(world);

    expect(await refusalOf(initiate(world, { SRP_A: "0" }, "USER_SRP_AUTH"))).toMatch(
      /^InvalidParameterException/,
    );
  });

  test("USER_SRP_AUTH plays with an unknown user by one salt and id, where that is hidden", async () => {
    const world = await startWorld({
      client: { PreventUserExistenceErrors: "ENABLED", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
    });

    const [once, again] = [await begin(world), await begin(world)];

    expect(again.parameters.SALT).toBe(once.parameters.SALT);
    expect(again.parameters.USER_ID_FOR_SRP).toBe(once.parameters.USER_ID_FOR_SRP);
    expect(again.parameters.SRP_B).not.toBe(once.parameters.SRP_B);
    expect(await refusalOf(prove(world, once))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
  });

  // https://github.com/localstack/localstack/issues/12756
  test("USER_SRP_AUTH asks for the second factor after the proof", async () => {
    const world = await startWorld();
    await setMfa(world, "OPTIONAL");
    await signUpProven(world);
    await enrol(world);

    const answer = await prove(world, await begin(world));

    expect(answer.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect(answer).not.toHaveProperty("AuthenticationResult");
  });
});

describe("CUSTOM_AUTH that begins with a password", () => {
  const customChallenge: CustomChallenge = {
    next: ({ rounds }) =>
      rounds.at(-1)?.isRight
        ? { action: "admit" }
        : { action: "ask", parameters: { question: "1 + 1" }, expected: "2" },
  };
  const startCustom = async () => {
    const world = await startWorld({
      server: { customChallenge },
      client: { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] },
    });
    await signUpProven(world);
    return world;
  };

  test("CUSTOM_AUTH that begins with a password asks its own question after the proof, and then gives tokens", async () => {
    const world = await startCustom();

    const begun = await begin(world, ada, "CUSTOM_AUTH");
    const asked = await prove(world, begun);
    const done = await world.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: world.clientId,
        ChallengeName: asked.ChallengeName,
        Session: asked.Session,
        ChallengeResponses: { USERNAME: ada, SECRET_HASH: world.hash(ada), ANSWER: "2" },
      }),
    );

    expect(begun.challenge.ChallengeName).toBe("PASSWORD_VERIFIER");
    expect(asked).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { question: "1 + 1" },
    });
    expect(done.AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("CUSTOM_AUTH that begins with a password asks nothing of whoever does not know it", async () => {
    const world = await startCustom();

    const wrong = prove(world, await begin(world, ada, "CUSTOM_AUTH"), "Wrong-Horse-7");

    expect(await refusalOf(wrong)).toBe("NotAuthorizedException: Incorrect username or password.");
  });
});
