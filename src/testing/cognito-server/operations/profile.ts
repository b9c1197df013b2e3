import { profileOf } from "../../../adapters/memory/account/profiles.ts";
import { checkMutable, checkWritable, readableBy } from "../attribute-rules.ts";
import { tenantOfToken } from "../caller.ts";
import { invalidParameter } from "../cognito-exception.ts";
import { list, required } from "../constraints.ts";
import { deliveryDetails } from "../delivery.ts";
import { forgetStrangers } from "../devices.ts";
import { attributeName, attributes, confirmationCode, token } from "../members.ts";
import { mfaMembers } from "../mfa-settings.ts";
import { openOperation } from "../operation.ts";
import { forTriggers } from "../settings/request-context.ts";
import { attributeList, attributeValues } from "../user-attributes.ts";
import { inCognitosWords, noLiveCode, wrongSentCode } from "../wording.ts";

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
    { ...withToken, UserAttributes: required(attributes), ...forTriggers },
    async (directory, { AccessToken: accessToken, UserAttributes }) => {
      const values = attributeValues(UserAttributes);
      const tenant = await tenantOfToken(directory, accessToken);
      checkMutable(tenant.pool, Object.keys(values));
      checkWritable(tenant, values);
      const deliveries = await inCognitosWords(() =>
        tenant.identity.updateAttributes({ accessToken, attributes: values }),
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
        tenant.identity.updateAttributes({ accessToken, attributes: values }),
      );
      return {};
    },
  ),

  GetUserAttributeVerificationCode: openOperation(
    { ...withAttribute, ...forTriggers },
    async (directory, { AccessToken: accessToken, AttributeName: attribute }) => {
      const { identity } = await tenantOfToken(directory, accessToken);
      const delivery = await inCognitosWords(
        () => identity.startAttributeVerification({ accessToken, attribute }),
        { validation_failed: () => notVerifiable(attribute) },
      );
      return delivery ? { CodeDeliveryDetails: deliveryDetails(delivery) } : {};
    },
  ),

  VerifyUserAttribute: openOperation(
    { ...withAttribute, Code: required(confirmationCode) },
    async (directory, { AccessToken: accessToken, AttributeName: attribute, Code: code }) => {
      const { identity } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(() => identity.confirmAttribute({ accessToken, attribute, code }), {
        validation_failed: () => notVerifiable(attribute),
        code_mismatch: wrongSentCode,
        code_expired: noLiveCode,
      });
      return {};
    },
  ),

  DeleteUser: openOperation(withToken, async (directory, { AccessToken: accessToken }) => {
    const { identity, pool } = await tenantOfToken(directory, accessToken);
    await inCognitosWords(() => identity.deleteAccount({ accessToken }));
    forgetStrangers(pool);
    return {};
  }),
};

function notVerifiable(attribute: string) {
  return invalidParameter(`User does not have attribute to verify: ${attribute}`);
}
