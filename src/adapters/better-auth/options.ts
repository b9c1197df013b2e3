import type { Clock, OutboxMessage } from "../../ports/index.ts";

/** How long tokens live, in seconds. */
export interface TokenLifetimes {
  /** Access and ID tokens. @default 3600 */
  readonly access: number;
  /** Counted from the sign-in: refreshing does not extend it. @default 2592000, which is 30 days */
  readonly refresh: number;
}

/**
 * How passwords are hashed. What is given to be hashed is a password or, where NFKC makes another text of it, the
 * base64url of its UTF-8: so that it stays one of its own under hashes that normalise, as Better Auth's does.
 */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  verify(input: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

/** What the Better Auth identity provider can be told. */
export interface BetterAuthIdentityProviderOptions {
  /** Where accounts are kept: `file:` and a path for SQLite, or `postgres://…`. Tables are made where they are missing. */
  readonly databaseUrl: string;
  /** At least 32 characters that nobody can guess: keys, second factors and refresh tokens hang on it. */
  readonly secret: string;
  /**
   * Sends a message, or throws where it cannot: the caller is then told `delivery_failed`. Best hands it to a queue:
   * the caller waits, and only where there is someone to write to.
   */
  readonly sendMessage: (message: OutboxMessage) => void | Promise<void>;
  /** The `iss` of its tokens. @default "https://better-auth.portico.invalid" */
  readonly issuer?: string;
  /** The one client that its tokens are for. @default "portico" */
  readonly clientId?: string;
  /** The groups that users can be put into: Better Auth's roles. @default none */
  readonly groups?: readonly string[];
  /** Whether a sign-up waits for an administrator in place of a code. @default false */
  readonly signUpApproval?: boolean;
  readonly tokenSeconds?: Partial<TokenLifetimes>;
  /** @default Better Auth's own, which is scrypt */
  readonly passwordHashing?: PasswordHashing;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** The options with every default filled in. */
export interface Settings
  extends Required<Omit<BetterAuthIdentityProviderOptions, "tokenSeconds" | "passwordHashing">> {
  readonly tokenSeconds: TokenLifetimes;
  readonly passwordHashing: PasswordHashing | undefined;
}

/** Fills in the defaults. */
export function settingsOf(options: BetterAuthIdentityProviderOptions): Settings {
  return {
    clock: Date,
    issuer: "https://better-auth.portico.invalid",
    clientId: "portico",
    groups: [],
    signUpApproval: false,
    ...options,
    tokenSeconds: { access: 3600, refresh: 30 * 24 * 3600, ...options.tokenSeconds },
    passwordHashing: options.passwordHashing,
  };
}
