/** The tests of one line of the security checklist, each by its file in the project and its title there. */
type Tests = Readonly<Record<string, string | readonly string[]>>;

/** A line of the checklist: where it is tried, or why no test of ours tries it. */
export type TriedRow = Tests | { readonly untried: string };

/** How many lines these parts of the checklist have: accounts, enumeration, brute force, a sick upstream. */
export const triedParts = { AU: 22, E: 9, B: 7, U: 2 } as const;

const kit = "src/testing/identity-provider";
const limits = "test/domain/use-cases/limits.test.ts";
const cookies = "test/http/session/browser-sessions.test.ts";
const hanging = "test/runtime/hanging-upstream.test.ts";

/**
 * Which tests cover the lines on accounts, on who exists, on guessing and on a back end that is sick. Those of the kit run on every
 * provider; the rest where their files say.
 */
export const triedRows: Readonly<Record<string, TriedRow>> = {
  AU1: {
    "test/adapters/memory/account/passwords.test.ts": ["too_long", "too_short"],
    "test/http/routes/sessions.test.ts": '"\\u{1f511}".repeat(256)',
  },
  AU2: {
    [`${kit}/registration/password-text.ts`]: [
      "passwords: are those of a sign-up character for character",
      "passwords: are those of a change character for character",
    ],
  },
  AU3: {
    "test/domain/use-cases/compromised-passwords.test.ts": [
      "is refused at a sign-up, whether or not the name is taken",
      "is refused with a code, which lives on",
    ],
    "test/service/password-lists.test.ts":
      "are asked for elsewhere where no list at hand has them, and a failure is logged without them",
  },
  AU4: {
    [`${kit}/account/password-change.ts`]:
      "passwords: asks for the current password again before a change",
  },
  AU5: { "test/http/routes/fresh-sign-in.test.ts": "is not enough for %s" },
  AU6: {
    [`${kit}/account/password-reset.ts`]:
      "passwords: ask for the second factor after a reset as before",
  },
  AU7: {
    [`${kit}/registration/confirmation.ts`]: [
      "registration: spends the code on its use",
      "registration: refuses the code of another user",
    ],
    [`${kit}/account/password-reset.ts`]: [
      "passwords: spends the reset code on its use",
      "passwords: refuses the reset code of another user",
    ],
    "test/runtime/families/account.ts": "makes the code before worthless when another is asked for",
  },
  AU8: {
    untried:
      "codes live as long as Amazon Cognito's on every provider, an hour for a reset and a day for a sign-up; those of a sign-in live three minutes",
  },
  AU9: {
    [`${kit}/account/second-factors.ts`]: [
      "second factors: take a code of an app's for one sign-in",
      "concurrency: takes a code of an app's for one of many sign-ins at once",
    ],
  },
  AU10: {
    [`${kit}/sessions/sign-out.ts`]: [
      "sessions: kills the refresh token on sign-out",
      "sessions: kills the access tokens of the session on sign-out, for the provider's operations",
    ],
  },
  AU11: {
    [`${kit}/sessions/ended-sessions.ts`]: "passwords: ends every session of the user by a reset",
  },
  AU12: {
    [`${kit}/registration/account-states.ts`]: "sessions: refreshes nothing for a disabled account",
    [`${kit}/administration/account-control.ts`]: "administration: lets a disabled user do nothing",
  },
  AU13: {
    [`${kit}/sessions/refresh.ts`]: "sessions: tells that a refresh token was replaced before",
    "test/adapters/memory/tokens/refresh-sessions.test.ts":
      "takes a replaced token for stolen when its own grace is over, though a later one's is not",
  },
  AU14: {
    "test/adapters/cognito/pool-check/pool-check.test.ts": "sign-ins that last for years",
  },
  AU15: {
    [`${kit}/sign-in/challenge-cases.ts`]: [
      "is of no use to another user",
      "is asked for, and no other answer taken",
      "opens no session that was invented or altered",
    ],
  },
  AU16: { [cookies]: "is in cookies of the host alone elsewhere" },
  AU17: {
    [cookies]: [
      "begins with a sign-in, whose answer has no token",
      "shows nothing of its tokens in the cookies",
    ],
  },
  AU18: {
    [cookies]: "are nothing without the header",
    "test/runtime/families/browser-sessions.ts":
      "lets pages of a listed origin use a session's cookies, and no others",
  },
  AU19: { [cookies]: "has a new id with each sign-in, and the one before it ends" },
  AU20: {
    untried:
      "that an operation with GET changes nothing is seen in its route, which calls a use case that reads; nothing tells such a use case from another",
  },
  AU21: {
    untried:
      "one provider signs users in at a time, and principals are told apart by issuer and subject; nothing links accounts that could be tried",
  },
  AU22: {
    "test/adapters/memory/administration/administration.test.ts": [
      "invites them with a temporary password, which the first sign-in replaces",
      "gives no way around the temporary password",
    ],
  },

  E1: {
    "test/adapters/memory/disclosure.test.ts":
      "gets the same answers as one that nobody has to anything tried at random",
    [`${kit}/registration/disclosure.ts`]:
      "disclosure: answers wrong passwords and codes for a disabled user name as for an unknown one",
    "test/http/routes/passwords.test.ts": [
      "answers a confirmed user, an unconfirmed one and nobody alike",
      "answers a wrong code, no code and an unknown user alike",
    ],
  },
  E2: {
    "test/domain/use-cases/registration.test.ts":
      "answers for a name that is taken as for a free one, and records that it was taken",
  },
  E3: {
    [`${kit}/registration/sign-up.ts`]:
      "registration: refuses a weak password before it looks at whether the name is taken",
    "test/domain/use-cases/registration.test.ts":
      "refuses a weak password before anybody is asked whose name it is",
  },
  E4: {
    "test/adapters/cognito/sign-in/challenges.test.ts":
      "does not tell where a code went before the user has shown a factor",
  },
  E5: {
    "test/adapters/cognito/sign-in/unknown-users.test.ts":
      "takes as many calls to choose as a user does",
    "test/adapters/memory/account/passwords.test.ts":
      "is hashed for at sign-up as a name that is taken",
  },
  E6: {
    untried:
      "medians of real hashes are as good as the machine is quiet: that a hash is made for nobody as for somebody is counted, under E5",
  },
  E7: {
    [`${kit}/registration/disclosure.ts`]: [
      "disclosure: answers wrong passwords alike for every user name, past the limit",
      "disclosure: locks every user name for as long after wrong passwords",
    ],
    [limits]: "are thirty over any number of names, whether anybody has them or not",
  },
  E8: {
    "test/adapters/cognito/pool-check/pool-check.test.ts": "errors that tell who exists",
  },
  E9: {
    [`${kit}/sign-in/factor-choice.ts`]:
      "factor choice: offers an unknown user the same as a known one",
    "test/adapters/cognito/sign-in/unknown-users.test.ts":
      "is given the factors in the order that a user is given them in",
  },

  B1: {
    [limits]: "are thirty over any number of names, whether anybody has them or not",
    "test/service/attacks.test.ts":
      "one address that tries a password for 1,500 names gets thirty tries",
  },
  B2: {
    [limits]: [
      "are twenty for one name",
      "do not keep the owner out of where they signed in before",
    ],
    "test/service/attacks.test.ts": "wrong passwords from one address do not keep the owner out",
  },
  B3: {
    "test/http/request/caller-address.test.ts": [
      "whatever a peer of the internet says it forwards",
      "headers that came apart are read as one, the last one nearest",
    ],
  },
  B4: {
    [limits]: "are guessed ten times an hour for one name, and the right one is refused then",
    "test/runtime/shared-guesses.test.ts":
      "take five codes of a challenge in all, from any number of addresses",
  },
  B5: {
    "test/runtime/shared-guesses.test.ts":
      "look at no code while Redis is gone, and sign in with passwords all the same",
    "test/adapters/system/standby-rate-limiter.test.ts":
      "limits that it may not stand in for fail, alone and among others",
  },
  B6: {
    [limits]: "that are many at once do not get past each other",
    [`${kit}/sign-in/challenge-cases.ts`]: "concurrency: hears few wrong answers where",
  },
  B7: {
    "test/adapters/memory/limits/rate-limiter.test.ts":
      "a flood of other keys takes no memory beyond the bound, and no count of a guesser",
  },

  U1: { [hanging]: "cost few calls, no memory and no time of others" },
  U2: {
    [hanging]: "are answered again within ten seconds of an answer",
    "test/runtime/sick-upstream-suite.ts":
      "leaves a provider that keeps failing alone, and only in that, until it is well",
  },
};
