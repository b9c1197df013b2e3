import {
  AddCustomAttributesCommand,
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminListUserSessionsCommand,
  AdminRemoveUserFromGroupCommand,
  AdminRevokeUserSessionCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  GetGroupCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  ListGroupsCommand,
  ListUserSessionsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  RevokeUserSessionCommand,
  StartWebAuthnRegistrationCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import {
  ada,
  initiate,
  invite,
  password,
  refusalOf,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const grace = "grace@example.com";
const nobody = "nobody@example.com";
const noSuchUser = "UserNotFoundException: User does not exist.";

const user = ({ poolId }: World, Username = ada) => ({ UserPoolId: poolId, Username });

describe("administrators' operations on a user", () => {
  test("administrators' operations on a user tell that there is none, whatever the client hides", async () => {
    const world = await startWorld({ client: { PreventUserExistenceErrors: "ENABLED" } });
    const { sdk } = world;
    const input = user(world, nobody);

    for (const call of [
      () => sdk.send(new AdminConfirmSignUpCommand(input)),
      () => sdk.send(new AdminDisableUserCommand(input)),
      () => sdk.send(new AdminDeleteUserCommand(input)),
      () => sdk.send(new AdminGetUserCommand(input)),
      () => sdk.send(new AdminListGroupsForUserCommand(input)),
      () => sdk.send(new AdminListUserSessionsCommand(input)),
    ])
      expect(await refusalOf(call())).toBe(noSuchUser);
  });

  test("administrators' operations on a user refuse to confirm what is confirmed", async () => {
    const world = await startWorld();
    await signUpProven(world);

    expect(await refusalOf(world.sdk.send(new AdminConfirmSignUpCommand(user(world))))).toBe(
      "NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED",
    );
  });

  test("administrators' operations on a user confirm a sign-up without proving its address", async () => {
    const world = await startWorld();
    await signUp(world);

    await world.sdk.send(new AdminConfirmSignUpCommand(user(world)));

    const { UserAttributes } = await world.sdk.send(new AdminGetUserCommand(user(world)));
    expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "false" });
  });

  test("administrators' operations on a user know a user by the subject, where nobody signs in with that", async () => {
    const pool = { UsernameAttributes: [], AutoVerifiedAttributes: [] };
    const world = await startWorld({ pool });
    const { UserSub } = await signUp(world, "ada");

    const { Username } = await world.sdk.send(new AdminGetUserCommand(user(world, UserSub)));

    expect(Username).toBe("ada");
  });

  test("administrators' operations on a user are refused without AWS credentials", async () => {
    const world = await startWorld();

    const response = await fetch(world.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser",
      },
      body: JSON.stringify(user(world)),
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  });
});

describe("AdminCreateUser", () => {
  test("AdminCreateUser makes a user with a temporary password, and sends it", async () => {
    const world = await startWorld();
    const input = { ...user(world), DesiredDeliveryMediums: ["EMAIL" as const] };

    const { User } = await world.sdk.send(new AdminCreateUserCommand(input));

    expect(User).toMatchObject({ Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" });
    expect(User?.UserCreateDate?.getTime()).toBe(world.clock.now());
    expect(await initiate(world, { PASSWORD: world.lastCode() })).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
    });
  });

  test.each([
    [["EMAIL"], ["email"]],
    [["SMS"], ["sms"]],
    [
      ["SMS", "EMAIL"],
      ["sms", "email"],
    ],
  ] as const)("sends the password by %j", async (DesiredDeliveryMediums, mediums) => {
    const world = await startWorld();
    const UserAttributes = [{ Name: "phone_number", Value: "+14155550123" }];
    const input = { ...user(world), UserAttributes };

    await world.sdk.send(
      new AdminCreateUserCommand({ ...input, DesiredDeliveryMediums: [...DesiredDeliveryMediums] }),
    );

    const sent = world.server.outboxOf(world.poolId).messagesFor(ada);
    expect(sent.map(({ medium }) => medium)).toEqual(mediums);
  });

  test("refuses a name that is taken, and a weak password", async () => {
    const world = await startWorld();
    await invite(world);
    const create = (changes: object) =>
      world.sdk.send(new AdminCreateUserCommand({ ...user(world), ...changes }));

    expect(await refusalOf(create({}))).toBe(
      "UsernameExistsException: User account already exists",
    );
    expect(await refusalOf(create({ Username: grace, TemporaryPassword: "weak" }))).toMatch(
      /^InvalidPasswordException: Password did not conform with policy/,
    );
  });

  test("AdminCreateUser invites again only who did not accept yet", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const again = { ...user(world), MessageAction: "RESEND" as const };

    expect(await refusalOf(world.sdk.send(new AdminCreateUserCommand(again)))).toMatch(
      /^UnsupportedUserStateException/,
    );
  });
});

