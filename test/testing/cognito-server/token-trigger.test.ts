import {
  AdminAddUserToGroupCommand,
  CreateGroupCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  type LambdaConfigType,
  ListUserSessionsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import type { CognitoTrigger } from "../../../src/testing/index.ts";
import { ada, initiate, refusalOf, signUpProven, startWorld, tokensOf } from "./support.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:tokens";
const first: LambdaConfigType = { PreTokenGeneration: arn };
const second: LambdaConfigType = {
  PreTokenGenerationConfig: { LambdaArn: arn, LambdaVersion: "V2_0" },
};

async function startWith(LambdaConfig: LambdaConfigType, response: object) {
  const calls: string[] = [];
  const run: CognitoTrigger = (event) => {
    calls.push(`${event.version} ${event.triggerSource}`);
    event.response = { ...response };
    return event;
  };
  const server = { functions: { [arn]: run } };
  const world = await startWorld({ server, pool: { LambdaConfig } });
  await signUpProven(world);
  return { world, calls };
}

test("the first version changes the claims of ID tokens, and none that says whose they are", async () => {
  const { world, calls } = await startWith(first, {
    claimsOverrideDetails: {
      claimsToAddOrOverride: { tenant: "7", sub: "other", "cognito:username": "other" },
      claimsToSuppress: ["email", "aud"],
      groupOverrideDetails: { groupsToOverride: ["guests"] },
    },
  });

  const { AccessToken, IdToken, RefreshToken } = await tokensOf(world);
  const { clientId: ClientId, secret: ClientSecret } = world;
  const refresh = { ClientId, ClientSecret, RefreshToken };
  await world.sdk.send(new GetTokensFromRefreshTokenCommand(refresh));

  const [access, id] = [decodeJwt(AccessToken), decodeJwt(IdToken)];
  expect(id).toMatchObject({ tenant: "7", aud: ClientId, sub: access.sub });
  expect(id).not.toHaveProperty("email");
  expect(id["cognito:username"]).toBe(access.username);
  expect(access).not.toHaveProperty("tenant");
  for (const claims of [access, id]) expect(claims["cognito:groups"]).toEqual(["guests"]);
  expect(calls).toEqual(["1 TokenGeneration_Authentication", "1 TokenGeneration_RefreshTokens"]);
});

test("the second version changes access tokens and their scopes as well", async () => {
  const { world, calls } = await startWith(second, {
    claimsAndScopeOverrideDetails: {
      idTokenGeneration: { claimsToAddOrOverride: { address: { city: "London" } } },
      accessTokenGeneration: {
        claimsToAddOrOverride: { plan: "gold" },
        scopesToAdd: ["orders/read"],
        scopesToSuppress: ["aws.cognito.signin.user.admin"],
      },
    },
  });

  const { AccessToken, IdToken } = await tokensOf(world);

  expect(decodeJwt(AccessToken)).toMatchObject({ plan: "gold", scope: "orders/read" });
  expect(decodeJwt(IdToken)).toMatchObject({ address: { city: "London" } });
  expect(calls).toEqual(["2 TokenGeneration_Authentication"]);
  expect(await refusalOf(world.sdk.send(new GetUserCommand({ AccessToken })))).toBe(
    "NotAuthorizedException: Access Token does not have required scopes",
  );
});

test("a trigger that changes nothing leaves the groups as they are", async () => {
  const { world } = await startWith(first, {});
  const group = { UserPoolId: world.poolId, GroupName: "admins" };
  await world.sdk.send(new CreateGroupCommand(group));
  await world.sdk.send(new AdminAddUserToGroupCommand({ ...group, Username: ada }));

  const { AccessToken } = await tokensOf(world);

  expect(decodeJwt(AccessToken)["cognito:groups"]).toEqual(["admins"]);
});

test("a trigger that throws keeps the tokens back, and the session is over", async () => {
  let isRefusing = true;
  const run: CognitoTrigger = (event) => {
    if (isRefusing) throw new Error("no tenant");
    return event;
  };
  const world = await startWorld({
    server: { functions: { [arn]: run } },
    pool: { LambdaConfig: first },
  });
  await signUpProven(world);

  expect(await refusalOf(initiate(world))).toBe(
    "UserLambdaValidationException: PreTokenGeneration failed with error no tenant.",
  );
  isRefusing = false;
  const { AccessToken } = await tokensOf(world);
  const { Sessions } = await world.sdk.send(new ListUserSessionsCommand({ AccessToken }));
  expect(Sessions).toHaveLength(1);
});
