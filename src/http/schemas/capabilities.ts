import * as z from "zod/mini";
import { captchaOperations } from "../../domain/captcha.ts";
import { mfaMethods, signInFactors } from "../../domain/challenge.ts";
import { characterKinds, contactKinds, nameKinds } from "../../domain/set-up.ts";
import { onFirstUse, schemas, text } from "./registry.ts";

const listOf = <const Words extends readonly [string, ...string[]]>(
  words: Words,
  description: string,
) => z.array(z.enum(words)).register(schemas, { description });

const switchOf = (description: string) => z.boolean().register(schemas, { description });

const SignUpCapabilities = onFirstUse(() =>
  z
    .object({
      status: z.enum(["open", "approval", "closed"]).register(schemas, {
        description:
          "`open`: anyone can make an account. `approval`: an administrator has to allow it first. `closed`: administrators make accounts, and `signUp` answers `sign_up_disabled` or `not_supported`.",
      }),
      usernames: z.optional(
        listOf(nameKinds, "The kinds of user name to sign up under: one of them."),
      ),
      required_attributes: z.optional(
        z.array(z.string()).register(schemas, {
          description: "The attributes that a sign-up has to bring besides the user name.",
        }),
      ),
      confirmation: z.optional(
        listOf(
          contactKinds,
          "The kinds of address that the code of a sign-up can go to: none where no code is sent.",
        ),
      ),
      confirmation_password: switchOf(
        "Whether `confirmSignUp` takes the password that the account is to have, and should be sent it.",
      ),
    })
    .register(schemas, {
      id: "SignUpCapabilities",
      description: "How accounts come to be.",
    }),
);

const SignInCapabilities = onFirstUse(() =>
  z
    .object({
      usernames: z.optional(listOf(nameKinds, "The kinds of user name that sign in.")),
      first_factors: listOf(
        signInFactors,
        "What a sign-in can begin with: not every user has each of them.",
      ),
      code_resend: switchOf("Whether the code of a challenge can be sent again."),
    })
    .register(schemas, { id: "SignInCapabilities", description: "How sessions begin." }),
);

const SecondFactorCapabilities = onFirstUse(() =>
  z
    .object({
      available: listOf(mfaMethods, "The second factors that users can have."),
      required: z.optional(switchOf("Whether nobody gets in without one.")),
      recovery_codes: switchOf("Whether users can have codes for the day that one is lost."),
    })
    .register(schemas, {
      id: "SecondFactorCapabilities",
      description: "What users can show besides the first factor.",
    }),
);

const PasswordRules = onFirstUse(() =>
  z
    .object({
      min_length: z.int().register(schemas, {
        description: "In characters: a shorter one is `too_short`.",
      }),
      max_length: z.int().register(schemas, {
        description: "In characters: a longer one is `too_long`.",
      }),
      requires: listOf(
        characterKinds,
        "The kinds of character that there has to be one of: one that is missing is `missing_` and the kind.",
      ),
    })
    .register(schemas, {
      id: "PasswordRules",
      description:
        "The rules for new passwords. One that keeps them can still be refused, with `password_reused` or `password_compromised`.",
    }),
);

const AccountCapabilities = onFirstUse(() =>
  z
    .object({
      profile: switchOf("Whether users can read and change their attributes."),
      deletion: switchOf("Whether users can delete their account."),
      password_change: switchOf("Whether users can change their password."),
      session_list: switchOf("Whether users can list their sessions, and end one."),
      sign_out_everywhere: switchOf("Whether users can end all of their sessions."),
    })
    .register(schemas, {
      id: "AccountCapabilities",
      description: "What users can do with their account.",
    }),
);

const CaptchaCapabilities = onFirstUse(() =>
  z
    .object({
      operations: listOf(captchaOperations, "The operations that ask for a captcha."),
      provider: z.optional(
        text("Whose captcha it is: a name by which a page knows what to show, if it is known."),
      ),
      site_key: z.optional(text("The public key by which a page shows it.")),
    })
    .register(schemas, {
      id: "CaptchaCapabilities",
      description: "The captcha that has to be passed, with its token in `Portico-Captcha`.",
    }),
);

export const Capabilities = onFirstUse(() =>
  z
    .object({
      sign_up: SignUpCapabilities(),
      sign_in: SignInCapabilities(),
      second_factors: SecondFactorCapabilities(),
      passkeys: switchOf("Whether users can register passkeys and sign in with them."),
      password: z.optional(PasswordRules()),
      recovery: switchOf("Whether users who forgot their password can set another by a code."),
      account: AccountCapabilities(),
      browser_sessions: switchOf(
        "Whether the service keeps the tokens of pages in cookies that ask for it with `Portico-Session`.",
      ),
      captcha: z.optional(CaptchaCapabilities()),
    })
    .register(schemas, {
      id: "Capabilities",
      description:
        "What the service can do and asks for, for pages to know before they show anything. What is not known is left out.",
      example: {
        sign_up: {
          status: "open",
          usernames: ["email"],
          required_attributes: ["given_name"],
          confirmation: ["email"],
          confirmation_password: true,
        },
        sign_in: {
          usernames: ["email"],
          first_factors: ["password", "email_code", "passkey"],
          code_resend: true,
        },
        second_factors: { available: ["totp"], required: false, recovery_codes: true },
        passkeys: true,
        password: {
          min_length: 8,
          max_length: 256,
          requires: ["lowercase", "uppercase", "digit", "symbol"],
        },
        recovery: true,
        account: {
          profile: true,
          deletion: true,
          password_change: true,
          session_list: true,
          sign_out_everywhere: true,
        },
        browser_sessions: true,
      },
    }),
);