describe("AdminSetUserPassword", () => {
  test("AdminSetUserPassword sets a password for good, or until the next sign-in", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const set = (Password: string, Permanent: boolean) =>
      world.sdk.send(new AdminSetUserPasswordCommand({ ...user(world), Password, Permanent }));

    await set("Battery-Staple-8", true);
    expect(await initiate(world, { PASSWORD: "Battery-Staple-8" })).toHaveProperty(
      "AuthenticationResult",
    );
    await set("Battery-Staple-9", false);
    expect(await initiate(world, { PASSWORD: "Battery-Staple-9" })).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
    });
    expect(await refusalOf(set("weak", true))).toMatch(/^InvalidPasswordException/);
  });
});

describe("ListUsers", () => {
  async function listed(world: World, input: object): Promise<readonly unknown[]> {
    const command = new ListUsersCommand({ UserPoolId: world.poolId, ...input });
    const { Users = [] } = await world.sdk.send(command);
    return Users.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value);
  }

  async function withUsers(): Promise<World> {
    const world = await startWorld();
    await signUpProven(world);
    await invite(world, grace);
    await world.sdk.send(new AdminDisableUserCommand(user(world, grace)));
    return world;
  }

  test.each([
    ['email = "ada@example.com"', [ada]],
    ['email="ada@example.com"', [ada]],
    ['email ^= "gra"', [grace]],
    ['cognito:user_status = "force_change_password"', [grace]],
    ['status = "Enabled"', [ada]],
    ['status = "enabled"', []],
    ['email = "a\\"b"', []],
  ])("ListUsers filters by %s", async (Filter, expected) => {
    expect(await listed(await withUsers(), { Filter })).toEqual(expected);
  });

  test("ListUsers refuses to filter by what is not searchable", async () => {
    const world = await withUsers();

    expect(await refusalOf(listed(world, { Filter: 'custom:tenant = "1"' }))).toMatch(
      /^InvalidParameterException/,
    );
  });

  // https://github.com/aws/aws-sdk-js/issues/2570, https://github.com/aws/aws-sdk-js/issues/3091
  test("an attribute that a user of the page does not have cannot be asked for", async () => {
    const world = await withUsers();
    const list = (AttributesToGet: string[], Filter?: string) =>
      world.sdk.send(new ListUsersCommand({ UserPoolId: world.poolId, AttributesToGet, Filter }));

    const given = await list(["email", "sub"]);

    expect(given.Users).toHaveLength(2);
    expect(await refusalOf(list(["nickname"]))).toBe(
      "InvalidParameterException: One or more requested attributes do not exist.",
    );
  });

  test("ListUsers gives one page after the other", async () => {
    const world = await withUsers();
    const first = await world.sdk.send(
      new ListUsersCommand({ UserPoolId: world.poolId, Limit: 1, AttributesToGet: ["sub"] }),
    );

    const { PaginationToken } = first;
    expect(first.Users?.[0]?.Attributes?.map(({ Name }) => Name)).toEqual(["sub"]);
    expect(await listed(world, { Limit: 1, PaginationToken })).toEqual([grace]);
  });
});

