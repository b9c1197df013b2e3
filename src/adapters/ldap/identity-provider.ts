import type { Capability } from "../../domain/capabilities.ts";
import { checkNewPassword } from "../../domain/credentials.ts";
import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import type { UserPrincipal } from "../../domain/principal.ts";
import type { TokenSet } from "../../domain/session.ts";
import type { Clock, IdentityProvider, KeySet, RevocationList } from "../../ports/index.ts";
import { createJweSeal } from "../jwe/index.ts";
import { createJwtVerifier } from "../jwt/index.ts";
import { readCursor, unknownCursor, writeCursor } from "../shared/cursor.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { createGuesses } from "../shared/limits/guesses.ts";
import { completeIdentityProvider } from "../shared/not-supported.ts";
import { createDerivedKeys, derivedAlgorithm } from "../shared/tokens/derived-keys.ts";
import { createSealedSessions, type SealedSession } from "../shared/tokens/sealed-sessions.ts";
import { issueUserTokens } from "../shared/tokens/user-tokens.ts";
import { createDirectory } from "./directory.ts";
import type { Person } from "./entries.ts";
import { translate } from "./errors.ts";
import { foldName } from "./filters.ts";
import type { DirectorySettings } from "./settings.ts";
import { listUsers, recordOf } from "./users.ts";

/** The options of the LDAP identity provider. */
export interface LdapIdentityProviderOptions {
  readonly directory: DirectorySettings;
  /** At least 32 characters each, the newest first: the keys of its tokens follow from them. */
  readonly secrets: readonly string[];
  readonly issuer: string;
  readonly clientId: string;
  /** The life of access and ID tokens, in seconds. */
  readonly accessSeconds: number;
  /** The life of a refresh token, in seconds, counted from the sign-in. */
  readonly sessionSeconds: number;
  /** Whether a name is locked here after wrong passwords, for its owner as well. */
  readonly passwordLockout: boolean;
  readonly clock: Clock;
  /** Tells which sessions have ended, and is told. */
  readonly revocations: Pick<RevocationList, "add"> & {
    isRevoked(principal: UserPrincipal): boolean | Promise<boolean>;
  };
}

/** The identity provider over a directory, and what else there is to have of it. */
export interface LdapIdentityProvider {
  readonly identity: IdentityProvider;
  readonly keys: KeySet;
  /** Ends well where the directory answers. */
  check(): Promise<void>;
  /** Ends the connections that are kept. */
  close(): void;
}

/** A sign-in that failed is told no earlier than so many milliseconds after it began: no sooner of a name that nobody has. */
const failureMs = 250;

