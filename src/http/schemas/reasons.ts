/**
 * Every reason that a member of a request can be refused for, with what it says. New ones come in, and none is taken
 * away: a test holds all that is answered against the list.
 */
export const reasons = {
  required: "it has to be there",
  invalid_type: "it is of another type",
  invalid_value: "it is none of the values that there are",
  unknown_member: "nothing of that name is taken",
  invalid_name: "it has a name that none can have",
  invalid_characters: "it has characters that none can have",
  invalid_format: "it does not have the form of what it is",
  invalid_syntax: "it cannot be read",
  invalid: "the identity provider does not take it",
  too_short: "it has too few characters",
  too_long: "it has too many characters",
  too_small: "it is a smaller number than can be",
  too_large: "it is a larger number than can be",
  too_many: "it has too many members",
  too_many_users: "more users match it than can be looked through",
  too_deep: "its members lie too deep in each other",
  repeated: "it is there more than once",
  not_allowed: "it cannot go with what else is sent",
  not_enabled: "it is none of those that are switched on",
  not_supported: "the identity provider cannot do it",
  not_offered: "it is none of those that were offered",
  not_confirmed: "it can be set once the account is confirmed",
  not_an_address: "codes cannot be sent to it",
  missing: "the account has none",
  already_set: "it is there already and cannot be replaced",
  differs_from_username: "it is another address than the user name",
  is_email: "it is an e-mail address, which is no user name here",
  is_phone_number: "it is a telephone number, which is no user name here",
  is_preferred_username: "it is a preferred user name, which is no user name here",
  dot_segment: "no path could name it",
  unknown: "there is nothing of that name",
  unknown_attribute: "it names an attribute that cannot be asked for",
  unknown_operator: "it has an operator that there is not",
  second_factor: "codes of the second factor go there",
  missing_lowercase: "a lower-case letter has to be in it",
  missing_uppercase: "an upper-case letter has to be in it",
  missing_digit: "a digit has to be in it",
  missing_symbol: "a symbol has to be in it",
  compromised: "attackers know it",
  rejected: "the identity provider does not take it, and does not say why",
} as const satisfies Readonly<Record<string, string>>;

/** Writes the list down. */
export function reasonsInWords(): string {
  const entries = Object.entries(reasons).map(([reason, meaning]) => `\`${reason}\`, ${meaning}`);
  return `A stable word, of these, to which there can be new ones: ${entries.join("; ")}.`;
}
