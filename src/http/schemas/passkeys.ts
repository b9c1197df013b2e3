import * as z from "zod/mini";
import { jsonObject } from "./fields.ts";
import { onFirstUse, schemas, text } from "./registry.ts";

export const PasskeyOptionsResponse = onFirstUse(() =>
  z
    .object({
      options: z
        .record(z.string(), z.unknown())
        .register(schemas, { form: "PublicKeyCredentialCreationOptions" }),
    })
    .register(schemas, {
      id: "PasskeyOptionsResponse",
      description: "What the browser needs to make a passkey.",
      example: {
        options: {
          challenge: "dGhlIGNoYWxsZW5nZQ",
          rp: { id: "example.com", name: "Example" },
          user: { id: "YWRh", name: "ada@example.com", displayName: "Ada" },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        },
      },
    }),
);

export const FinishPasskeyRequest = onFirstUse(() =>
  z
    .strictObject({
      credential: jsonObject().register(schemas, { form: "RegistrationCredential" }),
    })
    .register(schemas, {
      id: "FinishPasskeyRequest",
      description: "The passkey that the browser made.",
      example: {
        credential: {
          id: "Y3JlZGVudGlhbA",
          rawId: "Y3JlZGVudGlhbA",
          type: "public-key",
          response: { clientDataJSON: "e30", attestationObject: "o2M" },
          clientExtensionResults: {},
        },
      },
    }),
);

const Passkey = onFirstUse(() =>
  z
    .object({
      id: text("The credential id, base64url."),
      name: z.exactOptional(text("What the user knows it by.")),
      created_at: z
        .int()
        .check(z.minimum(0))
        .register(schemas, { description: "In seconds since the epoch." }),
    })
    .register(schemas, { id: "Passkey", description: "A passkey of the user's." }),
);

export const PasskeysResponse = onFirstUse(() =>
  z.object({ passkeys: z.array(Passkey()) }).register(schemas, {
    id: "PasskeysResponse",
    description: "The user's passkeys.",
    example: { passkeys: [{ id: "Y3JlZGVudGlhbA", name: "Phone", created_at: 1795291200 }] },
  }),
);