/** Makes an identity provider over a directory: it keeps the users and their passwords, and tokens are ours. */
export function createLdapIdentityProvider(
  options: LdapIdentityProviderOptions,
): LdapIdentityProvider {
  const { clock, issuer, clientId, accessSeconds, revocations } = options;
  const { isRevoked } = revocations;
  const { keys, sign } = createDerivedKeys(options.secrets, "ldap_signing_key");
  const seal = createJweSeal({ secrets: options.secrets });
  const sessions = createSealedSessions({ ...options, seal, isRevoked });
  const directory = createDirectory(options.directory, clock);
  const guessing = createGuesses(clock);
  const whileGuessesLast: typeof guessing = (name, work) =>
    options.passwordLockout ? guessing(foldName(name), work) : work();
  const verifier = createJwtVerifier({
    ...{ issuer, clientIds: [clientId], keys, clock, algorithms: [derivedAlgorithm] },
    isRevoked: (principal) => principal.kind === "user" && isRevoked(principal),
  });

  async function issue(person: Person, session: SealedSession): Promise<TokenSet> {
    const groups = await directory.groupsOf(person);
    const terms = { clock, issuer, clientId, accessSeconds, sign };
    return issueUserTokens(terms, { ...person, ...session, groups, sessionId: session.id });
  }

  async function authenticate(username: string, password: string): Promise<Person> {
    const began = performance.now();
    try {
      const person = await directory.byName(username);
      await directory.authenticate(person, password);
      if (!person) throw new IdentityError("invalid_credentials");
      return person;
    } catch (error) {
      const left = Math.max(0, began + failureMs - performance.now());
      if (isIdentityError(error, "invalid_credentials"))
        await new Promise((resolve) => setTimeout(resolve, left));
      throw error;
    }
  }

  async function byToken(accessToken: string): Promise<Person> {
    const { subject } = await verifier.verify(accessToken);
    const person = await directory.bySubject(subject);
    if (!person?.isEnabled) throw new IdentityError("token_revoked", { rejection: "revoked" });
    return person;
  }

  /** Bounds a call as a whole, which asks the directory up to three times. */
  const timed =
    <Input, Output>(call: (input: Input) => Promise<Output>) =>
    (input: Input): Promise<Output> =>
      withinDeadline(call(input), options.directory.timeoutMs).catch((error: unknown) => {
        throw translate(error);
      });

  async function named({ username }: { readonly username: string }): Promise<Person> {
    const person = await directory.byName(username);
    if (!person) throw new IdentityError("user_not_found");
    return person;
  }

  const capabilities = new Set<Capability>([
    "sign_out",
    "sign_out_everywhere",
    "profile_reading",
    "user_listing",
  ]);
  if (options.directory.passwordChange !== "none") capabilities.add("password_change");

  const identity = completeIdentityProvider({
    capabilities,
    clock,

    signIn: timed(async ({ username, password, factor = "password" }) => {
      if (factor !== "password" || password === undefined) throw new IdentityError("not_supported");
      const person = await whileGuessesLast(username, () => authenticate(username, password));
      if (!person.isEnabled) throw new IdentityError("user_disabled");
      const { refreshToken, ...session } = await sessions.begin(
        person.subject,
        person.passwordMark,
      );
      return { status: "signed_in", tokens: { ...(await issue(person, session)), refreshToken } };
    }),

    refresh: timed(async ({ refreshToken }) => {
      const session = await sessions.find(refreshToken);
      const person = session && (await directory.bySubject(session.subject));
      if (!session || !person?.isEnabled || person.passwordMark !== session.mark)
        throw new IdentityError("invalid_refresh_token");
      const tokens = await issue(person, session);
      // It may have ended while the directory was asked.
      if (!(await sessions.find(refreshToken))) throw new IdentityError("invalid_refresh_token");
      return tokens;
    }),

    signOut: ({ refreshToken }) => sessions.end(refreshToken),
    signOutEverywhere: timed(async ({ accessToken }) =>
      sessions.endAll((await byToken(accessToken)).subject),
    ),

    ...(capabilities.has("password_change") && {
      changePassword: timed(async ({ accessToken, currentPassword, newPassword }) => {
        const person = await byToken(accessToken);
        const { subject } = person;
        checkNewPassword(newPassword, "newPassword");
        await whileGuessesLast(`change ${subject}`, () =>
          directory.changePassword(person, currentPassword, newPassword),
        );
        // The password is new all the same.
        return sessions.endAll(subject).then(
          () => ({ ended: "all", subject }) as const,
          (error: unknown) => ({ ended: "none", code: translate(error).code }) as const,
        );
      }),
    }),

    getProfile: timed(async ({ accessToken }) => {
      const { subject, username, attributes } = await byToken(accessToken);
      return { subject, username, attributes };
    }),

    listUsers: (input) => listUsers(directory, options.directory, input),
    getUser: async (input) => recordOf(await named(input)),
    signOutUser: timed(async (input) => sessions.endAll((await named(input)).subject)),
    listUserGroups: timed(async ({ cursor, limit, ...input }) => {
      const [after = ""] = cursor === undefined ? [] : readCursor(cursor);
      if (typeof after !== "string") throw unknownCursor();
      const left = (await directory.groupsOf(await named(input))).filter((name) => name > after);
      const items = left.slice(0, limit);
      return { items, ...(left.length > limit && { cursor: writeCursor([items.at(-1)]) }) };
    }),
  });
  return { identity, keys, check: directory.check, close: directory.close };
}
