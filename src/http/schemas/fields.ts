import * as z from "zod/mini";
import {
  passwordMaxLength,
  passwordMinLength,
  usernameMaxLength,
  usernamePattern,
} from "../../domain/credentials.ts";
import { schemas, text } from "./registry.ts";

const maxAttributes = 50;

/** Deeper than any answer of `navigator.credentials` is. */
const maxDepth = 8;

/** Half of a surrogate pair would become another character on its way. */
export function wellFormed() {
  return z.refine<string>((text) => text.isWellFormed(), {
    params: { reason: "invalid_characters" },
  });
}

export function username() {
  return z.string().check(z.minLength(1), z.regex(usernamePattern())).register(schemas, {
    description: "What the user signs in with. Unicode NFC is applied to it.",
    // The domain counts, after it has normalised.
    maxLength: usernameMaxLength,
  });
}

export function newUsername() {
  return username().register(schemas, {
    description:
      "What the user is to sign in with. Unicode NFC is applied to it. Neither `.` nor `..`, which no path could name.",
    maxLength: usernameMaxLength,
  });
}

export function password() {
  return z
    .string()
    .check(
      z.minLength(1),
      z.refine((text) => [...text].length <= passwordMaxLength, { params: { reason: "too_long" } }),
      wellFormed(),
    )
    .register(schemas, {
      description: "The password, taken as it is: nothing is trimmed, cut off or normalised.",
      maxLength: passwordMaxLength,
      format: "password",
    });
}

// The domain judges a password about to be set, whose faults are a 422 and not a 400.
export function newPassword() {
  return z.string().register(schemas, {
    description:
      "The password to set. Any characters, with no rule on their mix but what the identity provider asks for.",
    minLength: passwordMinLength,
    maxLength: passwordMaxLength,
    format: "password",
  });
}

/** A code, with where it comes from. */
export function code(description: string): z.ZodMiniString {
  return opaqueText(128, description);
}

/** RFC 6749 appendix A.17 */
export function refreshToken() {
  return z
    .string()
    .check(z.minLength(1), z.maxLength(8192), z.regex(/^[\x20-\x7e]+$/))
    .register(schemas, { description: "The refresh token in hand. Opaque." });
}

/** The name of an attribute. */
export function attributeName() {
  return z
    .string()
    .check(z.minLength(1), z.maxLength(64), z.regex(usernamePattern()))
    .register(schemas, {
      description: "An OpenID Connect standard claim name, or a `custom:` name.",
    });
}

function attributeText() {
  return z.string().check(z.maxLength(2048), wellFormed());
}

/** Attributes to set, with what that means. */
export function attributes(description: string) {
  return z
    .record(attributeName(), attributeText())
    .check(z.refine(hasFew, { params: { reason: "too_many" } }))
    .register(schemas, { description, maxProperties: maxAttributes });
}

/** Attributes as an administrator sets them: what is read as a boolean can be sent as one. */
export function attributesOrFlags(description: string) {
  return z
    .record(attributeName(), z.union([attributeText(), z.boolean()]))
    .check(z.refine(hasFew, { params: { reason: "too_many" } }))
    .register(schemas, { description, maxProperties: maxAttributes });
}

/** The member with that which goes to code of the operator's own. */
export function clientMetadata() {
  return {
    client_metadata: z.exactOptional(
      z
        .record(z.string().check(z.minLength(1), z.maxLength(128), wellFormed()), attributeText())
        .check(z.refine(hasFew, { params: { reason: "too_many" } }))
        .register(schemas, {
          description:
            "For code of the operator's own that the identity provider runs. Names that the service does not list are refused.",
          maxProperties: maxAttributes,
        }),
    ),
  };
}

/** The name that the user gives an authenticator app. */
export function deviceName() {
  return z
    .string()
    .check(z.minLength(1), z.maxLength(64), z.regex(/^[^\p{C}]+$/u))
    .register(schemas, { description: "What the user calls the authenticator app." });
}

/** Something opaque that was handed out before. */
export function opaqueText(maxLength: number, description: string): z.ZodMiniString {
  return z
    .string()
    .check(z.minLength(1), z.maxLength(maxLength), z.regex(/^[\x21-\x7e]*$/))
    .register(schemas, { description });
}

/** A JSON object whose form another standard defines. */
export function jsonObject() {
  return z
    .record(z.string(), z.unknown())
    .check(z.refine((value) => isWithin(maxDepth, value), { params: { reason: "too_deep" } }));
}

function hasFew(attributes: object): boolean {
  return Object.keys(attributes).length <= maxAttributes;
}

/** Whoever takes the object may walk it with a stack of their own. */
function isWithin(depth: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isWithin(depth - 1, member));
}

export function nextCursor() {
  return z.exactOptional(
    text("Where the next page starts. Absent from the last page, whatever number of items it has."),
  );
}
