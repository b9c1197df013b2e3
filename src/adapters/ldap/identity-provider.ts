import type { Capability } from "../../domain/capabilities.ts";
import type { IdentityProvider, KeySet } from "../../ports/index.ts";
import { withinDeadline } from "../shared/deadline.ts";
import { completeIdentityProvider } from "../shared/not-supported.ts";
import { createPasswords, createProfiles } from "./account.ts";
import { createEngine, type LdapIdentityProviderOptions } from "./engine.ts";
import { translate } from "./errors.ts";
import { createSessions } from "./sessions.ts";
import { createUserListing } from "./users.ts";

/** The identity provider over a directory, and what else there is to have of it. */
export interface LdapIdentityProvider {
  readonly identity: IdentityProvider;
  readonly keys: KeySet;
  /** Ends well where the directory answers. */
  check(): Promise<void>;
  /** Ends the connections that are kept. */
  close(): void;
}

/** Makes an identity provider over a directory: it keeps the users and their passwords, and tokens are ours. */
export function createLdapIdentityProvider(
  options: LdapIdentityProviderOptions,
): LdapIdentityProvider {
  const engine = createEngine(options);
  const { keys, directory, settings } = engine;
  const capabilities = new Set<Capability>([
    "sign_out",
    "sign_out_everywhere",
    "profile_reading",
    "user_listing",
  ]);
  const changesPasswords = settings.passwordChange !== "none";
  if (changesPasswords) capabilities.add("password_change");
  const facets = {
    ...createSessions(engine),
    ...createProfiles(engine),
    ...createUserListing(engine),
    ...(changesPasswords && createPasswords(engine)),
  };
  const identity = completeIdentityProvider({
    capabilities,
    clock: options.clock,
    ...inTime(facets, settings.timeoutMs),
  });
  return { identity, keys, check: directory.check, close: directory.close };
}

type Call = (input: never) => Promise<unknown>;

/** Bounds each call as a whole, which asks the directory up to three times. */
function inTime<Facets extends object>(facets: Facets, timeoutMs: number): Facets {
  const calls = Object.entries(facets as Readonly<Record<string, Call>>);
  const bounded = calls.map(([name, call]) => [
    name,
    (input: never) =>
      withinDeadline(call(input), timeoutMs).catch((error: unknown) => {
        throw translate(error);
      }),
  ]);
  return Object.fromEntries(bounded);
}
