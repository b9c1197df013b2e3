import type { MfaMethod, SignInFactor } from "../../../domain/challenge.ts";
import type { Clock, OutboxMessage } from "../../../ports/index.ts";
import type { PasskeyVerifier } from "../../shared/passkey-verifier.ts";
import type { RandomBytes } from "../../shared/random.ts";
import type { WorkQueue } from "../../shared/work-queue.ts";
import type { PasswordPolicy } from "../credentials/password-policy.ts";
import type { SigningKeySource } from "../credentials/signing-keys.ts";
import type { CustomChallenge } from "./custom-challenge.ts";

/** The attributes that a code can be sent to. */
export const contacts = ["email", "phone_number"] as const;
export type Contact = (typeof contacts)[number];

/**
 * The kinds of name that users sign up under. `email`: an e-mail address, which becomes the `email` attribute; the
 * account's user name is then its subject, and either signs in. `phone_number`: a telephone number, alike;
 * `email_or_phone_number`: one of the two, as each user likes. `username`: a plain name. `alias`: a plain name, and the
 * aliases sign in as well.
 */
export type SignInModel = "email" | "phone_number" | "email_or_phone_number" | "username" | "alias";

/**
 * An attribute that signs in besides the user name: an address once it was proven, a preferred user name as soon as it
 * is set, which cannot be before the sign-up is confirmed. No two users have the same.
 */
export type Alias = Contact | "preferred_username";

/** The lives of tokens, in seconds. */
export interface TokenLifetimes {
  /** @default 3600 */
  readonly access: number;
  /** @default 3600 */
  readonly id: number;
  /** Counted from the sign-in: refreshing does not extend it. @default 2592000, which is 30 days */
  readonly refresh: number;
}

/** The lives of codes, in seconds. Those of a sign-in live as long as its challenge. */
export interface CodeLifetimes {
  /** @default 86400 */
  readonly signUpConfirmation: number;
  /** @default 3600 */
  readonly passwordReset: number;
  /** @default 86400 */
  readonly attributeVerification: number;
}

/**
 * The number of times that things may be tried for one account. The defaults are Amazon Cognito's, where it documents
 * one.
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
  /** Codes asked for to prove an address, by a change to a new one too. @default 5 */
  readonly verificationsPerHour: number;
  /** Such codes, and those that set up a second factor, sent to one address that was not proven, whichever accounts ask. @default 5 */
  readonly unprovenAddressesPerHour: number;
  /** Addresses tried to be proven with wrong codes. @default 15 */
  readonly provingsPerHour: number;
  /** Codes asked for to sign in with. @default 20 */
  readonly signInCodesPerHour: number;
}

/** Replaces the refresh token on every refresh. */
export interface RefreshRotation {
  /**
   * The time that a replaced token still gives its replacement, in seconds; after that it ends the session. Amazon
   * Cognito allows 0 to 60.
   */
  readonly graceSeconds: number;
}

/** A group that users can be put into. */
export interface GroupOptions {
  readonly name: string;
  /** Groups with the lower numbers come first in tokens; those without come last. */
  readonly precedence?: number;
  /** A role elsewhere, such as an IAM role's ARN, that the ID tokens of the group's members name. */
  readonly role?: string;
  /** User names that are put into it as they sign up. Those need nobody's approval. @default none */
  readonly members?: readonly string[];
}

