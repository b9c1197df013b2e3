import * as z from "zod/mini";
import { onFirstUse, schemas, text } from "./registry.ts";

// Further parameters are ignored, `token_type_hint` among them: RFC 7662 section 2.1, RFC 6749 section 3.2.
export const IntrospectionRequest = onFirstUse(() =>
  z.object({ token: text("The access token that is asked about.") }).register(schemas, {
    id: "IntrospectionRequest",
    description: "A question about a token (RFC 7662 section 2.1).",
    example: { token: "eyJraWQiOiJhIn0.eyJzdWIiOiJhIn0.c2ln" },
  }),
);

const seconds = (description: string) =>
  z.optional(z.int().check(z.minimum(0)).register(schemas, { description }));

export const IntrospectionResponse = onFirstUse(() =>
  z
    .object({
      active: z.boolean().register(schemas, {
        description: "Whether the token is good. If it is not, nothing else is told.",
      }),
      token_type: z.optional(z.literal("Bearer")),
      scope: z.optional(text("The scopes that were granted, with spaces between.")),
      client_id: z.optional(text("The client that the token was issued to.")),
      username: z.optional(text("The provider's name for the user: absent for a program.")),
      groups: z.optional(
        z
          .array(z.string())
          .register(schemas, { description: "The user's groups when the token was issued." }),
      ),
      sub: z.optional(text("Whom the token speaks for, unique within `iss`.")),
      iss: z.optional(text("Who issued the token.")),
      jti: z.optional(text("The id of the token itself.")),
      iat: seconds("When the token was issued, in seconds since the epoch."),
      exp: seconds("From when on the token is refused, in seconds since the epoch."),
      auth_time: seconds("When the user proved who they are, in seconds since the epoch."),
    })
    .register(schemas, {
      id: "IntrospectionResponse",
      description: "What there is to say of a token (RFC 7662 section 2.2).",
      example: {
        active: true,
        token_type: "Bearer",
        scope: "orders/read",
        client_id: "web",
        username: "ada@example.com",
        sub: "8f0a2c1e-5b0d-4f6e-9a57-3a1d6c2b7e90",
        iss: "https://id.example.com",
        iat: 1795291200,
        exp: 1795294800,
      },
    }),
);
