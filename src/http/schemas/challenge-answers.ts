import * as z from "zod/mini";
import { type MfaMethod, mfaMethods, signInFactors } from "../../domain/challenge.ts";
import {
  attributes,
  clientMetadata,
  code,
  deviceName,
  jsonObject,
  newPassword,
  opaqueText,
  password,
  wellFormed,
} from "./fields.ts";
import { onFirstUse, schemas } from "./registry.ts";

const exampleSession = "AYABeC1mZ2h0aWpr";

const session = () => opaqueText(8192, "The session of the challenge that this answers.");
const method = () => z.enum(mfaMethods).register(schemas, { description: "The second factor." });

const CodeAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.enum(["totp", "sms_code", "email_code"]),
      session: session(),
      ...clientMetadata(),
      code: code("The code that was sent, or that the authenticator app shows."),
    })
    .register(schemas, {
      id: "CodeAnswer",
      description: "A code.",
      example: { type: "totp", session: exampleSession, code: "123456" },
    }),
);

const RecoveryCodeAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("recovery_code"),
      session: session(),
      ...clientMetadata(),
      code: code(
        "One of the codes of `createRecoveryCodes`. Hyphens, spaces and capitals do not count.",
      ),
    })
    .register(schemas, {
      id: "RecoveryCodeAnswer",
      description:
        "A recovery code, which is good once in the place of a second factor: for a challenge `totp`, `select_mfa`, or an `sms_code` or `email_code` that comes after a password.",
      example: {
        type: "recovery_code",
        session: exampleSession,
        code: "4w7kp-x2m9q-hd0ja-tz6rc-8nvfe",
      },
    }),
);

export const ResendChallengeCodeRequest = onFirstUse(() =>
  z
    .strictObject({
      session: opaqueText(8192, "The session of the challenge whose code is wanted."),
    })
    .register(schemas, {
      id: "ResendChallengeCodeRequest",
      description: "Which code is to be sent again.",
      example: { session: exampleSession },
    }),
);

const NewPasswordAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("new_password"),
      session: session(),
      ...clientMetadata(),
      new_password: newPassword(),
      attributes: z.exactOptional(attributes("The attributes that are required, and others.")),
    })
    .register(schemas, {
      id: "NewPasswordAnswer",
      description: "A password of the user's own.",
      example: {
        type: "new_password",
        session: exampleSession,
        new_password: "another horse battery staple 2B?",
        attributes: { given_name: "Ada" },
      },
    }),
);

const MfaSetupAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("mfa_setup"),
      session: session(),
      ...clientMetadata(),
      method: z.exactOptional(method()),
      address: z.exactOptional(
        z.string().check(z.minLength(1), z.maxLength(2048), wellFormed()).register(schemas, {
          description:
            "Where codes shall go, with the method `email_code` or `sms_code`: for a user who has no such address yet.",
        }),
      ),
      code: z.exactOptional(code("What the app shows that took the secret.")),
      device_name: z.exactOptional(deviceName()),
    })
    .check(
      z.refine((answer) => answer.method !== undefined || answer.code !== undefined, {
        path: ["method"],
        params: { reason: "required" },
      }),
      z.refine((answer) => answer.method === undefined || answer.code === undefined, {
        path: ["code"],
        params: { reason: "not_allowed" },
      }),
      z.refine(({ method, address }) => address === undefined || isSent(method), {
        path: ["address"],
        params: { reason: "not_allowed" },
      }),
      z.refine((answer) => answer.method === undefined || answer.device_name === undefined, {
        path: ["device_name"],
        params: { reason: "not_allowed" },
      }),
    )
    .register(schemas, {
      id: "MfaSetupAnswer",
      description:
        "Either `method`, with an `address` where codes are sent and the user has none, which leads to a challenge for the code; or, to the challenge with the secret that comes of `totp`, `code` and a name for the app.",
      example: { type: "mfa_setup", session: exampleSession, method: "totp" },
    }),
);

const SelectMfaAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("select_mfa"),
      session: session(),
      ...clientMetadata(),
      method: method(),
    })
    .register(schemas, {
      id: "SelectMfaAnswer",
      description: "Which second factor it shall be.",
      example: { type: "select_mfa", session: exampleSession, method: "totp" },
    }),
);

const SelectFactorAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("select_factor"),
      session: session(),
      ...clientMetadata(),
      factor: z
        .enum(signInFactors)
        .register(schemas, { description: "What the sign-in begins with." }),
      password: z.exactOptional(password()),
    })
    .check(
      z.refine(({ factor, password }) => factor !== "password" || password !== undefined, {
        path: ["password"],
        params: { reason: "required" },
      }),
      z.refine(({ factor, password }) => factor === "password" || password === undefined, {
        path: ["password"],
        params: { reason: "not_allowed" },
      }),
    )
    .register(schemas, {
      id: "SelectFactorAnswer",
      description: "What the sign-in shall begin with. `password` goes with the factor `password`.",
      example: { type: "select_factor", session: exampleSession, factor: "email_code" },
    }),
);

const PasskeyAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("passkey"),
      session: session(),
      ...clientMetadata(),
      credential: jsonObject().register(schemas, { form: "AuthenticationCredential" }),
    })
    .register(schemas, {
      id: "PasskeyAnswer",
      description: "What the browser made of the options.",
      example: {
        type: "passkey",
        session: exampleSession,
        credential: {
          id: "Y3JlZGVudGlhbA",
          rawId: "Y3JlZGVudGlhbA",
          type: "public-key",
          response: { clientDataJSON: "e30", authenticatorData: "YXV0aA", signature: "c2ln" },
          clientExtensionResults: {},
        },
      },
    }),
);

const CustomAnswer = onFirstUse(() =>
  z
    .strictObject({
      type: z.literal("custom"),
      session: session(),
      ...clientMetadata(),
      answer: z
        .string()
        .check(z.maxLength(8192), wellFormed())
        .register(schemas, { description: "Whatever the operator's pages say." }),
    })
    .register(schemas, {
      id: "CustomAnswer",
      description: "The answer to a custom challenge.",
      example: { type: "custom", session: exampleSession, answer: "yes" },
    }),
);

export const AnswerChallengeRequest = onFirstUse(() =>
  z
    .discriminatedUnion("type", [
      CodeAnswer(),
      NewPasswordAnswer(),
      MfaSetupAnswer(),
      SelectMfaAnswer(),
      SelectFactorAnswer(),
      PasskeyAnswer(),
      CustomAnswer(),
      RecoveryCodeAnswer(),
    ])
    .register(schemas, {
      id: "AnswerChallengeRequest",
      description:
        "The answer to a challenge, of the challenge's own type; `recovery_code` in the place of a second factor.",
    }),
);

/** Whether a second factor is a code that is sent somewhere. */
function isSent(method: MfaMethod | undefined): boolean {
  return method === "email_code" || method === "sms_code";
}
