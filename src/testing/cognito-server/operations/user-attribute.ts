import { createProfiles } from "../../../adapters/memory/account/profiles.ts";
import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import { deliveryDetails } from "../answers/delivery.ts";
import { inCognitosWords, noLiveCode, wrongSentCode } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf, type UserPool } from "../directory/directory.ts";
import { checkMutable, checkSchema, checkWritable } from "../users/attribute-rules.ts";
import { attributeValues } from "../users/user-attributes.ts";
import { signInNameOf } from "../users/user-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { list, required } from "../wire/constraints.ts";
import {
  attributeName,
  attributes,
  confirmationCode,
  poolId,
  token,
  username,
} from "../wire/members.ts";
import { forTriggers } from "../wire/request-context.ts";
import { openOperation, signedOperation } from "./operation.ts";

const withToken = { AccessToken: required(token) };
const withAttribute = { ...withToken, AttributeName: required(attributeName) };
const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations on the attributes of a user: of the caller, or of whom an administrator names. */
export const userAttributeOperations = {
  UpdateUserAttributes: openOperation(
    { ...withToken, UserAttributes: required(attributes), ...forTriggers },
    async (directory, { AccessToken: accessToken, UserAttributes }) => {
      const values = attributeValues(UserAttributes);
      const tenant = await tenantOfToken(directory, accessToken);
      checkMutable(tenant.pool, Object.keys(values));
      checkWritable(tenant, values);
      const deliveries = await inCognitosWords(() =>
        createProfiles(tenant.engine).updateAttributes({ accessToken, attributes: values }),
      );
      const list = deliveries.map(({ delivery }) => deliveryDetails(delivery));
      return { CodeDeliveryDetailsList: list };
    },
  ),

  DeleteUserAttributes: openOperation(
    { ...withToken, UserAttributeNames: required(list(attributeName)) },
    async (directory, { AccessToken: accessToken, UserAttributeNames: names }) => {
      const tenant = await tenantOfToken(directory, accessToken);
      const values = Object.fromEntries(names.map((name) => [name, ""]));
      checkMutable(tenant.pool, names);
      checkWritable(tenant, values);
      await inCognitosWords(() =>
        createProfiles(tenant.engine).updateAttributes({ accessToken, attributes: values }),
      );
      return {};
    },
  ),

  GetUserAttributeVerificationCode: openOperation(
    { ...withAttribute, ...forTriggers },
    async (directory, { AccessToken: accessToken, AttributeName: attribute }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      const delivery = await inCognitosWords(
        () => createProfiles(engine).startAttributeVerification({ accessToken, attribute }),
        { validation_failed: () => notVerifiable(attribute) },
      );
      return delivery ? { CodeDeliveryDetails: deliveryDetails(delivery) } : {};
    },
  ),

  VerifyUserAttribute: openOperation(
    { ...withAttribute, Code: required(confirmationCode) },
    async (directory, { AccessToken: accessToken, AttributeName: attribute, Code: code }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(
        () => createProfiles(engine).confirmAttribute({ accessToken, attribute, code }),
        {
          validation_failed: () => notVerifiable(attribute),
          code_mismatch: wrongSentCode,
          code_expired: noLiveCode,
        },
      );
      return {};
    },
  ),

  AdminUpdateUserAttributes: signedOperation(
    { ...onUser, UserAttributes: required(attributes), ...forTriggers },
    async (directory, { UserPoolId, Username, UserAttributes }) => {
      const values = attributeValues(UserAttributes);
      await update(poolOf(directory, UserPoolId), Username, values);
      return {};
    },
  ),

  AdminDeleteUserAttributes: signedOperation(
    { ...onUser, UserAttributeNames: required(list(attributeName)) },
    async (directory, { UserPoolId, Username, UserAttributeNames }) => {
      const values = Object.fromEntries(UserAttributeNames.map((name) => [name, ""]));
      await update(poolOf(directory, UserPoolId), Username, values);
      return {};
    },
  ),
};

function notVerifiable(attribute: string) {
  return invalidParameter(`User does not have attribute to verify: ${attribute}`);
}

async function update(
  pool: UserPool,
  name: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  checkMutable(pool, Object.keys(values));
  checkSchema(pool, values);
  const { engine } = pool;
  const named = { username: signInNameOf(engine, name) };
  await inCognitosWords(() =>
    createAdministration(engine).updateUser({ ...named, attributes: values }),
  );
}