describe("groups", () => {
  const group = (world: World, GroupName: string) => ({ UserPoolId: world.poolId, GroupName });

  test("groups reach tokens by precedence, and end with the group", async () => {
    const world = await startWorld();
    await signUpProven(world);
    for (const [name, Precedence] of [
      ["readers", 2],
      ["admins", 1],
    ] as const) {
      await world.sdk.send(new CreateGroupCommand({ ...group(world, name), Precedence }));
      const membership = { ...group(world, name), Username: ada };
      await world.sdk.send(new AdminAddUserToGroupCommand(membership));
    }

    const { AccessToken, IdToken } = await tokensOf(world);
    for (const token of [AccessToken, IdToken])
      expect(decodeJwt(token)["cognito:groups"]).toEqual(["admins", "readers"]);
    const listed = await world.sdk.send(new AdminListGroupsForUserCommand(user(world)));
    expect(listed.Groups?.map(({ GroupName }) => GroupName)).toEqual(["admins", "readers"]);

    await world.sdk.send(new DeleteGroupCommand(group(world, "admins")));
    const left = { ...group(world, "readers"), Username: ada };
    await world.sdk.send(new AdminRemoveUserFromGroupCommand(left));
    expect(decodeJwt((await tokensOf(world)).AccessToken)).not.toHaveProperty("cognito:groups");
  });

  test("groups are refused when there is one already, or none", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const readers = group(world, "readers");
    await world.sdk.send(new CreateGroupCommand(readers));
    const none = group(world, "none");

    expect(await refusalOf(world.sdk.send(new CreateGroupCommand(readers)))).toMatch(
      /^GroupExistsException/,
    );
    expect(await refusalOf(world.sdk.send(new GetGroupCommand(none)))).toMatch(
      /^ResourceNotFoundException/,
    );
    expect(await refusalOf(world.sdk.send(new ListUsersInGroupCommand(none)))).toMatch(
      /^ResourceNotFoundException/,
    );
    const add = (GroupName: string, Username: string) =>
      world.sdk.send(new AdminAddUserToGroupCommand({ ...group(world, GroupName), Username }));
    expect(await refusalOf(add("none", ada))).toMatch(/^ResourceNotFoundException/);
    expect(await refusalOf(add("readers", nobody))).toBe(noSuchUser);
  });

  test("groups are listed with their members", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const readers = { ...group(world, "readers"), Description: "read" };
    await world.sdk.send(new CreateGroupCommand(readers));
    await world.sdk.send(
      new AdminAddUserToGroupCommand({ ...group(world, "readers"), Username: ada }),
    );

    const { Groups } = await world.sdk.send(new ListGroupsCommand({ UserPoolId: world.poolId }));
    const { Users } = await world.sdk.send(new ListUsersInGroupCommand(group(world, "readers")));

    expect(Groups).toMatchObject([{ GroupName: "readers", Description: "read" }]);
    expect(Users).toHaveLength(1);
  });
});

describe("attributes", () => {
  async function signedIn(pool: object = {}, client: object = {}) {
    const world = await startWorld({ pool, client });
    await signUpProven(world);
    const { AccessToken } = await tokensOf(world);
    const update = (Name: string, Value: string) =>
      world.sdk.send(
        new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }),
      );
    const read = async () => {
      const { UserAttributes = [] } = await world.sdk.send(new GetUserCommand({ AccessToken }));
      return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
    };
    return { world, AccessToken, update, read };
  }

  test("attributes are all texts, the subject among them", async () => {
    const { read } = await signedIn();

    expect(await read()).toEqual({
      sub: expect.any(String),
      email: ada,
      email_verified: "true",
    });
  });

  test("attributes are set, and deleted", async () => {
    const { world, AccessToken, update, read } = await signedIn();

    await update("name", "Ada");
    expect(await read()).toMatchObject({ name: "Ada" });
    const UserAttributeNames = ["name"];
    await world.sdk.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames }));
    expect(await read()).not.toHaveProperty("name");
  });

  test("attributes of the pool's own are for clients that may write them", async () => {
    const pool = { Schema: [{ Name: "tenant", AttributeDataType: "String", Mutable: true }] };
    const { update } = await signedIn(pool, { WriteAttributes: ["name"] });
    const allowed = await signedIn(pool, {
      WriteAttributes: ["custom:tenant"],
      ReadAttributes: ["custom:tenant"],
    });

    expect(await refusalOf(update("custom:tenant", "42"))).toBe(
      "NotAuthorizedException: A client attempted to write unauthorized attribute",
    );
    await allowed.update("custom:tenant", "42");
    expect(await allowed.read()).toMatchObject({ "custom:tenant": "42" });
    expect(await allowed.read()).not.toHaveProperty("email");
  });

  // https://github.com/hashicorp/terraform-provider-aws/issues/28684
  test("of the pool's own are everyone's to write where the client has no list", async () => {
    const pool = { Schema: [{ Name: "role", AttributeDataType: "String" }] };
    const { update, read } = await signedIn(pool);

    await update("custom:role", "admin");

    expect(await read()).toMatchObject({ "custom:role": "admin" });
  });

  test("can be added to a pool", async () => {
    const { world, update } = await signedIn();
    const before = await refusalOf(update("custom:plan", "free"));
    const CustomAttributes = [{ Name: "plan", AttributeDataType: "String" as const }];
    await world.sdk.send(
      new AddCustomAttributesCommand({ UserPoolId: world.poolId, CustomAttributes }),
    );

    expect(before).toBe(
      "InvalidParameterException: user.custom:plan: Attribute does not exist in the schema.",
    );
    await update("custom:plan", "free");
  });

  test.each(["sub", "email_verified"])("attributes do not let a user set %s", async (name) => {
    const { update } = await signedIn();

    expect(await refusalOf(update(name, "true"))).toMatch(/^NotAuthorizedException/);
  });

  test("attributes keep a new address back until it was proven, where the pool is told to", async () => {
    const { world, AccessToken, update, read } = await signedIn({
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    const verify = (Code: string) =>
      world.sdk.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));

    const { CodeDeliveryDetailsList } = await update("email", "ada@example.org");
    expect(CodeDeliveryDetailsList).toHaveLength(1);
    expect(await read()).toMatchObject({ email: ada });
    const code = world.lastCode();
    expect(await refusalOf(verify(`${code}0`))).toMatch(/^CodeMismatchException/);
    await verify(code);
    expect(await read()).toMatchObject({ email: "ada@example.org", email_verified: "true" });
  });

  test("attributes take a new address at once, and unproven, where the pool is not", async () => {
    const { world, AccessToken, update, read } = await signedIn();

    await update("email", "ada@example.org");

    expect(await read()).toMatchObject({ email: "ada@example.org", email_verified: "false" });
    const again = { AccessToken, AttributeName: "email" };
    const sent = await world.sdk.send(new GetUserAttributeVerificationCodeCommand(again));
    expect(sent.CodeDeliveryDetails?.Destination).toBe("a***@e***");
  });

  test("attributes take no address of somebody else's", async () => {
    const { world, update } = await signedIn();
    await signUpProven(world, grace);

    expect(await refusalOf(update("email", grace))).toMatch(/^AliasExistsException/);
  });

  test("attributes that an administrator vouches for are proven", async () => {
    const { world, read } = await signedIn();
    const UserAttributes = [
      { Name: "email", Value: "ada@example.org" },
      { Name: "email_verified", Value: "true" },
    ];

    await world.sdk.send(new AdminUpdateUserAttributesCommand({ ...user(world), UserAttributes }));

    expect(await read()).toMatchObject({ email: "ada@example.org", email_verified: "true" });
  });

  test("attributes go with their user", async () => {
    const { world, AccessToken, read } = await signedIn();

    await world.sdk.send(new DeleteUserCommand({ AccessToken }));

    expect(await refusalOf(read())).toMatch(/^NotAuthorizedException/);
    expect(await refusalOf(initiate(world, { PASSWORD: password }))).toBe(noSuchUser);
  });
});

