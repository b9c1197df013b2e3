import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../../scripts/native.mjs";
import { operations } from "../../../src/testing/cognito-server/operations.ts";
import { triggerNames } from "../../../src/testing/cognito-server/pool/trigger-functions.ts";
import { createCognitoServer } from "../../../src/testing/index.ts";

/**
 * The operations of the user pools API on users, groups, tokens and app clients, and on pools as far as a world is made
 * with them. What is not served has its reason, and is answered as an operation that there is not.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
 */
const table: Readonly<Record<string, "anyone" | "credentials" | { readonly unserved: string }>> = {
  SignUp: "anyone",
  ConfirmSignUp: "anyone",
  ResendConfirmationCode: "anyone",
  InitiateAuth: "anyone",
  RespondToAuthChallenge: "anyone",
  ForgotPassword: "anyone",
  ConfirmForgotPassword: "anyone",
  RevokeToken: "anyone",
  GetTokensFromRefreshToken: "anyone",
  UpdateAuthEventFeedback: "anyone",
  GetClientToken: {
    unserved: "the SDK still signs it, and its flow is none that a client can be made with",
  },
  GetUser: "anyone",
  UpdateUserAttributes: "anyone",
  DeleteUserAttributes: "anyone",
  GetUserAttributeVerificationCode: "anyone",
  VerifyUserAttribute: "anyone",
  ChangePassword: "anyone",
  SetUserMFAPreference: "anyone",
  AssociateSoftwareToken: "anyone",
  VerifySoftwareToken: "anyone",
  GlobalSignOut: "anyone",
  DeleteUser: "anyone",
  GetUserAuthFactors: "anyone",
  StartWebAuthnRegistration: "anyone",
  CompleteWebAuthnRegistration: "anyone",
  ListWebAuthnCredentials: "anyone",
  DeleteWebAuthnCredential: "anyone",
  ConfirmDevice: "anyone",
  UpdateDeviceStatus: "anyone",
  GetDevice: "anyone",
  ListDevices: "anyone",
  ForgetDevice: "anyone",
  ListUserSessions: "anyone",
  RevokeUserSession: "anyone",
  SetUserSettings: "anyone",
  AdminInitiateAuth: "credentials",
  AdminRespondToAuthChallenge: "credentials",
  AdminCreateUser: "credentials",
  AdminConfirmSignUp: "credentials",
  AdminGetUser: "credentials",
  ListUsers: "credentials",
  AdminUpdateUserAttributes: "credentials",
  AdminDeleteUserAttributes: "credentials",
  AdminSetUserPassword: "credentials",
  AdminResetUserPassword: "credentials",
  AdminDisableUser: "credentials",
  AdminEnableUser: "credentials",
  AdminDeleteUser: "credentials",
  AdminUserGlobalSignOut: "credentials",
  AdminListUserSessions: "credentials",
  AdminRevokeUserSession: "credentials",
  AdminSetUserMFAPreference: "credentials",
  AdminDeleteSoftwareToken: "credentials",
  AdminGetUserAuthFactors: "credentials",
  AdminLinkProviderForUser: { unserved: "there are no other identity providers to link to" },
  AdminDisableProviderForUser: { unserved: "there are no other identity providers to unlink" },
  AdminAddUserToGroup: "credentials",
  AdminRemoveUserFromGroup: "credentials",
  AdminListGroupsForUser: "credentials",
  ListUsersInGroup: "credentials",
  CreateGroup: "credentials",
  GetGroup: "credentials",
  ListGroups: "credentials",
  UpdateGroup: "credentials",
  DeleteGroup: "credentials",
  AdminListDevices: "credentials",
  AdminGetDevice: "credentials",
  AdminForgetDevice: "credentials",
  AdminUpdateDeviceStatus: "credentials",
  AdminListUserAuthEvents: "credentials",
  AdminUpdateAuthEventFeedback: "credentials",
  AdminSetUserSettings: "credentials",
  CreateUserPool: "credentials",
  DescribeUserPool: "credentials",
  ListUserPools: "credentials",
  UpdateUserPool: "credentials",
  DeleteUserPool: "credentials",
  AddCustomAttributes: "credentials",
  GetUserPoolMfaConfig: "credentials",
  SetUserPoolMfaConfig: "credentials",
  CreateUserPoolClient: "credentials",
  DescribeUserPoolClient: "credentials",
  ListUserPoolClients: "credentials",
  UpdateUserPoolClient: "credentials",
  DeleteUserPoolClient: "credentials",
  AddUserPoolClientSecret: "credentials",
  ListUserPoolClientSecrets: "credentials",
  DeleteUserPoolClientSecret: "credentials",
  CreateUserPoolDomain: "credentials",
  DescribeUserPoolDomain: "credentials",
  UpdateUserPoolDomain: "credentials",
  DeleteUserPoolDomain: "credentials",
  CreateResourceServer: "credentials",
  DescribeResourceServer: "credentials",
  ListResourceServers: "credentials",
  UpdateResourceServer: "credentials",
  DeleteResourceServer: "credentials",
  CreateIdentityProvider: "credentials",
  DescribeIdentityProvider: "credentials",
  GetIdentityProviderByIdentifier: "credentials",
  ListIdentityProviders: "credentials",
  UpdateIdentityProvider: "credentials",
  DeleteIdentityProvider: "credentials",
  ListTagsForResource: "credentials",
  TagResource: "credentials",
  UntagResource: "credentials",
};

async function call(name: string): Promise<string> {
  const server = createCognitoServer();
  const response = await server.fetch(
    new Request("http://cognito.test/", {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${name}`,
      },
      body: "{}",
    }),
  );
  const { __type } = (await response.json()) as { readonly __type: string };
  return __type;
}

describe("the operations", () => {
  test.each(Object.entries(table))("the operations %s is for %j", async (name, who) => {
    const expected = {
      anyone: "InvalidParameterException",
      credentials: "MissingAuthenticationTokenException",
    };

    expect(await call(name)).toBe(
      typeof who === "string" ? expected[who] : "UnknownOperationException",
    );
  });

  test("the operations that are served are all in the table", () => {
    expect([...operations.keys()].filter((name) => !(name in table))).toEqual([]);
  });

  test("the operations that are not served, and the triggers that are called, are all told of", () => {
    const page = readFileSync(join(root, "docs/cognito-server.md"), "utf8");
    const unserved = Object.keys(table).filter((name) => typeof table[name] === "object");

    for (const name of [...unserved, ...triggerNames]) expect(page).toContain(`\`${name}\``);
  });
});
