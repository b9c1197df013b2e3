import * as z from "zod/mini";
import { signInFactors } from "../../domain/challenge.ts";
import {
  attributes,
  clientMetadata,
  code,
  newPassword,
  newUsername,
  password,
  refreshToken,
  username,
} from "./fields.ts";
import { onFirstUse, schemas } from "./registry.ts";

const sentCode = () => code("The code that was sent.");

export const SignUpRequest = onFirstUse(() =>
  z
    .strictObject({
      username: newUsername(),
      password: newPassword(),
      attributes: z.optional(
        attributes(
          "Attributes of the new account, by OpenID Connect standard claim name (`email`, `given_name`, …) or `custom:` name.",
        ),
      ),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "SignUpRequest",
      description: "An account to create.",
      example: {
        username: "ada@example.com",
        password: "correct horse battery staple 1A!",
        attributes: { email: "ada@example.com", given_name: "Ada" },
      },
    }),
);

export const ConfirmSignUpRequest = onFirstUse(() =>
  z
    .strictObject({
      username: username(),
      code: sentCode(),
      password: z.exactOptional(newPassword()),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "ConfirmSignUpRequest",
      description:
        "The proof that a sign-up is meant, and the password that the account is to have. Without it that is the one of the last sign-up under the name, which may be somebody else's: send it along where the identity provider has the capability `confirmation_password`; elsewhere a request with one is `not_supported`.",
      example: {
        username: "ada@example.com",
        code: "123456",
        password: "correct horse battery staple 1A!",
      },
    }),
);

export const UsernameRequest = onFirstUse(() =>
  z.strictObject({ username: username(), ...clientMetadata() }).register(schemas, {
    id: "UsernameRequest",
    description: "Whom a code is wanted for.",
    example: { username: "ada@example.com" },
  }),
);

export const SignInRequest = onFirstUse(() =>
  z
    .strictObject({
      username: username(),
      password: z.exactOptional(password()),
      factor: z.exactOptional(
        z.enum(signInFactors).register(schemas, {
          description:
            "What to begin with. Without it: `password` where there is one, else whatever the identity provider offers the user.",
        }),
      ),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "SignInRequest",
      description: "Who signs in, and the proof, if it is a password.",
      example: { username: "ada@example.com", password: "correct horse battery staple 1A!" },
    }),
);

export const RefreshTokenRequest = onFirstUse(() =>
  z.strictObject({ refresh_token: refreshToken(), ...clientMetadata() }).register(schemas, {
    id: "RefreshTokenRequest",
    description: "The refresh token of the session that is meant.",
    example: { refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" },
  }),
);

export const SignOutRequest = onFirstUse(() =>
  z.strictObject({ refresh_token: refreshToken() }).register(schemas, {
    id: "SignOutRequest",
    description: "The refresh token of the session that is to end.",
    example: { refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA" },
  }),
);

export const ResetPasswordRequest = onFirstUse(() =>
  z
    .strictObject({
      username: username(),
      code: sentCode(),
      new_password: newPassword(),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "ResetPasswordRequest",
      description: "A new password, and the code that allows to set it.",
      example: {
        username: "ada@example.com",
        code: "123456",
        new_password: "another horse battery staple 2B?",
      },
    }),
);

export const ChangePasswordRequest = onFirstUse(() =>
  z.strictObject({ current_password: password(), new_password: newPassword() }).register(schemas, {
    id: "ChangePasswordRequest",
    description: "A new password, and the one that it replaces.",
    example: {
      current_password: "correct horse battery staple 1A!",
      new_password: "another horse battery staple 2B?",
    },
  }),
);
