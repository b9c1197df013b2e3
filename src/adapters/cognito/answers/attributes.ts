import type { AttributeValues, Profile } from "../../../domain/user.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { isText, unexpectedAnswer } from "./unexpected-answer.ts";

/** Attributes that are text here and booleans in Cognito's tokens. */
const booleanAttributes = new Set(["email_verified", "phone_number_verified"]);

/** A user's attributes, with the subject apart. */
export interface ReadAttributes {
  readonly subject: string;
  readonly attributes: Profile["attributes"];
}

/** Reads the attributes of a user. */
export function readAttributes(list: unknown): ReadAttributes {
  if (!Array.isArray(list)) throw unexpectedAnswer("UserAttributes");
  const { sub, ...attributes } = Object.fromEntries(list.map(readAttribute));
  if (!isText(sub)) throw unexpectedAnswer("sub");
  return { subject: sub, attributes };
}

/** Writes attributes as Cognito takes them; it deletes one whose value is blank. */
export function writeAttributes(values: AttributeValues): { Name: string; Value: string }[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** Leaves out what is blank: of a new account it is none, and whether Cognito takes it for one is not known. */
export function withoutBlanks(values: AttributeValues): AttributeValues {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function readAttribute(attribute: unknown): [string, string | boolean] {
  if (!isJsonObject(attribute)) throw unexpectedAnswer("UserAttributes");
  const { Name: name, Value: value } = attribute;
  if (!isText(name) || typeof value !== "string") throw unexpectedAnswer("UserAttributes");
  return [name, booleanAttributes.has(name) ? value === "true" : value];
}
