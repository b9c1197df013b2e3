import type { Profile } from "../../domain/user.ts";
import type { Profiles } from "../../ports/index.ts";
import { isJsonObject } from "../jwt/json-object.ts";
import { isText, unexpectedAnswer } from "./answers.ts";
import type { AppClient } from "./app-client.ts";
import { notSupported } from "./not-supported.ts";

/** Attributes that are text here and booleans in Cognito's tokens. */
const booleanAttributes = new Set(["email_verified", "phone_number_verified"]);

/** Makes the facet that tells what Cognito knows of a user. */
export function createProfiles(app: AppClient): Profiles {
  return {
    async getProfile({ accessToken }) {
      const answer = await app.call("getProfile", "GetUser", { AccessToken: accessToken });
      if (!isText(answer.Username)) throw unexpectedAnswer("Username");
      const { sub, ...attributes } = readAttributes(answer.UserAttributes);
      if (!isText(sub)) throw unexpectedAnswer("sub");
      return { subject: sub, username: answer.Username, attributes };
    },

    async deleteAccount({ accessToken }) {
      await app.call("deleteAccount", "DeleteUser", { AccessToken: accessToken });
    },

    updateAttributes: notSupported,
    startAttributeVerification: notSupported,
    confirmAttribute: notSupported,
  };
}

function readAttributes(list: unknown): Profile["attributes"] {
  if (!Array.isArray(list)) throw unexpectedAnswer("UserAttributes");
  return Object.fromEntries(list.map(readAttribute));
}

function readAttribute(attribute: unknown): [string, string | boolean] {
  if (!isJsonObject(attribute)) throw unexpectedAnswer("UserAttributes");
  const { Name: name, Value: value } = attribute;
  if (!isText(name) || typeof value !== "string") throw unexpectedAnswer("UserAttributes");
  return [name, booleanAttributes.has(name) ? value === "true" : value];
}
