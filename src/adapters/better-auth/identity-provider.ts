import type { Capability } from "../../domain/capabilities.ts";
import { passwordMaxLength, passwordMinLength } from "../../domain/credentials.ts";
import type { ProviderSetUp } from "../../domain/set-up.ts";
import type {
  EventHistory,
  EventSink,
  IdentityProvider,
  KeySet,
  Passkeys,
  TokenVerifier,
} from "../../ports/index.ts";
import { completeIdentityProvider } from "../shared/not-supported.ts";
import { createPasswords } from "./account/passwords.ts";
import { createProfiles } from "./account/profiles.ts";
import { createRegistration } from "./account/registration.ts";
import { createSecondFactors } from "./account/second-factors.ts";
import { createAdministration } from "./administration/administration.ts";
import { createLazyEngine, type RunOnEngine } from "./engine.ts";
import {
  type BetterAuthIdentityProviderOptions,
  type BetterAuthSettings,
  settingsOf,
} from "./options.ts";
import { createSessions } from "./sign-in/sessions.ts";

/** The identity provider over Better Auth, and what else there is to have of it. */
export interface BetterAuthIdentityProvider {
  readonly identity: IdentityProvider;
  /** Verifies its access tokens. */
  readonly tokens: TokenVerifier;
  /** The keys that its tokens verify against. */
  readonly keys: KeySet;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `client_id` of its access tokens. */
  readonly clientId: string;
  /** The security events that are recorded here, for administrators. Nothing where none are kept. */
  readonly events: (EventSink & EventHistory) | undefined;
  /** Ends well where the database answers. */
  checkDatabase(): Promise<void>;
  /** Ends when all messages that no answer waited for have been sent, or could not be. */
  settled(): Promise<void>;
  /** Waits for these messages, and closes the database. */
  close(): Promise<void>;
}

/**
 * Makes an identity provider that keeps its users in a SQL database, by Better Auth, in this process. Users sign in
 * under their e-mail address. The database is opened by the first call.
 *
 * @example
 * const { identity, tokens } = createBetterAuthIdentityProvider({
 *   databaseUrl: "file:./users.db",
 *   secret,
 *   sendMessage: ({ destination, code }) => mail(destination, code),
 * });
 */
export function createBetterAuthIdentityProvider(
  options: BetterAuthIdentityProviderOptions,
): BetterAuthIdentityProvider {
  const settings = settingsOf(options);
  const { run, keys, tokens, events, settled, close } = createLazyEngine(settings);
  const capabilities = new Set<Capability>([
    "sign_up",
    "sign_out",
    "sign_out_everywhere",
    "password_recovery",
    "password_change",
    "profile",
    "totp_mfa",
    "email_code_sign_in",
    "session_list",
    "administration",
    "password_change_keeps_session",
    "confirmation_password",
    "challenge_code_resend",
    "recovery_codes",
  ]);
  if (settings.groups.length > 0) capabilities.add("groups");
  if (settings.signUpApproval) capabilities.add("sign_up_approval");
  const identity = completeIdentityProvider({
    capabilities,
    clock: settings.clock,
    setUp: () => setUpOf(settings),
    ...facetsOver(run),
  });
  const { issuer, clientId } = settings;
  const checkDatabase = () =>
    run(async ({ users }) => {
      // Nobody's, so that it costs one look at an index.
      await users.get("nobody");
    });
  return { identity, keys, tokens, events, issuer, clientId, checkDatabase, settled, close };
}

/** Users have an address and a password, whose only rules are those that hold for every provider. */
function setUpOf({ signUpApproval }: Pick<BetterAuthSettings, "signUpApproval">): ProviderSetUp {
  return {
    signUp: {
      names: ["email"],
      requiredAttributes: [],
      confirmation: signUpApproval ? [] : ["email"],
    },
    signIn: { names: ["email"] },
    isSecondFactorRequired: false,
    password: { minLength: passwordMinLength, maxLength: passwordMaxLength, requires: [] },
  };
}

function facetsOver(
  run: RunOnEngine,
): Omit<IdentityProvider, "capabilities" | "clock" | keyof Passkeys> {
  return {
    ...createRegistration(run),
    ...createSessions(run),
    ...createPasswords(run),
    ...createProfiles(run),
    ...createSecondFactors(run),
    ...createAdministration(run),
  };
}
