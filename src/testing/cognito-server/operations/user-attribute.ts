import { createProfiles, profileOf } from "../../../adapters/memory/account/profiles.ts";
import { deliveryDetails } from "../answers/delivery.ts";
import { inCognitosWords, noLiveCode, wrongSentCode } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { forgetStrangers } from "../devices/devices.ts";
import { checkMutable, checkWritable, readableBy } from "../users/attribute-rules.ts";
import { mfaMembers } from "../users/mfa-settings.ts";
import { attributeList, attributeValues } from "../users/user-attributes.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { list, required } from "../wire/constraints.ts";
import { attributeName, attributes, confirmationCode, token } from "../wire/members.ts";
import { openOperation } from "./operation.ts";

const withToken = { AccessToken: required(token) };
const withAttribute = { ...withToken, AttributeName: required(attributeName) };

/** The operations on the user whom an access token speaks for. */
export const profileOperations = {
  GetUser: openOperation(withToken, async (directory, { AccessToken: accessToken }) => {
    const { client, engine } = await tenantOfToken(directory, accessToken);
    return inCognitosWords(() =>
      engine.asCaller(accessToken, async ({ user }) => {
        const { subject, username, attributes: all } = profileOf(user);
        return {
          Username: username,
          UserAttributes: attributeList({ subject, attributes: readableBy(client, all) }),
          ...mfaMembers(user.mfa),
        };
      }),
    );
  }),

  UpdateUserAttributes: openOperation(
    { ...withToken, UserAttributes: required(attributes) },
    async (directory, { AccessToken: accessToken, UserAttributes }) => {
      const values = attributeValues(UserAttributes);
      const tenant = await tenantOfToken(directory, accessToken);
      checkWritable(tenant, values);
      checkMutable(tenant.pool, Object.keys(values));
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
      checkWritable(tenant, values);
      checkMutable(tenant.pool, names);
      await inCognitosWords(() =>
        createProfiles(tenant.engine).updateAttributes({ accessToken, attributes: values }),
      );
      return {};
    },
  ),

  GetUserAttributeVerificationCode: openOperation(
    withAttribute,
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

  DeleteUser: openOperation(withToken, async (directory, { AccessToken: accessToken }) => {
    const { engine, pool } = await tenantOfToken(directory, accessToken);
    await inCognitosWords(() => createProfiles(engine).deleteAccount({ accessToken }));
    forgetStrangers(pool);
    return {};
  }),
};

function notVerifiable(attribute: string) {
  return invalidParameter(`User does not have attribute to verify: ${attribute}`);
}
