import type { MailCatalogue } from "./catalogue.ts";

const neverAsked =
  "If this was not you, ignore this mail: without the code nothing happens. Never give the code to anyone, whoever asks for it.";
const notYou =
  "If this was not you, somebody else may be in your account: set a new password now, and sign out everywhere.";

/** The mails in English. */
export const english: MailCatalogue = {
  language: "en",
  signature: "{{name}}",
  words: {
    sign_up_confirmation: {
      subject: "Confirm your address",
      opening: ["Welcome to {{name}}. Enter this code to confirm that this address is yours:"],
      closing: [
        "If you did not sign up, ignore this mail: without the code there will be no account. Never give the code to anyone, whoever asks for it.",
      ],
    },
    password_reset: {
      subject: "Set a new password",
      opening: ["Enter this code to set a new password for your account at {{name}}:"],
      closing: [neverAsked],
    },
    sign_in_code: {
      subject: "Your code to sign in",
      opening: ["Enter this code to sign in to {{name}}:"],
      closing: [neverAsked],
    },
    mfa_code: {
      subject: "Your code to finish signing in",
      opening: ["Enter this code to finish signing in to {{name}}:"],
      closing: [
        "If this was not you, somebody knows your password: set a new one now. Never give the code to anyone, whoever asks for it.",
      ],
    },
    attribute_verification: {
      subject: "Confirm your address",
      opening: ["Enter this code to use this address for your account at {{name}}:"],
      closing: [neverAsked],
    },
    invitation: {
      subject: "Your account is ready",
      opening: [
        "An account at {{name}} was made for you. Sign in under this address with this password, which works once; you then choose your own:",
      ],
      closing: ["If you did not expect this, ignore this mail."],
    },
    account_exists: {
      subject: "You have an account already",
      opening: [
        "Somebody, perhaps you, wanted to use this address for a new account at {{name}}. It has one already, so no other was made.",
      ],
      closing: [
        "Sign in with it; if you do not know the password any more, ask for a new one there. If this was not you, there is nothing to do.",
      ],
    },
    password_changed: {
      subject: "Your password was changed",
      opening: ["The password of your account at {{name}} was changed."],
      closing: [notYou],
    },
    email_changed: {
      subject: "Your address is being changed",
      opening: [
        "The e-mail address of your account at {{name}} is being changed to another one. You get this mail at the address from before.",
      ],
      closing: [notYou],
    },
    phone_number_changed: {
      subject: "Your phone number is being changed",
      opening: ["The phone number of your account at {{name}} is being changed."],
      closing: [notYou],
    },
    second_factors_changed: {
      subject: "The ways to sign in to your account were changed",
      opening: [
        "A second factor, a passkey or the recovery codes of your account at {{name}} were changed.",
      ],
      closing: [notYou],
    },
  },
};
