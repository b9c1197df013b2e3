import * as z from "zod/mini";
import { attributes, clientMetadata, code } from "./fields.ts";
import { onFirstUse, schemas, text } from "./registry.ts";
import { Delivery } from "./responses.ts";

/** The members that are told of every user, whoever asks. */
export const profileMembers = () => ({
  sub: text("The same as in the user's tokens."),
  username: text("The provider's name for the user."),
  attributes: z.record(z.string(), z.union([z.string(), z.boolean()])).register(schemas, {
    description:
      "By OpenID Connect standard claim name. `email_verified` and `phone_number_verified` are booleans, all others text.",
  }),
});

export const Profile = onFirstUse(() =>
  z.object(profileMembers()).register(schemas, {
    id: "Profile",
    description: "What the identity provider knows of the user.",
    example: {
      sub: "8f0a2c1e-5b0d-4f6e-9a57-3a1d6c2b7e90",
      username: "ada@example.com",
      attributes: { email: "ada@example.com", email_verified: true, given_name: "Ada" },
    },
  }),
);

export const UpdateProfileRequest = onFirstUse(() =>
  z
    .strictObject({
      attributes: attributes("The attributes to set, by name. A blank value deletes one."),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "UpdateProfileRequest",
      description: "What to change. All other attributes stay.",
      example: { attributes: { given_name: "Augusta", nickname: "" } },
    }),
);

export const UpdateProfileResponse = onFirstUse(() =>
  z
    .object({
      verification_required: z
        .array(z.object({ attribute: text("Its name."), delivery: Delivery() }))
        .register(schemas, {
          description: "The addresses that have to be confirmed, and where their codes went.",
        }),
    })
    .register(schemas, {
      id: "UpdateProfileResponse",
      description: "The attributes are set, but for those that have to be confirmed first.",
      example: {
        verification_required: [
          { attribute: "email", delivery: { medium: "email", destination: "a***@e***" } },
        ],
      },
    }),
);

export const AttributeVerificationResponse = onFirstUse(() =>
  z.object({ delivery: z.exactOptional(Delivery()) }).register(schemas, {
    id: "AttributeVerificationResponse",
    description: "The code is on its way.",
    example: { delivery: { medium: "email", destination: "a***@e***" } },
  }),
);

export const ConfirmAttributeRequest = onFirstUse(() =>
  z.strictObject({ code: code("The code that was sent.") }).register(schemas, {
    id: "ConfirmAttributeRequest",
    description: "The proof that the address is the user's.",
    example: { code: "123456" },
  }),
);
