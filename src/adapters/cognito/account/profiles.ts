import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeDelivery, Profiles } from "../../../ports/index.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { readAttributes, writeAttributes } from "../answers/attributes.ts";
import { readDelivery, requireDelivery } from "../answers/delivery.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import { keepFactorAddresses } from "../factor-addresses.ts";
import type { AppClient } from "../wire/app-client.ts";

/**
 * The attributes that Cognito sends codes to. Of anything else it says only that a parameter is wrong, which a code can
 * be too.
 */
const addresses: readonly string[] = ["email", "phone_number"];

/** Makes the facet that tells what Cognito knows of a user, and changes it. */
export function createProfiles(app: AppClient): Profiles {
  return {
    async getProfile({ accessToken }) {
      const answer = await app.call("getProfile", "GetUser", { AccessToken: accessToken });
      if (!isText(answer.Username)) throw unexpectedAnswer("Username");
      return { ...readAttributes(answer.UserAttributes), username: answer.Username };
    },

    async deleteAccount({ accessToken }) {
      await app.call("deleteAccount", "DeleteUser", { AccessToken: accessToken });
    },

    async updateAttributes({ accessToken, attributes, clientMetadata }) {
      const request = app.forOneRequest();
      await keepFactorAddresses(attributes, () =>
        request.call("updateAttributes", "GetUser", { AccessToken: accessToken }),
      );
      const answer = await request.call("updateAttributes", "UpdateUserAttributes", {
        AccessToken: accessToken,
        UserAttributes: writeAttributes(attributes),
        ClientMetadata: clientMetadata,
      });
      const list = answer.CodeDeliveryDetailsList ?? [];
      if (!Array.isArray(list)) throw unexpectedAnswer("CodeDeliveryDetailsList");
      return list.flatMap(readAttributeDelivery);
    },

    async startAttributeVerification({ accessToken, attribute }) {
      const answer = await app.call(
        "startAttributeVerification",
        "GetUserAttributeVerificationCode",
        { AccessToken: accessToken, AttributeName: attribute },
      );
      return requireDelivery(answer.CodeDeliveryDetails);
    },

    async confirmAttribute({ accessToken, attribute, code }) {
      if (!addresses.includes(attribute)) {
        const violations = [{ path: ["attribute"], reason: "not_an_address" }];
        throw new IdentityError("validation_failed", { violations });
      }
      await app.call("confirmAttribute", "VerifyUserAttribute", {
        AccessToken: accessToken,
        AttributeName: attribute,
        Code: code,
      });
    },
  };
}

function readAttributeDelivery(details: unknown): readonly AttributeDelivery[] {
  const delivery = readDelivery(details);
  if (!delivery || !isJsonObject(details) || !isText(details.AttributeName)) return [];
  return [{ attribute: details.AttributeName, delivery }];
}
