import * as z from "zod/mini";
import { mfaMethods, signInFactors } from "../../domain/challenge.ts";
import { onFirstUse, schemas, text } from "./registry.ts";
import { Delivery } from "./responses.ts";
import { TotpSecret } from "./second-factors.ts";

const session = () =>
  text(
    "Stands for how far the sign-in has got. Opaque; send it back with the answer, within a few minutes.",
  );
const methods = () =>
  z.array(z.enum(mfaMethods)).register(schemas, {
    description: "What to choose from.",
  });

const TotpChallenge = onFirstUse(() =>
  z
    .object({
      type: z.literal("totp"),
      session: session(),
      device_name: z.exactOptional(text("What the user called the app.")),
    })
    .register(schemas, {
      id: "TotpChallenge",
      description: "Asks for a code of the user's authenticator app.",
    }),
);

const CodeChallenge = onFirstUse(() =>
  z
    .object({
      type: z.enum(["sms_code", "email_code"]),
      session: session(),
      delivery: z.exactOptional(Delivery()),
    })
    .register(schemas, { id: "CodeChallenge", description: "Asks for a code that was sent." }),
);

const NewPasswordChallenge = onFirstUse(() =>
  z
    .object({
      type: z.literal("new_password"),
      session: session(),
      required_attributes: z
        .array(z.string())
        .register(schemas, { description: "Attributes that must be given along." }),
    })
    .register(schemas, {
      id: "NewPasswordChallenge",
      description: "Asks for a password of the user's own in place of the temporary one.",
    }),
);

const MfaSetupChallenge = onFirstUse(() =>
  z
    .object({
      type: z.literal("mfa_setup"),
      session: session(),
      methods: methods(),
      totp: z.exactOptional(TotpSecret()),
    })
    .register(schemas, {
      id: "MfaSetupChallenge",
      description:
        "A second factor has to be set up first. Answer with the method: `totp` gives a secret, and this challenge then waits for a code of the app that took it; `email_code` and `sms_code` send a code, to the `address` of the answer where the user has none, and a challenge of that type waits for it.",
    }),
);

const SelectMfaChallenge = onFirstUse(() =>
  z
    .object({ type: z.literal("select_mfa"), session: session(), methods: methods() })
    .register(schemas, {
      id: "SelectMfaChallenge",
      description: "Asks which second factor it shall be.",
    }),
);

const SelectFactorChallenge = onFirstUse(() =>
  z
    .object({
      type: z.literal("select_factor"),
      session: session(),
      factors: z
        .array(z.enum(signInFactors))
        .register(schemas, { description: "What to choose from." }),
    })
    .register(schemas, {
      id: "SelectFactorChallenge",
      description: "Asks what the sign-in shall begin with.",
    }),
);

const PasskeyChallenge = onFirstUse(() =>
  z
    .object({
      type: z.literal("passkey"),
      session: session(),
      options: z
        .record(z.string(), z.unknown())
        .register(schemas, { form: "PublicKeyCredentialRequestOptions" }),
    })
    .register(schemas, { id: "PasskeyChallenge", description: "Asks for a passkey." }),
);

const CustomChallenge = onFirstUse(() =>
  z
    .object({
      type: z.literal("custom"),
      session: session(),
      name: z.exactOptional(text("The provider's name for it.")),
      parameters: z
        .record(z.string(), z.string())
        .register(schemas, { description: "What the pages that know it need." }),
    })
    .register(schemas, {
      id: "CustomChallenge",
      description: "A question that only the operator's own pages know.",
    }),
);

export const Challenge = onFirstUse(() =>
  z
    .discriminatedUnion("type", [
      TotpChallenge(),
      CodeChallenge(),
      NewPasswordChallenge(),
      MfaSetupChallenge(),
      SelectMfaChallenge(),
      SelectFactorChallenge(),
      PasskeyChallenge(),
      CustomChallenge(),
    ])
    .register(schemas, {
      id: "Challenge",
      description:
        "What the sign-in still asks for. There can be new types: show one that you do not know as a sign-in that cannot go on here.",
    }),
);
