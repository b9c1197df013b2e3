import {
  AdminAddUserToGroupCommand,
  CreateGroupCommand,
  type CreateGroupCommandInput,
  GetGroupCommand,
  UpdateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { expect, test } from "vitest";
import { ada, refusalOf, signUpProven, startWorld, tokensOf, type World } from "./support.ts";

const roleOf = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

async function join(
  world: World,
  GroupName: string,
  details: Partial<CreateGroupCommandInput>,
): Promise<void> {
  const group = { UserPoolId: world.poolId, GroupName };
  await world.sdk.send(new CreateGroupCommand({ ...group, ...details }));
  await world.sdk.send(new AdminAddUserToGroupCommand({ ...group, Username: ada }));
}

const claimsOf = async (world: World) => decodeJwt((await tokensOf(world)).IdToken);

test("the precedence of a group changes, and with it the order of tokens and the preferred role", async () => {
  const world = await startWorld();
  await signUpProven(world);
  await join(world, "writers", { Precedence: 1, RoleArn: roleOf("writer") });
  await join(world, "readers", { Precedence: 2, RoleArn: roleOf("reader") });
  const before = await claimsOf(world);
  const readers = { UserPoolId: world.poolId, GroupName: "readers" };

  await world.sdk.send(new UpdateGroupCommand({ ...readers, Precedence: 0, Description: "all" }));

  const { Group } = await world.sdk.send(new GetGroupCommand(readers));
  expect(before).toMatchObject({
    "cognito:groups": ["writers", "readers"],
    "cognito:roles": [roleOf("writer"), roleOf("reader")],
    "cognito:preferred_role": roleOf("writer"),
  });
  expect(await claimsOf(world)).toMatchObject({
    "cognito:groups": ["readers", "writers"],
    "cognito:preferred_role": roleOf("reader"),
  });
  expect(Group).toMatchObject({ Precedence: 0, Description: "all", RoleArn: roleOf("reader") });
});

test("of two foremost groups with different roles neither is preferred, and with one role it is", async () => {
  const world = await startWorld();
  await signUpProven(world);
  await join(world, "a", { Precedence: 0, RoleArn: roleOf("one") });
  await join(world, "b", { Precedence: 0, RoleArn: roleOf("one") });
  const agreed = await claimsOf(world);
  await join(world, "c", { Precedence: 0, RoleArn: roleOf("other") });

  expect(agreed["cognito:preferred_role"]).toBe(roleOf("one"));
  expect(await claimsOf(world)).not.toHaveProperty("cognito:preferred_role");
});

test("access tokens name no role, and a group that is not there cannot be changed", async () => {
  const world = await startWorld();
  await signUpProven(world);
  await join(world, "a", { RoleArn: roleOf("one") });
  const change = new UpdateGroupCommand({ UserPoolId: world.poolId, GroupName: "b" });

  expect(decodeJwt((await tokensOf(world)).AccessToken)).not.toHaveProperty("cognito:roles");
  expect(await refusalOf(world.sdk.send(change))).toMatch(/^ResourceNotFoundException/);
});
