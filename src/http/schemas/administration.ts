import * as z from "zod/mini";
import { userStatuses } from "../../domain/administration.ts";
import { mfaMethods } from "../../domain/challenge.ts";
import {
  attributesOrFlags,
  clientMetadata,
  newPassword,
  newUsername,
  nextCursor,
} from "./fields.ts";
import { profileMembers } from "./profiles.ts";
import { onFirstUse, schemas } from "./registry.ts";

const exampleUser = {
  sub: "8f0a2c1e-5b0d-4f6e-9a57-3a1d6c2b7e90",
  username: "ada@example.com",
  status: "approval_required",
  enabled: true,
  created_at: 1795291200,
  updated_at: 1795291200,
  attributes: { email: "ada@example.com", email_verified: false, given_name: "Ada" },
} as const;

const time = () =>
  z.int().check(z.minimum(0)).register(schemas, { description: "In seconds since the epoch." });

export const UserRecord = onFirstUse(() =>
  z
    .object({
      ...profileMembers(),
      status: z.enum(userStatuses).register(schemas, {
        description:
          "`unconfirmed`: waits for its user. `approval_required`: waits for an administrator. `invited`: has a temporary password until the first sign-in. `password_reset_required`: cannot sign in before that. `external`: signs in with another provider.",
      }),
      enabled: z
        .boolean()
        .register(schemas, { description: "Whether the user can sign in at all." }),
      created_at: time(),
      updated_at: time(),
      mfa: z.exactOptional(
        z.array(z.enum(mfaMethods)).register(schemas, {
          description: "Second factors that are switched on, where the identity provider tells.",
        }),
      ),
    })
    .register(schemas, {
      id: "UserRecord",
      description: "A user as an administrator sees them.",
      example: exampleUser,
    }),
);

export const UsersResponse = onFirstUse(() =>
  z.object({ users: z.array(UserRecord()), cursor: nextCursor() }).register(schemas, {
    id: "UsersResponse",
    description: "A page of a listing. One can be empty and not the last.",
    example: { users: [exampleUser], cursor: "bmV4dA" },
  }),
);

export const GroupsResponse = onFirstUse(() =>
  z.object({ groups: z.array(z.string()), cursor: nextCursor() }).register(schemas, {
    id: "GroupsResponse",
    description: "A page of the groups that the user is in.",
    example: { groups: ["editors"] },
  }),
);

export const CreateUserRequest = onFirstUse(() =>
  z
    .strictObject({
      username: newUsername(),
      attributes: z.exactOptional(
        attributesOrFlags(
          "Attributes of the new account. `email_verified` and `phone_number_verified` can be `true`.",
        ),
      ),
      temporary_password: z.exactOptional(newPassword()),
      invite: z.exactOptional(
        z
          .boolean()
          .register(schemas, { description: "Whether the user is told. `true` if absent." }),
      ),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "CreateUserRequest",
      description:
        "An account to create. A temporary password is made up where there is none; it is to be replaced at the first sign-in.",
      example: {
        username: "grace@example.com",
        attributes: { email: "grace@example.com", email_verified: true },
      },
    }),
);

export const UpdateUserRequest = onFirstUse(() =>
  z
    .strictObject({
      attributes: attributesOrFlags(
        "The attributes to set, by name. A blank value deletes one. `email_verified` and `phone_number_verified` can be set along.",
      ),
      ...clientMetadata(),
    })
    .register(schemas, {
      id: "UpdateUserRequest",
      description: "What to change. All other attributes stay.",
      example: { attributes: { email: "ada@example.org", email_verified: true } },
    }),
);

export const SetPasswordRequest = onFirstUse(() =>
  z
    .strictObject({
      password: newPassword(),
      permanent: z.exactOptional(
        z.boolean().register(schemas, {
          description: "`false`, as if absent: it is to be replaced at the next sign-in.",
        }),
      ),
    })
    .register(schemas, {
      id: "SetPasswordRequest",
      description: "A password for the user.",
      example: { password: "temporary horse battery 3C!", permanent: false },
    }),
);
