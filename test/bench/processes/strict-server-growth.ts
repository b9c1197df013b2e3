// Holds as many users in a pool of a strict server as it is asked for, and sends requests, without HTTP.
import { type CognitoServer, createCognitoServer } from "../../../src/testing/index.ts";
import { answerWorks, repeated, walked } from "../filled.ts";
import { heapInUse } from "../heap.ts";
import { inLanes } from "../lanes.ts";

const password = "Correct-Horse-7";
const authorization = [
  "AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/us-east-1/cognito-idp/aws4_request",
  "SignedHeaders=host",
  `Signature=${"0".repeat(64)}`,
].join(", ");

await answerWorks(async (size) => {
  // The memory of the code itself is no growth.
  await signUpMany(await createPool(), 500);
  const before = heapInUse();
  const pool = await createPool();
  await signUpMany(pool, size);
  const userBytes = (heapInUse() - before) / size;
  await signInSome(pool, size);
  return { userBytes, works: { ...listWorks(pool, size), ...userWorks(pool, size) } };
});

/** A pool of a server of its own. */
interface Pool {
  readonly ClientId: string;
  /** Sends a request about the pool. */
  send(operation: string, members?: object): ReturnType<typeof send>;
}

async function createPool(): Promise<Pool> {
  const server = createCognitoServer({ hashIterations: 1, maxUsers: 1e6, onFault: console.error });
  const { UserPool } = await send(server, "CreateUserPool", {
    PoolName: "users",
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
  });
  const inPool = (operation: string, members: object = {}) =>
    send(server, operation, { UserPoolId: UserPool.Id, ...members });
  const { UserPoolClient } = await inPool("CreateUserPoolClient", {
    ClientName: "client",
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  for (const GroupName of ["every-tenth", "some"]) await inPool("CreateGroup", { GroupName });
  return { ClientId: UserPoolClient.ClientId, send: inPool };
}

async function signUpMany({ ClientId, send }: Pool, size: number): Promise<void> {
  const signUp = async (Username: string, index: number) => {
    const UserAttributes = [{ Name: "name", Value: `Ada ${index}` }];
    await send("SignUp", { ClientId, Username, Password: password, UserAttributes });
    await send("AdminConfirmSignUp", { Username });
  };
  await inLanes(Array.from({ length: size }, (_, index) => () => signUp(nameOf(index), index)));
}

/** Puts a tenth of the users into a group, and signs a hundredth in from a device: signatures are slow. */
async function signInSome({ ClientId, send }: Pool, size: number): Promise<void> {
  for (let index = 0; index < size; index += 10) {
    const Username = nameOf(index);
    await send("AdminAddUserToGroup", { Username, GroupName: "every-tenth" });
    if (index % 100 !== 0) continue;
    const AuthParameters = { USERNAME: Username, PASSWORD: password };
    const AuthFlow = "ADMIN_USER_PASSWORD_AUTH";
    await send("AdminInitiateAuth", { ClientId, AuthFlow, AuthParameters });
  }
}

function listWorks({ send }: Pool, size: number) {
  const asked = (operation: string, members: object = {}) =>
    repeated(() => send(operation, members));
  const filtered = (filterOf: (index: number) => string) =>
    repeated((index) => send("ListUsers", { Filter: filterOf(index % size) }));
  const inGroup = { GroupName: "every-tenth" };
  return {
    "ListUsers, the first page": asked("ListUsers"),
    "ListUsers, email =": filtered((index) => `email = "${nameOf(index)}"`),
    "ListUsers, email ^=, one": filtered((index) => `email ^= "${nameOf(index).slice(0, -4)}"`),
    "ListUsers, email ^=, all": filtered(() => 'email ^= "user"'),
    "ListUsers, username ^=, none": filtered(() => 'username ^= "nobody"'),
    "ListUsers, name =": filtered((index) => `name = "Ada ${index}"`),
    "ListUsers, cognito:user_status =": filtered(() => 'cognito:user_status = "UNCONFIRMED"'),
    "ListUsers, status =": filtered(() => 'status = "Enabled"'),
    "ListUsers, by the page": walked(
      async (PaginationToken) => (await send("ListUsers", { PaginationToken })).PaginationToken,
    ),
    "ListUsersInGroup, the first page": asked("ListUsersInGroup", inGroup),
    "ListUsersInGroup, by the page": walked(
      async (NextToken) => (await send("ListUsersInGroup", { ...inGroup, NextToken })).NextToken,
    ),
    ListGroups: asked("ListGroups"),
    DescribeUserPool: asked("DescribeUserPool"),
    ListUserPools: asked("ListUserPools", { MaxResults: 60 }),
  };
}

function userWorks({ send }: Pool, size: number) {
  const onUser = (operation: string, members: object = {}) =>
    repeated((index) => send(operation, { Username: nameOf(index % size), ...members }));
  return {
    AdminGetUser: onUser("AdminGetUser"),
    AdminListGroupsForUser: onUser("AdminListGroupsForUser"),
    AdminListDevices: onUser("AdminListDevices"),
    AdminListUserSessions: onUser("AdminListUserSessions"),
    AdminUserGlobalSignOut: onUser("AdminUserGlobalSignOut"),
    AdminDisableUser: onUser("AdminDisableUser"),
    AdminEnableUser: onUser("AdminEnableUser"),
    AdminAddUserToGroup: onUser("AdminAddUserToGroup", { GroupName: "some" }),
    AdminRemoveUserFromGroup: onUser("AdminRemoveUserFromGroup", { GroupName: "some" }),
  };
}

function nameOf(index: number): string {
  return `user-${index}@example.com`;
}

/** Sends a request, as what has AWS credentials does. */
async function send(server: CognitoServer, operation: string, members: object) {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    "x-amz-date": "20260101T000000Z",
    authorization,
  };
  const init = { method: "POST", headers, body: JSON.stringify(members) };
  const response = await server.fetch(new Request("http://127.0.0.1/", init));
  const answer = await response.json();
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  return answer;
}
