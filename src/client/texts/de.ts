import type { Catalogue } from "./catalogue.ts";

const onThisPage =
  "Mit dieser Seite stimmt etwas nicht. Laden Sie sie neu und versuchen Sie es noch einmal.";
const signedOut = "Sie sind abgemeldet. Bitte melden Sie sich wieder an.";
const onOurSide = "Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es {when} noch einmal.";
const notReached =
  "Unser Anmeldedienst ist gerade nicht erreichbar. Bitte versuchen Sie es {when} noch einmal.";
const notSetUp =
  "Dieser Dienst ist nicht richtig eingerichtet. Bitte sagen Sie es denen, die ihn betreiben.";

/** German texts. */
export const de: Catalogue = {
  language: "de",
  later: "später",
  errors: {
    malformed_request: onThisPage,
    validation_failed: "Bitte prüfen Sie Ihre Eingaben.",
    unsupported_token_type: onThisPage,
    invalid_credentials: "Der Benutzername oder das Passwort ist falsch.",
    invalid_token: signedOut,
    token_expired: signedOut,
    token_revoked: signedOut,
    invalid_refresh_token: signedOut,
    refresh_token_reused: signedOut,
    signed_out: signedOut,
    invalid_client: notSetUp,
    challenge_expired: "Das hat zu lange gedauert. Bitte beginnen Sie die Anmeldung von vorn.",
    reauthentication_required:
      "Zum Schutz Ihres Kontos melden Sie sich dafür bitte noch einmal an.",
    user_not_confirmed:
      "Ihr Konto ist noch nicht bestätigt. Den Code dafür haben wir Ihnen geschickt.",
    password_reset_required: "Sie brauchen ein neues Passwort, bevor Sie sich anmelden können.",
    user_disabled: "Dieses Konto ist gesperrt. Bitte fragen Sie die Betreiber des Dienstes.",
    temporary_password_expired:
      "Ihr vorläufiges Passwort ist abgelaufen. Bitte lassen Sie sich noch einmal einladen.",
    sign_up_disabled: "Hier können Sie selbst kein Konto anlegen. Bitte lassen Sie sich einladen.",
    insufficient_scope: "Das dürfen Sie nicht.",
    attribute_not_writable: "Das können Sie nicht selbst ändern.",
    rejected_by_policy: "Das ist hier nicht erlaubt.",
    blocked:
      "Das konnten wir nicht annehmen. Wenn Sie ein VPN oder einen Proxy nutzen, versuchen Sie es bitte ohne.",
    origin_not_allowed: notSetUp,
    not_found: "Das gibt es nicht oder nicht mehr.",
    user_not_found: "Diesen Benutzer gibt es nicht.",
    group_not_found: "Diese Gruppe gibt es nicht.",
    method_not_allowed: onThisPage,
    payload_too_large: "Das war zu viel auf einmal. Bitte kürzen Sie es.",
    unsupported_media_type: onThisPage,
    username_taken:
      "Ein Konto mit diesem Namen gibt es schon. Melden Sie sich an oder wählen Sie einen anderen Namen.",
    alias_taken: "Diese Adresse gehört zu einem anderen Konto.",
    already_confirmed: "Ihr Konto ist schon bestätigt. Sie können sich anmelden.",
    recovery_unavailable:
      "Zu Ihrem Konto gibt es keine bestätigte Adresse, an die wir einen Code schicken könnten.",
    mfa_not_available:
      "Das lässt sich noch nicht als zweiter Schritt verwenden. Bitte richten Sie es erst ein.",
    conflict: "Im selben Moment wurde etwas anderes geändert. Bitte versuchen Sie es noch einmal.",
    password_policy_violation: "Dieses Passwort hält die Regeln für Passwörter nicht ein.",
    password_reused: "Dieses Passwort hatten Sie schon einmal. Bitte wählen Sie ein anderes.",
    password_compromised:
      "Dieses Passwort ist aus einem Datenleck bekannt. Bitte wählen Sie ein anderes.",
    code_mismatch: "Dieser Code ist falsch oder nicht mehr gültig.",
    code_expired: "Dieser Code ist nicht mehr gültig. Bitte fordern Sie einen neuen an.",
    passkey_rejected:
      "Dieser Passkey wurde nicht angenommen. Bitte melden Sie sich auf anderem Weg an.",
    rate_limited: "Das war zu oft in kurzer Zeit. Bitte versuchen Sie es {when} noch einmal.",
    too_many_attempts: "Das waren zu viele Versuche. Bitte versuchen Sie es {when} noch einmal.",
    internal_error: onOurSide,
    provider_misconfigured: notSetUp,
    not_supported: "Das ist hier nicht möglich.",
    delivery_failed:
      "Wir konnten den Code nicht verschicken. Bitte versuchen Sie es {when} noch einmal.",
    provider_extension_failed: onOurSide,
    provider_unavailable: notReached,
    keys_unavailable: notReached,
    overloaded: "Gerade ist sehr viel los. Bitte versuchen Sie es {when} noch einmal.",
    provider_timeout: notReached,
    network_error:
      "Es gibt keine Verbindung. Bitte prüfen Sie, ob Sie online sind, und versuchen Sie es noch einmal.",
    request_timeout: "Es kam nicht rechtzeitig eine Antwort. Bitte versuchen Sie es noch einmal.",
    unexpected_answer: onOurSide,
    origin_not_listed: onThisPage,
    not_same_site: notSetUp,
    cookies_blocked:
      "Ihr Browser blockiert die Cookies, mit denen Sie angemeldet bleiben. Bitte erlauben Sie sie für diese Seite.",
    passkey_cancelled: "Der Passkey wurde nicht verwendet. Sie können es noch einmal versuchen.",
    passkey_exists: "Dieses Gerät hat schon einen Passkey für Ihr Konto.",
    passkey_unavailable: "In diesem Browser lassen sich keine Passkeys verwenden.",
  },
  faults: {
    already_set: "Das ist schon gesetzt.",
    compromised: "Das ist aus einem Datenleck bekannt.",
    differs_from_username: "Das muss mit Ihrem Benutzernamen übereinstimmen.",
    dot_segment: "Das kann kein Name sein.",
    invalid: "Das ist nicht gültig.",
    invalid_characters: "Darin sind Zeichen, die nicht erlaubt sind.",
    invalid_format: "Das hat nicht die richtige Form.",
    invalid_name: "Dieser Name ist nicht gültig.",
    invalid_syntax: "Das war nicht zu verstehen.",
    invalid_type: "Das ist nicht gültig.",
    invalid_value: "Das ist nicht gültig.",
    is_email: "Das ist eine E-Mail-Adresse; hier kann sie kein Benutzername sein.",
    is_phone_number: "Das ist eine Telefonnummer; hier kann sie kein Benutzername sein.",
    is_preferred_username: "Das ist ein bevorzugter Name; hier kann er kein Benutzername sein.",
    missing: "Davon gibt es noch keines.",
    missing_digit: "Es fehlt eine Ziffer.",
    missing_lowercase: "Es fehlt ein Kleinbuchstabe.",
    missing_symbol: "Es fehlt ein Sonderzeichen wie ! oder #.",
    missing_uppercase: "Es fehlt ein Großbuchstabe.",
    not_allowed: "Das ist hier nicht erlaubt.",
    not_an_address: "Das ist weder eine E-Mail-Adresse noch eine Telefonnummer.",
    not_confirmed: "Das ist noch nicht bestätigt.",
    not_enabled: "Das ist nicht eingeschaltet.",
    not_offered: "Das steht nicht zur Wahl.",
    not_supported: "Das ist hier nicht möglich.",
    rejected: "Das ist nicht erlaubt.",
    repeated: "Das steht doppelt da.",
    required: "Bitte füllen Sie das aus.",
    second_factor: "Damit melden Sie sich an. Wählen Sie erst einen anderen zweiten Schritt.",
    too_deep: "Das ist zu verschachtelt.",
    too_large: "Das ist zu groß.",
    too_long: "Das ist zu lang.",
    too_many: "Das sind zu viele.",
    too_many_users: "Damit werden zu viele Benutzer gefunden. Bitte grenzen Sie es ein.",
    too_short: "Das ist zu kurz.",
    too_small: "Das ist zu klein.",
    unknown: "Das ist nicht bekannt.",
    unknown_attribute: "Dieses Feld gibt es nicht.",
    unknown_member: "Dieses Feld gibt es nicht.",
    unknown_operator: "Das war nicht zu verstehen.",
  },
};
