import * as z from "zod/mini";
import { onFirstUse, schemas, text } from "./registry.ts";

// Further parameters are ignored: RFC 6749 section 3.2.
export const RevocationRequest = onFirstUse(() =>
  z
    .object({
      token: text("The refresh token or the access token that is to end."),
      token_type_hint: z.optional(text("Ignored: what kind of token it is shows by itself.")),
    })
    .register(schemas, {
      id: "RevocationRequest",
      description: "A token to end (RFC 7009 section 2.1).",
      example: { token: "tGzv3JOkF0XG5Qx2TlKWIA", token_type_hint: "refresh_token" },
    }),
);
