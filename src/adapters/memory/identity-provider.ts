import type { IdentityProvider, KeySet, Outbox } from "../../ports/index.ts";
import { createAdministration } from "./administration.ts";
import { createEngine, type Engine } from "./engine.ts";
import type { MemoryIdentityProviderOptions } from "./options.ts";
import { createPasskeys } from "./passkeys.ts";
import { createPasswords } from "./passwords.ts";
import { createProfiles } from "./profiles.ts";
import { createRegistration } from "./registration.ts";
import { createSecondFactors } from "./second-factors.ts";
import { createSessions } from "./sessions.ts";

/** The in-memory identity provider, and what else there is to have of it. */
export interface MemoryIdentityProvider {
  readonly identity: IdentityProvider;
  /** What its tokens verify against. */
  readonly keys: KeySet;
  /** What it sent. */
  readonly outbox: Outbox;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `client_id` of its access tokens and the `aud` of its ID tokens. */
  readonly clientId: string;
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
    identity: identityOver(engine),
    keys: engine.keys,
    outbox: { messagesFor: engine.courier.messagesFor },
    issuer: engine.settings.issuer,
    clientId: engine.settings.clientId,
  };
}

/** Puts the facets of the port together. */
export function identityOver(engine: Engine): IdentityProvider {
  return {
    capabilities: new Set(),
    ...createRegistration(engine),
    ...createSessions(engine),
    ...createPasswords(engine),
    ...createProfiles(engine),
    ...createSecondFactors(),
    ...createPasskeys(),
    ...createAdministration(),
  };
}
