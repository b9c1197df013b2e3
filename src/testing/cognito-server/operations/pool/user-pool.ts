import { poolOf, type UserPool } from "../../directory/directory.ts";
import { changePool, createPool } from "../../directory/pool-changes.ts";
import { mutablePoolMembers, poolMembers } from "../../pool/pool-configuration.ts";
import { invalidParameter } from "../../wire/cognito-exception.ts";
import { choice, flag, integer, required, structure, text } from "../../wire/constraints.ts";
import { paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { seconds } from "../../wire/times.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const switched = structure({ Enabled: flag() });

/** The operations on user pools. */
export const userPoolOperations = {
  CreateUserPool: signedOperation(poolMembers, (directory, configuration) => ({
    UserPool: describePool(createPool(directory, configuration)),
  })),

  DescribeUserPool: signedOperation(ofPool, (directory, { UserPoolId }) => ({
    UserPool: describePool(poolOf(directory, UserPoolId)),
  })),

  ListUserPools: signedOperation(
    { MaxResults: required(integer(1, 60)), NextToken: paginationToken },
    ({ pools }, { MaxResults, NextToken }) => {
      const { items, next } = pageOf([...pools.values()], MaxResults, NextToken);
      const summaries = items.map((pool) => {
        const { Id, Name, CreationDate, LastModifiedDate } = describePool(pool);
        return { Id, Name, CreationDate, LastModifiedDate };
      });
      return { UserPools: summaries, ...(next && { NextToken: next }) };
    },
  ),

  // What is not said goes back to its default, as at Cognito.
  UpdateUserPool: signedOperation(
    { ...ofPool, ...mutablePoolMembers },
    (directory, { UserPoolId, ...changes }) => {
      const pool = poolOf(directory, UserPoolId);
      const { PoolName, UsernameAttributes, AliasAttributes, UsernameConfiguration, Schema } =
        pool.configuration;
      const fixed = { UsernameAttributes, AliasAttributes, UsernameConfiguration, Schema };
      const kept = Object.entries(fixed).filter(([, value]) => value !== undefined);
      const { MfaConfiguration: configuration = pool.mfa.configuration } = changes;
      changePool(directory, pool, {
        configuration: { ...Object.fromEntries(kept), ...changes, PoolName },
        mfa: { ...pool.mfa, configuration },
      });
      return {};
    },
  ),

  DeleteUserPool: signedOperation(ofPool, (directory, { UserPoolId }) => {
    const { configuration } = poolOf(directory, UserPoolId);
    if (configuration.DeletionProtection === "ACTIVE")
      throw invalidParameter(
        "The user pool cannot be deleted because deletion protection is activated.",
      );
    for (const client of directory.clients.values())
      if (client.poolId === UserPoolId) directory.clients.delete(client.id);
    directory.pools.delete(UserPoolId);
    return {};
  }),

  SetUserPoolMfaConfig: signedOperation(
    {
      ...ofPool,
      MfaConfiguration: choice("OFF", "ON", "OPTIONAL"),
      SmsMfaConfiguration: structure({ SmsAuthenticationMessage: text() }),
      SoftwareTokenMfaConfiguration: switched,
      EmailMfaConfiguration: structure({ Message: text(), Subject: text() }),
    },
    (directory, input) => {
      const { configuration = "OFF" } = { configuration: input.MfaConfiguration };
      const methods = [
        ...(input.SoftwareTokenMfaConfiguration?.Enabled ? (["totp"] as const) : []),
        ...(input.SmsMfaConfiguration ? (["sms_code"] as const) : []),
        ...(input.EmailMfaConfiguration ? (["email_code"] as const) : []),
      ];
      if (configuration !== "OFF" && methods.length === 0)
        throw invalidParameter("Invalid MFA configuration given, can't disable all MFAs.");
      const pool = poolOf(directory, input.UserPoolId);
      return describeMfa(changePool(directory, pool, { mfa: { configuration, methods } }));
    },
  ),

  GetUserPoolMfaConfig: signedOperation(ofPool, (directory, { UserPoolId }) =>
    describeMfa(poolOf(directory, UserPoolId)),
  ),
};

function describePool({ id, configuration, mfa, createdAt, updatedAt, engine }: UserPool) {
  const { passwordPolicy, temporaryPasswordSeconds, passwordHistory } = engine.settings;
  const { PoolName, Policies, ...rest } = configuration;
  return {
    ...rest,
    Id: id,
    Name: PoolName,
    Arn: `arn:aws:cognito-idp:${id.split("_")[0]}:000000000000:userpool/${id}`,
    CreationDate: seconds(createdAt),
    LastModifiedDate: seconds(updatedAt),
    MfaConfiguration: mfa.configuration,
    SchemaAttributes: configuration.Schema ?? [],
    EstimatedNumberOfUsers: [...engine.users.all()].length,
    Policies: {
      ...Policies,
      PasswordPolicy: {
        MinimumLength: passwordPolicy.minimumLength,
        RequireUppercase: passwordPolicy.requireUppercase,
        RequireLowercase: passwordPolicy.requireLowercase,
        RequireNumbers: passwordPolicy.requireDigit,
        RequireSymbols: passwordPolicy.requireSymbol,
        TemporaryPasswordValidityDays: temporaryPasswordSeconds / 86_400,
        ...(passwordHistory > 0 && { PasswordHistorySize: passwordHistory }),
      },
    },
  };
}

function describeMfa({ mfa: { configuration, methods } }: UserPool): object {
  return {
    MfaConfiguration: configuration,
    ...(methods.includes("sms_code") && { SmsMfaConfiguration: {} }),
    ...(methods.includes("email_code") && { EmailMfaConfiguration: {} }),
    SoftwareTokenMfaConfiguration: { Enabled: methods.includes("totp") },
  };
}
