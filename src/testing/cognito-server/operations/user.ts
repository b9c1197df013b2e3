import { createProfiles } from "../../../adapters/memory/account/profiles.ts";
import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import { profileOf } from "../../../adapters/memory/users/attributes.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { Administration } from "../../../ports/index.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { forgetDevicesOfDeletedUser } from "../devices/devices.ts";
import { claimsOf, poolOf } from "../directory/directory.ts";
import { readableBy } from "../users/attribute-rules.ts";
import { mfaMembers, mfaOptionMembers } from "../users/mfa-settings.ts";
import { attributeList } from "../users/user-attributes.ts";
import { readFilter } from "../users/user-filter.ts";
import { userNamed } from "../users/user-names.ts";
import { pageOfPool } from "../users/user-pages.ts";
import { foundUser, listedUser } from "../users/user-records.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { integer, list, required, text } from "../wire/constraints.ts";
import { attributeName, paginationToken, poolId, token, username } from "../wire/members.ts";
import { openOperation, signedOperation, type WireOperation } from "./operation.ts";

const withToken = { AccessToken: required(token) };
const ofPool = { UserPoolId: required(poolId) };
const onUser = { ...ofPool, Username: required(username) };

/** The operations that find users, and that switch them on and off or delete them. */
export const userOperations = {
  GetUser: openOperation(withToken, async (directory, { AccessToken: accessToken }) => {
    const { client, engine } = await tenantOfToken(directory, accessToken);
    return inCognitosWords(() =>
      engine.onSignedInAccount(accessToken, async ({ user }) => {
        const { subject, username, attributes: all } = profileOf(user);
        return {
          Username: username,
          UserAttributes: attributeList({ subject, attributes: readableBy(client, all) }),
          ...mfaMembers(user.mfa),
          ...mfaOptionMembers(user.mfa),
        };
      }),
    );
  }),

  AdminGetUser: signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    return inCognitosWords(async () => foundUser(userNamed(pool.engine, Username)));
  }),

  ListUsers: signedOperation(
    {
      ...ofPool,
      Filter: text({ max: 256 }),
      Limit: integer(0, 60),
      PaginationToken: paginationToken,
      AttributesToGet: list(attributeName),
    },
    (directory, { UserPoolId, Filter, Limit, PaginationToken, AttributesToGet }) => {
      const page = { limit: Limit || 60, token: PaginationToken };
      const { items, next } = pageOfPool(poolOf(directory, UserPoolId), readFilter(Filter), page);
      requireAttributes(items, AttributesToGet);
      return {
        Users: items.map((user) => listedUser(user, AttributesToGet)),
        ...(next && { PaginationToken: next }),
      };
    },
  ),

  DeleteUser: openOperation(withToken, async (directory, { AccessToken: accessToken }) => {
    const { engine, pool } = await tenantOfToken(directory, accessToken);
    await inCognitosWords(() => createProfiles(engine).deleteAccount({ accessToken }));
    forgetDevicesOfDeletedUser(pool, String(claimsOf(accessToken).sub));
    return {};
  }),

  AdminDisableUser: change((administration, named) => administration.disableUser(named)),
  AdminEnableUser: change((administration, named) => administration.enableUser(named)),
  AdminDeleteUser: change((administration, named) => administration.deleteUser(named)),
};

/**
 * Requires that all users of a page have the attributes that are asked for.
 *
 * @throws {CognitoException} `InvalidParameter`
 * @see https://github.com/aws/aws-sdk-js/issues/2570
 */
function requireAttributes(users: readonly User[], names: readonly string[] = []): void {
  const isThere = (user: User, name: string) =>
    name === "sub" || user.attributes[name] !== undefined;
  if (!users.every((user) => names.every((name) => isThere(user, name))))
    throw invalidParameter("One or more requested attributes do not exist.");
}

function change(
  task: (administration: Administration, named: { readonly username: string }) => Promise<void>,
): WireOperation {
  return signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    const { engine } = pool;
    const { subject, username } = await inCognitosWords(async () => userNamed(engine, Username));
    await inCognitosWords(() => task(createAdministration(engine), { username }));
    forgetDevicesOfDeletedUser(pool, subject);
    return {};
  });
}
