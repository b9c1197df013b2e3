import {
  AdminDeleteUserCommand,
  CreateGroupCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListGroupsCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { ada, initiate, refusalOf, signUp, signUpProven, startWorld, tokensOf } from "./support.ts";

describe("a snapshot", () => {
  test("a snapshot brings back pools, clients, users, groups and sign-ins, any number of times", async () => {
    const world = await startWorld();
    const { sdk, server, poolId: UserPoolId, clientId: ClientId } = world;
    await signUpProven(world);
    const snapshot = server.snapshot();

    for (const _ of [1, 2]) {
      const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: "other" }));
      await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName: "admins" }));
      const Policies = { PasswordPolicy: { MinimumLength: 20 } };
      await sdk.send(new UpdateUserPoolCommand({ UserPoolId, Policies }));
      await sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: ada }));
      await sdk.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
      server.restore(snapshot);

      await initiate(world);
      const pool = await sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
      const { Groups } = await sdk.send(new ListGroupsCommand({ UserPoolId }));
      const other = new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id });
      expect(pool.UserPool?.Policies?.PasswordPolicy?.MinimumLength).toBe(8);
      expect(Groups).toEqual([]);
      expect(await refusalOf(sdk.send(other))).toMatch(/^ResourceNotFoundException/);
    }
  });
});

test("a clock that is off shows in tokens, and can be set right", async () => {
  const world = await startWorld();
  await signUpProven(world);
  const issuedAt = async () => decodeJwt((await tokensOf(world)).AccessToken).iat;
  const now = world.clock.now() / 1000;

  world.server.skewClock(-90);
  expect(await issuedAt()).toBe(now - 90);
  world.server.skewClock(0);
  expect(await issuedAt()).toBe(now);
});

test("one user more than there is room for is refused, with what to raise", async () => {
  const world = await startWorld({ server: { maxUsers: 1 } });
  await signUp(world);

  expect(await refusalOf(signUp(world, "grace@example.com"))).toBe(
    "LimitExceededException: There is no room for more than 1 users: raise maxUsers.",
  );
});
