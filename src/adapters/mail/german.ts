import type { MailCatalogue } from "./catalogue.ts";

const neverAsked =
  "Wenn Sie das nicht waren, ignorieren Sie diese Mail: Ohne den Code geschieht nichts. Geben Sie den Code niemandem, wer auch immer danach fragt.";
const notYou =
  "Wenn Sie das nicht waren, ist vielleicht jemand anderes in Ihrem Konto: Setzen Sie jetzt ein neues Passwort, und melden Sie sich überall ab.";

/** The mails in German. */
export const german: MailCatalogue = {
  language: "de",
  signature: "{{name}}",
  words: {
    sign_up_confirmation: {
      subject: "Bestätigen Sie Ihre Adresse",
      opening: [
        "Willkommen bei {{name}}. Geben Sie diesen Code ein, um zu bestätigen, dass diese Adresse Ihre ist:",
      ],
      closing: [
        "Wenn Sie sich nicht registriert haben, ignorieren Sie diese Mail: Ohne den Code gibt es kein Konto. Geben Sie den Code niemandem, wer auch immer danach fragt.",
      ],
    },
    password_reset: {
      subject: "Setzen Sie ein neues Passwort",
      opening: [
        "Geben Sie diesen Code ein, um ein neues Passwort für Ihr Konto bei {{name}} zu setzen:",
      ],
      closing: [neverAsked],
    },
    sign_in_code: {
      subject: "Ihr Code zum Anmelden",
      opening: ["Geben Sie diesen Code ein, um sich bei {{name}} anzumelden:"],
      closing: [neverAsked],
    },
    mfa_code: {
      subject: "Ihr Code, um die Anmeldung abzuschließen",
      opening: ["Geben Sie diesen Code ein, um die Anmeldung bei {{name}} abzuschließen:"],
      closing: [
        "Wenn Sie das nicht waren, kennt jemand Ihr Passwort: Setzen Sie jetzt ein neues. Geben Sie den Code niemandem, wer auch immer danach fragt.",
      ],
    },
    attribute_verification: {
      subject: "Bestätigen Sie Ihre Adresse",
      opening: [
        "Geben Sie diesen Code ein, um diese Adresse für Ihr Konto bei {{name}} zu verwenden:",
      ],
      closing: [neverAsked],
    },
    invitation: {
      subject: "Ihr Konto ist bereit",
      opening: [
        "Für Sie wurde ein Konto bei {{name}} angelegt. Melden Sie sich unter dieser Adresse mit diesem Passwort an, das einmal gilt; dann wählen Sie Ihr eigenes:",
      ],
      closing: ["Wenn Sie damit nicht gerechnet haben, ignorieren Sie diese Mail."],
    },
    account_exists: {
      subject: "Sie haben bereits ein Konto",
      opening: [
        "Jemand, vielleicht Sie, wollte diese Adresse für ein neues Konto bei {{name}} verwenden. Sie hat bereits eines, deshalb wurde kein weiteres angelegt.",
      ],
      closing: [
        "Melden Sie sich damit an; wenn Sie das Passwort nicht mehr wissen, fordern Sie dort ein neues an. Wenn Sie das nicht waren, müssen Sie nichts tun.",
      ],
    },
    password_changed: {
      subject: "Ihr Passwort wurde geändert",
      opening: ["Das Passwort Ihres Kontos bei {{name}} wurde geändert."],
      closing: [notYou],
    },
    email_changed: {
      subject: "Ihre Adresse wird geändert",
      opening: [
        "Die E-Mail-Adresse Ihres Kontos bei {{name}} wird durch eine andere ersetzt. Sie erhalten diese Mail an der bisherigen Adresse.",
      ],
      closing: [notYou],
    },
    phone_number_changed: {
      subject: "Ihre Telefonnummer wird geändert",
      opening: ["Die Telefonnummer Ihres Kontos bei {{name}} wird geändert."],
      closing: [notYou],
    },
    second_factors_changed: {
      subject: "Die Anmeldung an Ihrem Konto wurde geändert",
      opening: [
        "Ein zweiter Faktor, ein Passkey oder die Wiederherstellungscodes Ihres Kontos bei {{name}} wurden geändert.",
      ],
      closing: [notYou],
    },
  },
};
