/**
 * The tests of something that several source files do together, by their paths in `test/`, and what that is. All others
 * are named as the file or folder that they test. A folder, with a slash at its end, stands for all tests in it.
 */
export const behaviours: Readonly<Record<string, string>> = {
  "client/size.test.ts": "the size of what a page loads of the client",
  "client/documentation.test.ts": "the page on the client",
  "elements/size.test.ts": "the bytes that a page loads for the elements",
  "http/session/documentation.test.ts": "the page on sessions in cookies",
  "http/session/browser-sessions.test.ts":
    "sessions whose tokens a browser keeps in cookies, from the sign-in to the sign-out",
  "http/openapi/changes.test.ts":
    "the checker of changes of the document, on documents that break each of its rules",
  "http/openapi/released.test.ts": "the document, held against those that were released",
  "http/routes/capabilities-of-better-auth.test.ts":
    "all that the service says of itself on Better Auth, held against what it does",
  "http/routes/capabilities-of-pools.test.ts":
    "all that the service says of user pools, held against what it does",

  "adapters/silent-back-ends.test.ts": "back ends that take a call and never answer",

  "adapters/better-auth/account/former-address.test.ts":
    "codes that went to an address before it was changed",
  "adapters/better-auth/database/processes.test.ts": "processes that share one database",
  "adapters/better-auth/database/restart.test.ts": "a restart, and what outlives it",
  "adapters/better-auth/deadline.test.ts": "a database that stops while it is called",
  "adapters/better-auth/growth.test.ts":
    "calls that cost as much with very many users and sessions",
  "adapters/better-auth/messages/delivery-log.test.ts":
    "what a service logs of a message that was not sent",
  "adapters/better-auth/rotated-secrets.test.ts": "secrets that take each other's place",
  "adapters/better-auth/sign-in/challenges.test.ts": "challenges, from the sign-in to the tokens",
  "adapters/better-auth/stores/address-limits.test.ts": "messages to addresses that are others'",
  "adapters/better-auth/stores/password-forms.test.ts":
    "passwords in forms that Unicode holds to be alike",
  "adapters/better-auth/unknown-users.test.ts": "rows that a stranger can fill the database with",

  "adapters/cloudflare/revocation-lists.test.ts": "the lists of both of Cloudflare's stores",

  "adapters/cognito/answers/unusable-answers.test.ts": "answers of Cognito's that nobody can use",
  "adapters/cognito/errors/wordings.test.ts": "errors that Cognito tells apart by their text alone",
  "adapters/cognito/regressions.test.ts":
    "faults of other clients of Cognito, each with its report",
  "adapters/cognito/rotated-secrets.test.ts": "secrets that take each other's place",
  "adapters/cognito/sign-in/challenges.test.ts":
    "challenges, from Cognito's question to the answer it takes",
  "adapters/cognito/sign-in/email-set-up.test.ts": "an address that is set up within a sign-in",
  "adapters/cognito/sign-in/factor-choice.test.ts":
    "a choice of factors that does not tell who exists",
  "adapters/cognito/sign-in/sign-in-flows.test.ts":
    "the flows of Cognito by which a sign-in is begun",
  "adapters/cognito/strict-server.test.ts": "the adapter on the strict server",
  "adapters/cognito/wire/client-metadata.test.ts": "the operations that client metadata reaches",
  "adapters/cognito/upstream/shares.test.ts":
    "the part of a category's turns that one caller can have",
  "adapters/cognito/wire/upstream-faults.test.ts":
    "faults of Cognito's, for each method of the port",

  "adapters/jwt/claims/issuer-claims.test.ts": "claims of an issuer's own, up to the principal",
  "adapters/jwt/dpop/bound-tokens.test.ts":
    "bound tokens, from the options of a verifier to the replay store",
  "adapters/jwt/dpop/proofs.test.ts": "proofs, as they are read and as their claims are checked",
  "adapters/jwt/format/token-reader-bounds.test.ts": "the memory that a hostile token costs",
  "adapters/jwt/keys/key-ages.test.ts": "when keys are fetched anew",
  "adapters/jwt/revocations/long-list.test.ts": "a long list over a slow link",
  "adapters/jwt/revocations/overfull-copy.test.ts": "a copy that has no room for all of a list",
  "adapters/jwt/verification/properties.test.ts": "what holds for any token at all, by random ones",
  "adapters/jwt/verification/rejection-reasons.test.ts":
    "reasons, from the check up to the log of an API",
  "adapters/jwt/verification/token-cache.test.ts": "tokens that are kept, whatever ends them",

  "adapters/ldap/hostile-directory.test.ts": "directories that lie, hang, or send noise",

  "adapters/memory/disclosure.test.ts": "answers that do not tell who exists",
  "adapters/memory/limits/address-limits.test.ts": "messages to addresses that are others'",
  "adapters/memory/races.test.ts": "calls at the same time",
  "adapters/memory/sign-in/challenge-races.test.ts": "answers to one challenge at the same time",
  "adapters/memory/sign-in/challenges.test.ts": "challenges, from the sign-in to the tokens",
  "adapters/memory/sign-in/session-list.test.ts": "sessions as their user sees them",
  "adapters/memory/sign-in/sign-in-factors.test.ts": "sign-ins that begin without a password",
  "adapters/memory/store/memory-bounds.test.ts": "floods of names that nobody has",
  "adapters/memory/store/memory-budget.test.ts": "the memory that users cost",

  "adapters/redis/long-list.test.ts": "a long list in Redis, over links of any width",
  "adapters/redis/lost-entries.test.ts": "a Redis that comes back empty",

  "http/bearer/bearer-handler.test.ts": "handlers behind the guard, and their types",
  "http/bearer/dpop.test.ts": "the cases of proofs, for each way to protect an API",
  "http/bearer/keycloak.test.ts": "an API of another provider's users",
  "http/bearer/optional-token.test.ts": "APIs that take requests with and without a token",
  "http/routes/challenges.test.ts": "challenges on the wire, from the sign-in to the tokens",
  "http/routes/ended-sessions.test.ts": "sessions that end with a password",
  "http/routes/fresh-sign-in.test.ts": "operations that ask for a sign-in of not long ago",
  "http/routes/introspection.test.ts": "introspection, as a resource server asks for it",
  "http/routes/mfa-setup.test.ts": "a second factor that is set up within a sign-in",
  "http/routes/revocation-clocks.test.ts": "revocations between clocks that are apart",
  "http/routes/revocation-times.test.ts": "how long revocations are kept",
  "http/routes/revocation-writers.test.ts": "all that ends access tokens before their time",
  "http/routes/revocations.test.ts": "access tokens after a sign-out",
  "http/routes/session-list.test.ts": "sessions as their user sees them",
  "http/routes/token-revocation.test.ts": "revocation, as a client asks for it",

  "service/attacks.test.ts": "guesses at passwords, as attackers and owners meet them",

  "testing/cognito-server/":
    "what a client of Amazon Cognito sees: named by operations and features",
  "testing/identity-provider/needs.test.ts": "the capabilities that each case says it needs",
};
