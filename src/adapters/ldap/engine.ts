import { IdentityError } from "../../domain/errors.ts";
import type { UserPrincipal } from "../../domain/principal.ts";
import type { TokenSet } from "../../domain/session.ts";
import type { Clock, KeySet, RevocationList } from "../../ports/index.ts";
import { createJweSeal } from "../jwe/index.ts";
import { createJwtVerifier } from "../jwt/index.ts";
import { createGuesses, type WhileGuessesLast } from "../shared/limits/guesses.ts";
import { createDerivedKeys, derivedAlgorithm } from "../shared/tokens/derived-keys.ts";
import {
  createSealedSessions,
  type SealedSession,
  type SealedSessions,
} from "../shared/tokens/sealed-sessions.ts";
import { issueUserTokens } from "../shared/tokens/user-tokens.ts";
import { createDirectory, type Directory } from "./directory.ts";
import type { Person } from "./entries.ts";
import { foldName } from "./filters.ts";
import type { DirectorySettings } from "./settings.ts";

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

/** Everything that the facets of the port work with. */
export interface Engine {
  readonly settings: DirectorySettings;
  readonly directory: Directory;
  readonly sessions: SealedSessions;
  readonly keys: KeySet;
  readonly whileGuessesLast: WhileGuessesLast;
  /** Issues the tokens of a session, of a user as the directory has them now. */
  issue(person: Person, session: SealedSession): Promise<TokenSet>;
  /**
   * Gives the user whom an access token speaks for.
   *
   * @throws {IdentityError} `token_revoked` — the session has ended, or the user is gone or disabled
   * @throws {IdentityError} `invalid_token` `token_expired` — as `TokenVerifier.verify`
   */
  byToken(accessToken: string): Promise<Person>;
}

/** Makes the engine. Nothing is asked of the directory yet. */
export function createEngine(options: LdapIdentityProviderOptions): Engine {
  const { clock, issuer, clientId, accessSeconds, secrets, passwordLockout } = options;
  const { isRevoked } = options.revocations;
  const { keys, sign } = createDerivedKeys(secrets, "ldap_signing_key");
  const directory = createDirectory(options.directory, clock);
  const guessing = createGuesses(clock);
  const verifier = createJwtVerifier({
    ...{ issuer, clientIds: [clientId], keys, clock, algorithms: [derivedAlgorithm] },
    isRevoked: (principal) => principal.kind === "user" && isRevoked(principal),
  });
  return {
    settings: options.directory,
    directory,
    sessions: createSealedSessions({ ...options, seal: createJweSeal({ secrets }), isRevoked }),
    keys,
    whileGuessesLast: (name, work) => (passwordLockout ? guessing(foldName(name), work) : work()),

    async issue(person, session) {
      const groups = await directory.groupsOf(person);
      const terms = { clock, issuer, clientId, accessSeconds, sign };
      return issueUserTokens(terms, { ...person, ...session, groups, sessionId: session.id });
    },

    async byToken(accessToken) {
      const { subject } = await verifier.verify(accessToken);
      const person = await directory.bySubject(subject);
      if (!person?.isEnabled) throw new IdentityError("token_revoked", { rejection: "revoked" });
      return person;
    },
  };
}