test("passkeys are refused where the pool has none", async () => {
  const world = await startWorld();
  await signUpProven(world);
  const { AccessToken } = await tokensOf(world);

  const start = world.sdk.send(new StartWebAuthnRegistrationCommand({ AccessToken }));

  expect(await refusalOf(start)).toMatch(/^WebAuthnNotEnabledException/);
});

describe("sessions", () => {
  test("sessions are listed, and ended one by one but for the current one", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const { RefreshToken } = await tokensOf(world);
    world.clock.advance(60);
    const { AccessToken } = await tokensOf(world);

    const { Sessions = [] } = await world.sdk.send(new ListUserSessionsCommand({ AccessToken }));
    const [current, other] = Sessions;
    const end = (SessionId = "") =>
      world.sdk.send(new RevokeUserSessionCommand({ AccessToken, SessionId }));

    expect(Sessions.map(({ IsCurrentSession }) => IsCurrentSession)).toEqual([true, false]);
    expect(other?.SessionId).toMatch(/^tkn[0-9a-z]{25}$/);
    expect(await refusalOf(end(current?.SessionId))).toMatch(/^InvalidParameterException/);
    await end(other?.SessionId);
    const refresh = new GetTokensFromRefreshTokenCommand({
      ClientId: world.clientId,
      ClientSecret: world.secret,
      RefreshToken,
    });
    expect(await refusalOf(world.sdk.send(refresh))).toMatch(/Refresh Token has been revoked$/);
  });

  test("sessions are ended by an administrator, the user's own only", async () => {
    const world = await startWorld();
    await signUpProven(world);
    await signUpProven(world, grace);
    const { AccessToken } = await tokensOf(world);
    const { Sessions } = await world.sdk.send(new AdminListUserSessionsCommand(user(world)));
    const SessionId = Sessions?.[0]?.SessionId;
    const end = (name: string) =>
      world.sdk.send(new AdminRevokeUserSessionCommand({ ...user(world, name), SessionId }));

    expect(await refusalOf(end(grace))).toMatch(/^ResourceNotFoundException/);
    await end(ada);
    expect(await refusalOf(world.sdk.send(new GetUserCommand({ AccessToken })))).toMatch(
      /revoked$/,
    );
  });
});
