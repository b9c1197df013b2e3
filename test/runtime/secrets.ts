/** Members that hold a secret, in requests and in answers. */
const secretMembers = [
  "password",
  "new_password",
  "current_password",
  "temporary_password",
  "code",
  "access_token",
  "id_token",
  "refresh_token",
  "session",
  "secret",
];

/** Shorter than this, a word can turn up anywhere by chance. */
const minimumLength = 6;

/** Gives the secrets in a message: those of its JSON body, however deep, its bearer token, and its cookies. */
export function secretsIn(body: string, headers: Headers): string[] {
  const [, bearer = ""] = /^bearer (.+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  const cookies = [headers.get("cookie") ?? "", ...headers.getSetCookie()].flatMap((line) =>
    [...line.matchAll(/portico[\w.-]*=([^;]+)/g)].map(([, value = ""]) => value),
  );
  return [...membersOf(body), bearer, ...cookies].filter(
    (secret) => secret.length >= minimumLength,
  );
}

function membersOf(body: string): string[] {
  const found: string[] = [];
  try {
    JSON.parse(body, (name, value) => {
      // A problem's `code` is the name of a fault.
      if (secretMembers.includes(name) && typeof value === "string" && !/^[a-z_]+$/.test(value))
        found.push(value);
      return value;
    });
  } catch {
    // Not JSON: the tests of malformed bodies say themselves which secrets they hold.
    return [];
  }
  return found;
}

/** Gives each secret that a text holds, as it is or in one of the encodings in which it could have been logged. */
export function secretsLeaked(text: string, secrets: Iterable<string>): string[] {
  return [...secrets].filter((secret) =>
    spellings(secret).some((spelling) => holds(text, spelling)),
  );
}

function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const [, , signature] = secret.split(".");
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    bytes.toString("hex"),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    ...withinBase64(bytes),
    ...(signature && signature.length > 20 ? [signature] : []),
  ];
}

/** In Base64 of something longer, a text is written in one of three ways: its ends depend on what is beside it. */
function withinBase64(bytes: Buffer): string[] {
  if (bytes.length < 12) return [];
  return [1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const whole = text.replace(/=+$/, "").slice(before + 1, -2);
    return [whole, whole.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** A code is a few digits, which may also be a part of some longer number, or of a request's id. */
function holds(text: string, spelling: string): boolean {
  if (!/^\d{1,64}$/.test(spelling)) return text.includes(spelling);
  return new RegExp(`(?<!\\d)${spelling}(?!\\d)`).test(text.replaceAll(uuid, ""));
}

const uuid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** What must never be seen from outside, nor in the log: a stack, or where the program lies. */
const internals = [/^\s+at .+:\d+/m, /node_modules/, /file:\/\//, /\/src\/\w+/, /\bnode:internal/];

/** The makers of what the service is built of and stands on. */
const vendors = [/cognito/i, /amazon/i, /\baws\b/i, /smithy/i, /\bzod\b/i, /\bjose\b/i, /workerd/i];

/** The names and telephone numbers that the tests give their users. */
const usernames = [/user-[\w-]+(@|%40)example\.com/, /(\+|%2B)1999\d{7}/];

/** Gives what a log holds that it must not: users, and paths and stacks but in the reports of the service's own faults. */
export function giveawaysIn(log: string): string[] {
  const reports = /^.*"event":"request_error".*$/gm;
  return [...matches(log, usernames), ...matches(log.replaceAll(reports, ""), internals)];
}

/** Gives what an answer holds that it must not: stacks, paths and names of vendors. */
export function internalsOrVendorsIn(answer: string): string[] {
  const ours = answer.replaceAll(fromTokens, "");
  return matches(ours, [...internals, ...vendors]);
}

/** Scope, issuer and key id, which are not our words: a session reports what the token says. */
const fromTokens =
  /aws\.cognito\.signin\.user\.admin|https:\/\/cognito-local\.test\/\w+|"kid":"CognitoLocal"/g;

function matches(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}
