import type { IdentityProvider, KeySet, Outbox } from "../../ports/index.ts";
import { completeIdentityProvider } from "../shared/not-supported.ts";
import { createPasswords } from "./account/passwords.ts";
import { createProfiles } from "./account/profiles.ts";
import { createRegistration } from "./account/registration.ts";
import { createAuthenticatorApps, createSecondFactors } from "./account/second-factors.ts";
import { createAdministration } from "./administration/administration.ts";
import { createEngine, type Engine } from "./engine.ts";
import { createPasskeys } from "./factors/passkeys.ts";
import { setUpOf } from "./set-up.ts";
import { capabilitiesOf } from "./settings/capabilities.ts";
import type { MemoryIdentityProviderOptions } from "./settings/options.ts";
import { createSessions } from "./sign-in/sessions.ts";
import type { Groups } from "./users/groups.ts";

/** The in-memory identity provider, and what else there is to have of it. */
export interface MemoryIdentityProvider {
  readonly identity: IdentityProvider;
  /** The keys that its tokens verify against. */
  readonly keys: KeySet;
  /** The messages that it sent. */
  readonly outbox: Outbox;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `client_id` of its access tokens and the `aud` of its ID tokens. */
  readonly clientId: string;
  /** The groups that users can be put into. */
  readonly groups: Pick<Groups, "create" | "remove" | "list">;
  /** Signs with new keys from now on. The old ones are published as long as a token of theirs can live. */
  rotateKeys(): void;
  /** Remembers every user, session, code and counter as they are now. Only with no call under way. */
  snapshot(): Snapshot;
  /** Brings back what was remembered, any number of times. Only with no call under way. */
  restore(snapshot: Snapshot): void;
}

/** The state of a provider at some time, to be given back to the same provider. */
export interface Snapshot {
  readonly restore: () => void;
}

/**
 * Makes an identity provider that keeps its users in memory and is as strict as Amazon Cognito: for tests and
 * development.
 *
 * @example
 * const { identity, outbox } = createMemoryIdentityProvider();
 * await identity.signUp({ username: "ada@example.com", password: "Correct-Horse-7", attributes: {} });
 * const code = outbox.messagesFor("ada@example.com").at(-1)?.code;
 */
export function createMemoryIdentityProvider(
  options: MemoryIdentityProviderOptions = {},
): MemoryIdentityProvider {
  const engine = createEngine(options);
  return {
    identity: identityProviderOf(engine),
    keys: engine.keys,
    outbox: { messagesFor: engine.courier.messagesFor },
    issuer: engine.settings.issuer,
    clientId: engine.settings.clientId,
    groups: engine.groups,
    rotateKeys: engine.rotateKeys,
    snapshot: () => ({ restore: engine.save() }),
    restore: (snapshot) => snapshot.restore(),
  };
}

/** Puts the facets of the port together, as far as the provider is set up for them. */
export function identityProviderOf(engine: Engine): IdentityProvider {
  const { passkeys, clock } = engine.settings;
  const capabilities = capabilitiesOf(engine.settings);
  const has = capabilities.has.bind(capabilities);
  const hasSecondFactors = has("totp_mfa") || has("sms_mfa") || has("email_mfa");
  return completeIdentityProvider({
    capabilities,
    clock,
    setUp: () => setUpOf(engine.settings),
    ...createRegistration(engine),
    ...createSessions(engine),
    ...createPasswords(engine),
    ...createProfiles(engine),
    ...(hasSecondFactors && createSecondFactors(engine)),
    ...(has("totp_mfa") && createAuthenticatorApps(engine)),
    ...(passkeys && createPasskeys(engine, passkeys)),
    ...createAdministration(engine),
  });
}
