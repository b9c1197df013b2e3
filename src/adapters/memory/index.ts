import * as z from "zod/mini";
import type { SignUpResult } from "../../domain/user.ts";
import type { OutboxMessage } from "../../ports/index.ts";
import { createJwtVerifier } from "../jwt/index.ts";
import { createHashQueue, hashesAtOnce } from "../shared/password-hashing.ts";
import {
  defineProvider,
  listOf,
  oneOf,
  onOrOff,
  type RevocationListModule,
  type SharedStateModule,
  verifierTerms,
  wholeNumber,
} from "../shared/settings.ts";
import { createMemoryEventHistory } from "./event-history.ts";
import { createMemoryIdentityProvider } from "./identity-provider.ts";
import { createMemoryRateLimiter } from "./limits/rate-limiter.ts";
import { createMemoryRevocationList } from "./revocation-list.ts";

export type {
  PasskeyCreation,
  PasskeyRecord,
  PasskeyVerifier,
} from "../shared/passkey-verifier.ts";
export { createHashQueue } from "../shared/password-hashing.ts";
export type { RandomBytes } from "../shared/random.ts";
export type { WorkQueue } from "../shared/work-queue.ts";
export type { PasswordPolicy } from "./credentials/password-policy.ts";
export { createSigningKeys, type SigningKeySource } from "./credentials/signing-keys.ts";
export { createMemoryEventHistory } from "./event-history.ts";
export {
  createSkewableClock,
  type Fault,
  type FaultKind,
  type FaultyProvider,
  withFaults,
} from "./faults/faults.ts";
export { createInterleaving } from "./faults/interleaving.ts";
export {
  createMemoryIdentityProvider,
  type MemoryIdentityProvider,
  type Snapshot,
} from "./identity-provider.ts";
export { createMemoryRateLimiter, type MemoryRateLimiterOptions } from "./limits/rate-limiter.ts";
export { createMemorySharedWork } from "./limits/shared-work.ts";
export { createMemoryRevocationList } from "./revocation-list.ts";
export type {
  CustomChallenge,
  CustomRound,
  CustomState,
  CustomStep,
} from "./settings/custom-challenge.ts";
export type {
  Alias,
  AttemptLimits,
  CodeLifetimes,
  GroupOptions,
  MemoryIdentityProviderOptions,
  RefreshRotation,
  SignInModel,
  TokenLifetimes,
} from "./settings/options.ts";

const schema = () =>
  z.object({
    /** Whether users sign up under an e-mail address or a plain name. */
    MEMORY_SIGN_IN_MODEL: z._default(oneOf(["email", "username"]), "email"),
    /** Whether accounts are confirmed as they are made. */
    MEMORY_AUTO_CONFIRM: onOrOff(),
    /** User names that are put into the group `admins` as they sign up. */
    MEMORY_ADMINS: z._default(listOf(Boolean, "must be user names, with commas between"), []),
    /** Whether sign-ups wait for an administrator. */
    MEMORY_SIGN_UP_APPROVAL: onOrOff(),
    /** The life of access and ID tokens: a short one shows how a client copes with expiry. */
    MEMORY_ACCESS_TOKEN_SECONDS: z._default(
      wholeNumber(1, 86_400, "must be 1 to 86400 seconds"),
      3600,
    ),
    /** The number of passwords that are hashed at once. */
    PASSWORD_HASHES_AT_ONCE: z.optional(hashesAtOnce()),
    /** The origins of the pages on which users register passkeys and sign in with them. */
    MEMORY_PASSKEY_ORIGINS: z.optional(
      listOf(isPasskeyOrigin, "must be https origins or http://localhost, with commas between"),
    ),
  });

/** Browsers have passkeys where nobody can change the page, and for sites that have a name. */
function isPasskeyOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === "https:" || /^(?:.+\.)?localhost$/.test(hostname));
}

/** Whether that makes them administrators is the service's to say. */
const adminGroup = "admins";

const notice = [
  "WARNING: users are kept in memory, for development only.",
  "  Every account is gone when this process ends.",
  "  Whoever may read /dev/outbox reads every code, and so can take over any account: by default this machine alone.",
].join("\n");

/** The in-memory provider of the service: it prints each code that it would send. */
// Left out of a bundle that needs no more of this module than the list below.
export const memoryFromEnv = /* @__PURE__ */ defineProvider(schema, (settings, shared) => {
  const { clock, print, limitsGuesses = false } = shared;
  const { MEMORY_PASSKEY_ORIGINS: origins } = settings;
  const passkeys = origins && shared.passkeys?.({ rpId: hostOf(origins), origins });
  const seconds = settings.MEMORY_ACCESS_TOKEN_SECONDS;
  const { identity, keys, outbox, issuer, clientId } = createMemoryIdentityProvider({
    clock,
    signInModel: settings.MEMORY_SIGN_IN_MODEL,
    autoConfirm: settings.MEMORY_AUTO_CONFIRM,
    signUpApproval: settings.MEMORY_SIGN_UP_APPROVAL,
    groups: [{ name: adminGroup, members: settings.MEMORY_ADMINS }],
    tokenSeconds: { access: seconds, id: seconds },
    passkeys,
    passwordLockout: !limitsGuesses,
    hashQueue: createHashQueue(settings.PASSWORD_HASHES_AT_ONCE),
    onMessage(message) {
      if (shared.mail && message.medium === "email") shared.mail.post(message);
      else print(describe(message));
    },
  });
  const tokens = createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    ...verifierTerms(shared),
  });
  const lacking =
    origins && !passkeys ? `${notice}\n  There are no passkeys on this runtime.` : notice;
  return {
    identity,
    tokens,
    keys,
    issuer,
    outbox,
    events: createMemoryEventHistory(),
    notice: lacking,
    signUpStatus: statusOf(settings),
  };
});

function hostOf([first = ""]: readonly string[]): string {
  return new URL(first).hostname;
}

function statusOf(settings: z.output<ReturnType<typeof schema>>): SignUpResult["status"] {
  if (settings.MEMORY_SIGN_UP_APPROVAL) return "approval_required";
  return settings.MEMORY_AUTO_CONFIRM ? "confirmed" : "confirmation_required";
}

/** The state of a service of one instance, which ends with it. */
export const memoryState: SharedStateModule = {
  settingNames: [],
  isShared: false,
  read: () => ({
    ok: true,
    value: (clock) => ({
      limiter: createMemoryRateLimiter(),
      revocations: createMemoryRevocationList(clock),
    }),
  }),
};

/** The revocations of a service of one instance. */
export const memoryRevocations: RevocationListModule = {
  settingNames: [],
  read: () => ({ ok: true, value: createMemoryRevocationList }),
};

const purposes = {
  sign_up_confirmation: "sign-up confirmation code",
  password_reset: "password reset code",
  sign_in_code: "sign-in code",
  mfa_code: "second-factor code",
  attribute_verification: "verification code",
  invitation: "temporary password",
} satisfies Record<OutboxMessage["purpose"], string>;

function describe({ medium, destination, purpose, code }: OutboxMessage): string {
  return `✉ ${medium} to ${destination}: your ${purposes[purpose]} is ${code}`;
}
