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

const exampleCode = "4w7kp-x2m9q-hd0ja-tz6rc-8nvfe";

export const RecoveryCodes = onFirstUse(() =>
  z
    .object({
      codes: z
        .array(z.string())
        .register(schemas, { description: "Each is good once. They are told this once." }),
    })
    .register(schemas, {
      id: "RecoveryCodes",
      description: "Codes to keep for the day that a second factor is lost.",
      example: { codes: [exampleCode, "9dq3h-0m7xk-vw2ne-r5tja-bc8zp"] },
    }),
);

const RecoveryCodeCount = onFirstUse(() =>
  z
    .object({
      left: z
        .int()
        .check(z.nonnegative())
        .register(schemas, { description: "How many have not been used." }),
    })
    .register(schemas, {
      id: "RecoveryCodeCount",
      description:
        "The user's recovery codes. Not there where the identity provider has no capability `recovery_codes`.",
    }),
);

export const MfaPreferences = onFirstUse(() =>
  z
    .object({
      enabled: z
        .array(z.enum(mfaMethods))
        .register(schemas, { description: "The second factors that are switched on." }),
      preferred: z.exactOptional(preferred()),
      recovery_codes: z.exactOptional(RecoveryCodeCount()),
    })
    .register(schemas, {
      id: "MfaPreferences",
      description: "The user's second factors.",
      example: { enabled: ["totp"], preferred: "totp", recovery_codes: { left: 9 } },
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
