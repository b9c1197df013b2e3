import type { Clock, OutboxMessage } from "../../ports/index.ts";
import { sharedHashQueue } from "../shared/password-hashing.ts";
import type { Secrets } from "../shared/secrets.ts";
import type { DeliveryFailure } from "../shared/settings.ts";
import type { WorkQueue } from "../shared/work-queue.ts";

/** The lives of tokens, in seconds. */
export interface TokenLifetimes {
  /** Access and ID tokens. @default 3600 */
  readonly access: number;
  /** Counted from the sign-in: refreshing does not extend it. @default 2592000, which is 30 days */
  readonly refresh: number;
}

/**
 * The hash that passwords are kept as. The text that is given to be hashed is a password or, where NFKC makes another
 * text of it, the base64url of its UTF-8: so that it stays one of its own under hashes that normalise, as Better Auth's
 * does.
 */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
  verify(input: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

/** The options of the Better Auth identity provider. */
export interface BetterAuthIdentityProviderOptions {
  /**
   * The database that accounts are kept in: `file:` and a path for SQLite, or `postgres://…`. Tables are made where
   * they are missing.
   */
  readonly databaseUrl: string;
  /**
   * At least 32 characters that nobody can guess: keys, second factors and refresh tokens hang on it. Or several, the newest
   * first, while one takes the place of another: what an older one has encrypted is encrypted anew from the start on.
   */
  readonly secret: Secrets;
  /**
   * Sends a message, or throws where it cannot. Whatever a stranger can ask for is sent after the answer, within 15 s, and
   * `onDeliveryFailure` hears of it where that fails. A known caller who proves an address, and an administrator, wait for
   * 3 s at the most, and are told `delivery_failed`.
   */
  readonly sendMessage: (message: OutboxMessage) => void | Promise<void>;
  /** Hears of each message that could not be sent after the answer. @default nobody does */
  readonly onDeliveryFailure?: (failure: DeliveryFailure) => void;
  /** Keeps a request's end from ending the work that its answer did not wait for, where a runtime would. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /**
   * The time that a call may take, the database included, in milliseconds. Beyond it: `provider_timeout`. @default 4000
   */
  readonly timeoutMs?: number;
  /** The `iss` of its tokens. @default "https://better-auth.portico.invalid" */
  readonly issuer?: string;
  /** The one client that its tokens are for. @default "portico" */
  readonly clientId?: string;
  /** The groups that users can be put into: Better Auth's roles. @default none */
  readonly groups?: readonly string[];
  /** Whether a sign-up waits for an administrator in place of a code. @default false */
  readonly signUpApproval?: boolean;
  /**
   * Whether an account is locked after wrong passwords, for its owner as well. Without it whoever calls has to limit guesses,
   * and can tell who they come from. @default true
   */
  readonly passwordLockout?: boolean;
  /** The time that security events are kept which it records, in days; 0 keeps none. @default 90 */
  readonly eventRetentionDays?: number;
  /** Hears how many of them were lost, as the database took none. @default nobody does */
  readonly onLostEvents?: (count: number) => void;
  readonly tokenSeconds?: Partial<TokenLifetimes>;
  /** @default Better Auth's own, which is scrypt */
  readonly passwordHashing?: PasswordHashing;
  /**
   * The line that hashes wait in, from `createHashQueue`, so that tokens are issued however many passwords are tried.
   *
   * @default one that all providers of this process share
   */
  readonly hashQueue?: WorkQueue;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/** The options with every default filled in. */
export interface BetterAuthSettings
  extends Required<
    Omit<BetterAuthIdentityProviderOptions, "tokenSeconds" | "passwordHashing" | "waitUntil">
  > {
  readonly tokenSeconds: TokenLifetimes;
  readonly passwordHashing: PasswordHashing | undefined;
  readonly waitUntil: BetterAuthIdentityProviderOptions["waitUntil"];
}

/** Fills in the defaults. */
export function settingsOf(options: BetterAuthIdentityProviderOptions): BetterAuthSettings {
  return {
    clock: Date,
    issuer: "https://better-auth.portico.invalid",
    clientId: "portico",
    groups: [],
    signUpApproval: false,
    passwordLockout: true,
    timeoutMs: 4000,
    onDeliveryFailure: () => undefined,
    eventRetentionDays: 90,
    onLostEvents: () => undefined,
    waitUntil: undefined,
    hashQueue: sharedHashQueue(),
    ...options,
    tokenSeconds: { access: 3600, refresh: 30 * 24 * 3600, ...options.tokenSeconds },
    passwordHashing: options.passwordHashing,
  };
}