/** The options of the in-memory identity provider. */
export interface MemoryIdentityProviderOptions {
  /** @default the system's clock */
  readonly clock?: Clock;
  /** The source of ids, salts, codes and refresh tokens. @default WebCrypto's `getRandomValues` */
  readonly randomBytes?: RandomBytes;
  /** The `iss` of its tokens. @default "https://memory.portico.invalid" */
  readonly issuer?: string;
  /** The client that its tokens are for. @default "portico_memory" */
  readonly clientId?: string;
  /** @default "email" */
  readonly signInModel?: SignInModel;
  /** The attributes that sign in besides the user name, with `alias`. @default ["email", "phone_number"] */
  readonly aliases?: readonly Alias[];
  /** Whether `Ada` and `ada` are two users. @default false, as in pools made in Amazon Cognito's console */
  readonly caseSensitive?: boolean;
  /** @default eight characters, with upper and lower case, a digit and a symbol: Amazon Cognito's default */
  readonly passwordPolicy?: Partial<PasswordPolicy>;
  /**
   * The number of passwords, the current one included, that cannot be set again. Amazon Cognito allows 0 to 24.
   * @default 0
   */
  readonly passwordHistory?: number;
  /** The time that a temporary password can be signed in with, in seconds. @default 604800, which is 7 days */
  readonly temporaryPasswordSeconds?: number;
  /** Attributes that no account may be without, once its user could give them. @default none */
  readonly requiredAttributes?: readonly string[];
  /**
   * Whether names that begin with `dev:custom:` are attributes too. Whoever calls sees to it that only administrators set
   * those.
   *
   * @default false
   */
  readonly developerAttributes?: boolean;
  /** Confirms accounts as they are made and takes their addresses as proven: no code is sent. @default false */
  readonly autoConfirm?: boolean;
  /** Lets every sign-up wait for an administrator, and sends no code. @default false */
  readonly signUpApproval?: boolean;
  /** Whether users can sign themselves up. @default true */
  readonly allowSignUp?: boolean;
  /**
   * The addresses that a code is sent to unasked: when they are changed, and at sign-up to the first of them, of which
   * the telephone comes first.
   *
   * @default both when they are changed, and at sign-up the one that stands for the user name, or else both
   */
  readonly autoVerified?: readonly Contact[] | undefined;
  /** Lets a new address count only once it was proven, or just some kinds of addresses. @default true */
  readonly verifyBeforeUpdate?: boolean | readonly Contact[];
  /**
   * Where codes to set a new password with go, the preferred one first: never to an address that codes of the user's
   * second factor go to, or one of the two would do for both.
   *
   * @default ["phone_number", "email"]
   */
  readonly recovery?: readonly Contact[];
  /** Most users that there can be: one more is refused with an error that says so. @default 100000 */
  readonly maxUsers?: number;
  /** Whether users can have a second factor, or must. @default "optional" */
  readonly mfa?: "off" | "optional" | "required";
  /** The second factors that there are. @default all */
  readonly mfaMethods?: readonly MfaMethod[];
  /** The factors that a sign-in can begin with, besides a passkey and a custom challenge. @default all */
  readonly signInFactors?: readonly Exclude<SignInFactor, "passkey" | "custom">[];
  /**
   * Lets users register passkeys and sign in with them: see `portico/webauthn`.
   *
   * @default none, and `not_supported`
   */
  readonly passkeys?: PasskeyVerifier | undefined;
  /** Challenges of the operator's own. @default none */
  readonly customChallenge?: CustomChallenge | undefined;
  /** The time that a challenge can be answered in, in seconds. Amazon Cognito allows 3 to 15 minutes. @default 180 */
  readonly challengeSeconds?: number;
  /** Groups that are there from the start. @default none */
  readonly groups?: readonly GroupOptions[];
  readonly tokenSeconds?: Partial<TokenLifetimes>;
  /** @default no rotation: a refresh token stays good for its life */
  readonly refreshRotation?: RefreshRotation | undefined;
  readonly codeSeconds?: Partial<CodeLifetimes>;
  readonly limits?: Partial<AttemptLimits>;
  /**
   * Whether an account is locked after wrong passwords, for its owner as well. Without it whoever calls has to limit guesses,
   * and can tell who they come from. @default true
   */
  readonly passwordLockout?: boolean;
  /**
   * The keys to sign with until they are rotated, from `createSigningKeys`. Whoever has a token of one provider then has
   * one that is well signed for all that share them, so each needs an issuer of its own where that matters.
   *
   * @default keys of its own
   */
  readonly signingKeys?: SigningKeySource | undefined;
  /**
   * Rounds of PBKDF2-HMAC-SHA-512 for a password. OWASP asks for 210,000, but Cloudflare Workers refuse more than
   * 100,000. Tests turn it down.
   *
   * @default 100000
   */
  readonly hashIterations?: number;
  /**
   * The line that hashes wait in, from `createHashQueue`, so that tokens are issued however many passwords are tried.
   *
   * @default one that all providers of this process share
   */
  readonly hashQueue?: WorkQueue;
  /** Sends a message in earnest, or shows it: the outbox keeps it either way. What it throws is `delivery_failed`. */
  readonly onMessage?: (message: OutboxMessage) => void;
  /**
   * Awaited between each read and the write that depends on it. A test that lets others run there, in any order, sees
   * the races that are left: see `createInterleaving`.
   *
   * @default a resolved promise
   */
  readonly pause?: () => Promise<void>;
}
