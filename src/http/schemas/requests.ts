import * as z from "zod/mini";
import {
  passwordMaxLength,
  passwordMinLength,
  usernameMaxLength,
  usernamePattern,
} from "../../domain/credentials.ts";
import { schemas } from "./registry.ts";

const maxAttributes = 50;

/** Half of a surrogate pair would become another character on its way. */
const wellFormed = z.refine<string>((text) => text.isWellFormed(), {
  params: { reason: "invalid_characters" },
});

const username = z.string().check(z.minLength(1), z.regex(usernamePattern)).register(schemas, {
  description: "What the user signs in with. Unicode NFC is applied to it.",
  // The domain counts, after it has normalised.
  maxLength: usernameMaxLength,
});

const password = z
  .string()
  .check(
    z.minLength(1),
    z.refine((text) => [...text].length <= passwordMaxLength, { params: { reason: "too_long" } }),
    wellFormed,
  )
  .register(schemas, {
    description: "The password, taken as it is: nothing is trimmed, cut off or normalised.",
    maxLength: passwordMaxLength,
    format: "password",
  });

// The domain judges a password about to be set, whose faults are a 422 and not a 400.
const newPassword = z.string().register(schemas, {
  description:
    "The password to set. Any characters, with no rule on their mix but what the identity provider asks for.",
  minLength: passwordMinLength,
  maxLength: passwordMaxLength,
  format: "password",
});

const code = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.regex(/^[\x21-\x7e]+$/))
  .register(schemas, { description: "The code that was sent." });

const refreshToken = z
  .string()
  // RFC 6749 appendix A.17
  .check(z.minLength(1), z.maxLength(8192), z.regex(/^[\x20-\x7e]+$/))
  .register(schemas, { description: "The refresh token in hand. Opaque." });

const attributes = z
  .record(
    z.string().check(z.maxLength(64), z.regex(usernamePattern)),
    z.string().check(z.maxLength(2048), wellFormed),
  )
  .check(
    z.refine((values) => Object.keys(values).length <= maxAttributes, {
      params: { reason: "too_many" },
    }),
  )
  .register(schemas, {
    description:
      "Attributes of the new account, by OpenID Connect standard claim name (`email`, `given_name`, …) or `custom:` name.",
    maxProperties: maxAttributes,
  });

export const SignUpRequest = z
  .strictObject({ username, password: newPassword, attributes: z.optional(attributes) })
  .register(schemas, {
    id: "SignUpRequest",
    description: "An account to create.",
    example: {
      username: "ada@example.com",
      password: "correct horse battery staple 1A!",
      attributes: { email: "ada@example.com", given_name: "Ada" },
    },
  });

export const ConfirmSignUpRequest = z.strictObject({ username, code }).register(schemas, {
  id: "ConfirmSignUpRequest",
  description: "The proof that a sign-up is meant.",
  example: { username: "ada@example.com", code: "123456" },
});

export const UsernameRequest = z.strictObject({ username }).register(schemas, {
  id: "UsernameRequest",
  description: "Whom a code is wanted for.",
  example: { username: "ada@example.com" },
});

export const SignInRequest = z.strictObject({ username, password }).register(schemas, {
  id: "SignInRequest",
  description: "Who signs in, and the proof.",
  example: { username: "ada@example.com", password: "correct horse battery staple 1A!" },
});

export const RefreshTokenRequest = z
  .strictObject({ refresh_token: refreshToken })
  .register(schemas, {
    id: "RefreshTokenRequest",
    description: "The refresh token of the session that is meant.",
    example: { refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" },
  });

export const ResetPasswordRequest = z
  .strictObject({ username, code, new_password: newPassword })
  .register(schemas, {
    id: "ResetPasswordRequest",
    description: "A new password, and the code that allows to set it.",
    example: {
      username: "ada@example.com",
      code: "123456",
      new_password: "another horse battery staple 2B?",
    },
  });

export const ChangePasswordRequest = z
  .strictObject({ current_password: password, new_password: newPassword })
  .register(schemas, {
    id: "ChangePasswordRequest",
    description: "A new password, and the one that it replaces.",
    example: {
      current_password: "correct horse battery staple 1A!",
      new_password: "another horse battery staple 2B?",
    },
  });
