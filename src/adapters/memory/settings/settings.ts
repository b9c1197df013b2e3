import { mfaMethods } from "../../../domain/challenge.ts";
import { sharedHashQueue } from "../../shared/password-hashing.ts";
import type { WorkQueue } from "../../shared/work-queue.ts";
import type { PasswordPolicy } from "../credentials/password-policy.ts";
import type {
  AttemptLimits,
  CodeLifetimes,
  MemoryIdentityProviderOptions,
  RefreshRotation,
  TokenLifetimes,
} from "./options.ts";

type NestedOption =
  | "passwordPolicy"
  | "tokenSeconds"
  | "refreshRotation"
  | "codeSeconds"
  | "limits"
  | "customChallenge"
  | "passkeys"
  | "autoVerified"
  | "signingKeys"
  | "hashQueue";

/** The options with every default filled in. */
export interface MemorySettings
  extends Required<Omit<MemoryIdentityProviderOptions, NestedOption>> {
  readonly passwordPolicy: PasswordPolicy;
  readonly tokenSeconds: TokenLifetimes;
  readonly refreshRotation: RefreshRotation | undefined;
  readonly codeSeconds: CodeLifetimes;
  readonly limits: AttemptLimits;
  readonly customChallenge: MemoryIdentityProviderOptions["customChallenge"];
  readonly passkeys: MemoryIdentityProviderOptions["passkeys"];
  readonly autoVerified: MemoryIdentityProviderOptions["autoVerified"];
  readonly signingKeys: MemoryIdentityProviderOptions["signingKeys"];
  readonly hashQueue: WorkQueue;
}

const daySeconds = 24 * 3600;

/** Fills in the defaults. */
export function settingsOf(options: MemoryIdentityProviderOptions): MemorySettings {
  const { passwordPolicy, tokenSeconds, codeSeconds, limits, ...plain } = options;
  return {
    ...defaults,
    refreshRotation: undefined,
    customChallenge: undefined,
    passkeys: undefined,
    autoVerified: undefined,
    signingKeys: undefined,
    hashQueue: sharedHashQueue(),
    ...plain,
    passwordPolicy: { ...defaultPasswordPolicy, ...passwordPolicy },
    tokenSeconds: { access: 3600, id: 3600, refresh: 30 * daySeconds, ...tokenSeconds },
    codeSeconds: { ...defaultCodeSeconds, ...codeSeconds },
    limits: { ...defaultLimits, ...limits },
  };
}

const defaults: Required<Omit<MemoryIdentityProviderOptions, NestedOption>> = {
  clock: Date,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  issuer: "https://memory.portico.invalid",
  clientId: "portico_memory",
  signInModel: "email",
  aliases: ["email", "phone_number"],
  caseSensitive: false,
  passwordHistory: 0,
  temporaryPasswordSeconds: 7 * daySeconds,
  requiredAttributes: [],
  developerAttributes: false,
  autoConfirm: false,
  signUpApproval: false,
  allowSignUp: true,
  verifyBeforeUpdate: true,
  recovery: ["phone_number", "email"],
  maxUsers: 100_000,
  mfa: "optional",
  mfaMethods,
  signInFactors: ["password", "email_code", "sms_code"],
  challengeSeconds: 180,
  groups: [],
  passwordLockout: true,
  hashIterations: 100_000,
  onMessage: () => undefined,
  pause: () => Promise.resolve(),
};

const defaultPasswordPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireDigit: true,
  requireSymbol: true,
};

const defaultCodeSeconds: CodeLifetimes = {
  signUpConfirmation: daySeconds,
  passwordReset: 3600,
  attributeVerification: daySeconds,
};

const defaultLimits: AttemptLimits = {
  wrongTriesPerCode: 5,
  confirmationsPerHour: 15,
  resendsPerHour: 5,
  recoveriesPerHour: 20,
  passwordChangesPerHour: 5,
  verificationsPerHour: 5,
  unprovenAddressesPerHour: 5,
  provingsPerHour: 15,
  signInCodesPerHour: 20,
};
