import type { KeySet } from "../../ports/index.ts";
import { createJwtVerifier } from "../jwt/index.ts";
import { type Accounts, createAccounts } from "./accounts.ts";
import { type AsCaller, createCallers } from "./callers.ts";
import { createOneTimeCodes, type OneTimeCodes } from "./codes.ts";
import { createHourlyLimits, type HourlyLimits } from "./hourly-limits.ts";
import { createLockout, type Lockout } from "./lockout.ts";
import { type MemoryIdentityProviderOptions, type Settings, settingsOf } from "./options.ts";
import { type Courier, createCourier } from "./outbox.ts";
import { createPasswordHasher, type PasswordHasher } from "./password-hash.ts";
import { createRefreshSessions, type RefreshSessions } from "./refresh-sessions.ts";
import { createSigningKeys, keySetOf } from "./signing-keys.ts";
import { createTokenIssuer, type IssueTokens } from "./tokens.ts";
import { createUserStore, type UserStore } from "./users.ts";

/** Everything that a user directory is made of, for the facets of the port to work with. */
export interface Engine {
  readonly settings: Settings;
  readonly users: UserStore;
  readonly accounts: Accounts;
  readonly asCaller: AsCaller;
  readonly hasher: PasswordHasher;
  readonly lockout: Lockout;
  readonly limits: HourlyLimits;
  readonly codes: OneTimeCodes;
  readonly courier: Courier;
  readonly sessions: RefreshSessions;
  readonly issueTokens: IssueTokens;
  readonly keys: KeySet;
}

/** Makes an engine without users. */
export function createEngine(options: MemoryIdentityProviderOptions): Engine {
  const settings = settingsOf(options);
  const { issuer, clientId, clock } = settings;
  const users = createUserStore(settings);
  const accounts = createAccounts(users, settings);
  const sessions = createRefreshSessions(settings);
  const limits = createHourlyLimits(settings);
  const signingKeys = createSigningKeys(settings);
  const keys = keySetOf(signingKeys);
  // Its own clock made the tokens: there is no other to be off.
  const rules = { issuer, clientIds: [clientId], keys, clock, clockToleranceSeconds: 0 };
  return {
    settings,
    users,
    accounts,
    asCaller: createCallers(createJwtVerifier(rules), accounts, sessions),
    hasher: createPasswordHasher(settings),
    lockout: createLockout(settings),
    limits,
    codes: createOneTimeCodes(settings, limits),
    courier: createCourier(users, settings),
    sessions,
    issueTokens: createTokenIssuer(signingKeys, settings),
    keys,
  };
}
