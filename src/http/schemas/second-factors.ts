import * as z from "zod/mini";
import { mfaMethods } from "../../domain/challenge.ts";
import { code, deviceName } from "./fields.ts";
import { onFirstUse, schemas, text } from "./registry.ts";

const exampleSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

export const TotpSecret = onFirstUse(() =>
  z
    .object({
      secret: text("Base32 without padding (RFC 4648 section 6), to be typed in."),
      uri: z.string().register(schemas, {
        description: "The same as an `otpauth://` URI, to be scanned as a QR code.",
        format: "uri",
      }),
    })
    .register(schemas, {
      id: "TotpSecret",
      description: "What an authenticator app needs (RFC 6238: SHA-1, six digits, thirty seconds).",
      example: {
        secret: exampleSecret,
        uri: `otpauth://totp/Portico:ada%40example.com?secret=${exampleSecret}&issuer=Portico`,
      },
    }),
);

export const ConfirmTotpRequest = onFirstUse(() =>
  z
    .strictObject({
      code: code("What the app shows that took the secret."),
      device_name: z.exactOptional(deviceName()),
    })
    .register(schemas, {
      id: "ConfirmTotpRequest",
      description: "The proof that the app has the secret.",
      example: { code: "123456", device_name: "Phone" },
    }),
);

const preferred = () =>
  z
    .enum(mfaMethods)
    .register(schemas, { description: "What is asked for first. One of `enabled`." });

export const MfaPreferences = onFirstUse(() =>
  z
    .object({
      enabled: z
        .array(z.enum(mfaMethods))
        .register(schemas, { description: "The second factors that are switched on." }),
      preferred: z.exactOptional(preferred()),
    })
    .register(schemas, {
      id: "MfaPreferences",
      description: "The user's second factors.",
      example: { enabled: ["totp"], preferred: "totp" },
    }),
);

export const SetMfaRequest = onFirstUse(() =>
  z
    .strictObject({
      enabled: z
        .array(z.enum(mfaMethods))
        .check(
          z.refine((list) => new Set(list).size === list.length, {
            params: { reason: "repeated" },
          }),
        )
        .register(schemas, {
          description: "The second factors to switch on. All others are switched off.",
          uniqueItems: true,
        }),
      preferred: z.exactOptional(preferred()),
    })
    .register(schemas, {
      id: "SetMfaRequest",
      description: "The user's second factors, in place of what they were.",
      example: { enabled: ["totp", "email_code"], preferred: "totp" },
    }),
);
