import * as z from "zod/mini";
import { usernamePattern } from "../../domain/credentials.ts";
import { attributeName, opaqueText, username } from "./fields.ts";
import { onFirstUse, schemas } from "./registry.ts";

export const UsernameParams = onFirstUse(() => z.object({ username: username() }));

export const GroupParams = onFirstUse(() =>
  z.object({
    username: username(),
    group: z
      .string()
      .check(z.minLength(1), z.maxLength(128), z.regex(usernamePattern()))
      .register(schemas, { description: "The name of the group." }),
  }),
);

export const AttributeParams = onFirstUse(() => z.object({ name: attributeName() }));

export const SessionParams = onFirstUse(() =>
  z.object({ id: opaqueText(512, "The id of the session.") }),
);

export const PasskeyParams = onFirstUse(() =>
  z.object({
    // A credential id has at most 1023 bytes (Web Authentication Level 3 section 5.8.3).
    id: opaqueText(1364, "The id of the passkey."),
  }),
);

const defaultLimit = 20;
const maxLimit = 60;

const page = () => ({
  limit: z
    ._default(
      z.pipe(
        z.pipe(z.string().check(z.regex(/^\d{1,4}$/)), z.transform(Number)),
        z.int().check(z.minimum(1), z.maximum(maxLimit)),
      ),
      defaultLimit,
    )
    .register(schemas, { description: "Most items to give. A page can have fewer." }),
  cursor: z.exactOptional(
    opaqueText(8192, "Where the page starts: the `cursor` of the one before. Opaque."),
  ),
});

export const PageQuery = onFirstUse(() => z.strictObject(page()));

export const UsersQuery = onFirstUse(() =>
  z.strictObject({
    filter: z.exactOptional(
      z.string().check(z.minLength(1), z.maxLength(2048)).register(schemas, {
        description:
          'Narrows the listing: a subset of SCIM (RFC 7644 section 3.4.2.2), one attribute, `eq` or `sw`, and a JSON string, such as `email eq "ada@example.com"`. Attributes: `username`, `email`, `phone_number`, `name`, `given_name`, `family_name`, `sub`; with `eq` only, `status` and `enabled` (`"true"` or `"false"`).',
        example: 'status eq "approval_required"',
      }),
    ),
    ...page(),
  }),
);
