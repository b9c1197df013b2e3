import type { Clock, OutboxMessage } from "../../ports/index.ts";
import type { PasswordPolicy } from "./password-policy.ts";
import type { RandomBytes } from "./random.ts";

/**
 * What users sign up under. `email`: an e-mail address, which becomes the `email` attribute; the account's user name is
 * then its subject, and either signs in. `username`: a plain name.
 */
export type SignInModel = "email" | "username";

/** How long tokens live, in seconds. */
export interface TokenLifetimes {
  /** @default 3600 */
  readonly access: number;
  /** @default 3600 */
  readonly id: number;
  /** Counted from the sign-in: refreshing does not extend it. @default 2592000, which is 30 days */
  readonly refresh: number;
}

/** How long codes live, in seconds. */
export interface CodeLifetimes {
  /** @default 86400 */
  readonly signUpConfirmation: number;
  /** @default 3600 */
  readonly passwordReset: number;
}

/**
 * How often things may be tried for one account. The defaults are Amazon Cognito's, where it documents one.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export interface AttemptLimits {
  /** Wrong codes before not even the right one is taken, and a new one must be asked for. @default 5 */
  readonly wrongTriesPerCode: number;
  /** Confirmations tried with wrong codes. @default 15 */
  readonly confirmationsPerHour: number;
  /** @default 5 */
  readonly resendsPerHour: number;
  /** Resets asked for and resets tried with wrong codes, together. @default 20 */
  readonly recoveriesPerHour: number;
  /** @default 5 */
  readonly passwordChangesPerHour: number;
}

/** Replaces the refresh token on every refresh. */
export interface RefreshRotation {
  /**
   * How long a replaced token still gives its replacement, in seconds; after that it ends the session. Amazon Cognito
   * allows 0 to 60.
   */
  readonly graceSeconds: number;
}

/** What the in-memory identity provider can be told. */
export interface MemoryIdentityProviderOptions {
  /** @default the system's clock */
  readonly clock?: Clock;
  /** Where ids, salts, codes and refresh tokens come from. @default WebCrypto's `getRandomValues` */
  readonly randomBytes?: RandomBytes;
  /** The `iss` of its tokens. @default "https://memory.portico.invalid" */
  readonly issuer?: string;
  /** The one client that its tokens are for. @default "portico_memory" */
  readonly clientId?: string;
  /** @default "email" */
  readonly signInModel?: SignInModel;
  /** Whether `Ada` and `ada` are two users. @default false, as in pools made in Amazon Cognito's console */
  readonly caseSensitive?: boolean;
  /** @default eight characters, with upper and lower case, a digit and a symbol: Amazon Cognito's default */
  readonly passwordPolicy?: Partial<PasswordPolicy>;
  /** Confirms accounts as they are made and takes their addresses as proven: no code is sent. @default false */
  readonly autoConfirm?: boolean;
  readonly tokenSeconds?: Partial<TokenLifetimes>;
  /** @default no rotation: a refresh token stays good for its life */
  readonly refreshRotation?: RefreshRotation;
  readonly codeSeconds?: Partial<CodeLifetimes>;
  readonly limits?: Partial<AttemptLimits>;
  /**
   * Rounds of PBKDF2-HMAC-SHA-512 for a password. OWASP asks for 210,000, but Cloudflare Workers refuse more than
   * 100,000. Tests turn it down.
   *
   * @default 100000
   */
  readonly hashIterations?: number;
  /** Sends a message in earnest, or shows it: the outbox keeps it either way. What it throws is `delivery_failed`. */
  readonly onMessage?: (message: OutboxMessage) => void;
  /**
   * Awaited between each read and the write that depends on it. A test that lets others run there, in any order, sees
   * the races that are left.
   *
   * @default a resolved promise
   */
  readonly pause?: () => Promise<void>;
}

type NestedOption =
  | "passwordPolicy"
  | "tokenSeconds"
  | "refreshRotation"
  | "codeSeconds"
  | "limits";

/** The options with every default filled in. */
export interface Settings extends Required<Omit<MemoryIdentityProviderOptions, NestedOption>> {
  readonly passwordPolicy: PasswordPolicy;
  readonly tokenSeconds: TokenLifetimes;
  readonly refreshRotation: RefreshRotation | undefined;
  readonly codeSeconds: CodeLifetimes;
  readonly limits: AttemptLimits;
}

/** Fills in the defaults. */
export function settingsOf(options: MemoryIdentityProviderOptions): Settings {
  return {
    clock: options.clock ?? Date,
    randomBytes:
      options.randomBytes ?? ((length) => crypto.getRandomValues(new Uint8Array(length))),
    issuer: options.issuer ?? "https://memory.portico.invalid",
    clientId: options.clientId ?? "portico_memory",
    signInModel: options.signInModel ?? "email",
    caseSensitive: options.caseSensitive ?? false,
    passwordPolicy: { ...defaultPasswordPolicy, ...options.passwordPolicy },
    autoConfirm: options.autoConfirm ?? false,
    tokenSeconds: { access: 3600, id: 3600, refresh: 30 * 24 * 3600, ...options.tokenSeconds },
    refreshRotation: options.refreshRotation,
    codeSeconds: { signUpConfirmation: 24 * 3600, passwordReset: 3600, ...options.codeSeconds },
    limits: { ...defaultLimits, ...options.limits },
    hashIterations: options.hashIterations ?? 100_000,
    onMessage: options.onMessage ?? (() => undefined),
    pause: options.pause ?? (() => Promise.resolve()),
  };
}

const defaultPasswordPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireDigit: true,
  requireSymbol: true,
};

const defaultLimits: AttemptLimits = {
  wrongTriesPerCode: 5,
  confirmationsPerHour: 15,
  resendsPerHour: 5,
  recoveriesPerHour: 20,
  passwordChangesPerHour: 5,
};
