import type { KeySet } from "../../ports/index.ts";
import { createJwtVerifier } from "../jwt/index.ts";
import { createOneTimeCodes, type OneTimeCodes } from "./codes/one-time-codes.ts";
import { type Courier, createCourier } from "./codes/outbox.ts";
import { createPasswordHasher, type PasswordHasher } from "./credentials/password-hash.ts";
import { createSigningKeyRing } from "./credentials/signing-keys.ts";
import { createHourlyLimits, type HourlyLimits } from "./limits/hourly-limits.ts";
import { createLockout, type Lockout, noLockout } from "./limits/lockout.ts";
import type { MemoryIdentityProviderOptions } from "./settings/options.ts";
import { type MemorySettings, settingsOf } from "./settings/settings.ts";
import { type Challenges, createChallenges } from "./sign-in/challenge-store.ts";
import { saveAll } from "./store/save-point.ts";
import { type Client, type Clients, clientOf, createClients } from "./tokens/clients.ts";
import { createRefreshSessions, type RefreshSessions } from "./tokens/refresh-sessions.ts";
import {
  createOnSignedInAccount,
  createOnUser,
  type OnSignedInAccount,
  type OnUser,
} from "./tokens/signed-in-accounts.ts";
import { createTokenIssuer, type IssueTokens } from "./tokens/token-issuer.ts";
import { type Accounts, createAccounts } from "./users/accounts.ts";
import { createGroups, type Groups } from "./users/groups.ts";
import type { UserFields } from "./users/user-search.ts";
import { createUserStore, type UserStore } from "./users/user-store.ts";

/** Everything that a user directory is made of, for the facets of the port to work with. */
export interface Engine {
  readonly settings: MemorySettings;
  /** The client that is acted for. */
  readonly client: Client;
  readonly clients: Clients;
  readonly users: UserStore;
  readonly groups: Groups;
  readonly accounts: Accounts;
  readonly onSignedInAccount: OnSignedInAccount;
  readonly onUser: OnUser;
  readonly hasher: PasswordHasher;
  readonly lockout: Lockout;
  /** The lockout after wrong passwords, where the provider has one of its own. */
  readonly passwordLockout: Pick<Lockout, "admit" | "recordFailure">;
  readonly limits: HourlyLimits;
  readonly codes: OneTimeCodes;
  readonly courier: Courier;
  readonly challenges: Challenges;
  readonly sessions: RefreshSessions;
  readonly issueTokens: IssueTokens;
  readonly keys: KeySet;
  /** Signs with new keys from now on. */
  readonly rotateKeys: () => void;
  /** A key for answers about users who do not exist, the same as long as the engine lives. */
  readonly simulationKey: () => Promise<CryptoKey>;
  /** Remembers everything, with no task under way, and gives what brings it back. */
  readonly save: () => () => void;
}

/** Parts of an engine that can be made otherwise. */
export interface EngineParts extends Partial<Pick<Engine, "hasher">> {
  /** The fields that users can be looked for by. @default those of `UserFilter` */
  readonly userFields?: UserFields;
}

/** Makes an engine without users. */
export function createEngine(
  options: MemoryIdentityProviderOptions,
  { hasher, userFields }: EngineParts = {},
): Engine {
  const settings = settingsOf(options);
  const client = clientOf(settings);
  const users = createUserStore(settings, userFields);
  const groups = createGroups(settings.groups);
  const accounts = createAccounts(users, settings);
  const sessions = createRefreshSessions(settings);
  const limits = createHourlyLimits(settings);
  const lockout = createLockout(settings);
  const codes = createOneTimeCodes(settings, limits);
  const courier = createCourier(users, settings);
  const challenges = createChallenges(settings);
  const keyRing = createSigningKeyRing(settings);
  const clients = createClients(client, (clientIds) =>
    createVerifier(clientIds, keyRing.published, settings),
  );
  const saved = [
    users,
    groups,
    sessions,
    limits,
    lockout,
    codes,
    courier,
    challenges,
    keyRing,
    clients,
  ];
  return {
    settings,
    client,
    clients,
    users,
    groups,
    accounts,
    onSignedInAccount: createOnSignedInAccount(clients.verifier, accounts, sessions),
    onUser: createOnUser(accounts),
    hasher: hasher ?? createPasswordHasher(settings),
    lockout,
    passwordLockout: settings.passwordLockout ? lockout : noLockout,
    limits,
    codes,
    courier,
    challenges,
    sessions,
    issueTokens: createTokenIssuer(keyRing.current, groups, settings),
    keys: keyRing.published,
    rotateKeys: keyRing.rotate,
    simulationKey: createSimulationKey(settings),
    save: () => saveAll(saved),
  };
}

/** Gives the same engine, to act for another of its clients. */
export function forClient(engine: Engine, client: Client): Engine {
  return { ...engine, client };
}

/** Its own clock made the tokens: there is no other to be off. */
function createVerifier(clientIds: readonly string[], keys: KeySet, settings: MemorySettings) {
  const { issuer, clock } = settings;
  return createJwtVerifier({ issuer, clientIds, keys, clock, clockToleranceSeconds: 0 });
}

function createSimulationKey({ randomBytes }: MemorySettings): () => Promise<CryptoKey> {
  let imported: Promise<CryptoKey> | undefined;
  return () => {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    imported ??= crypto.subtle.importKey("raw", randomBytes(32), algorithm, false, ["sign"]);
    return imported;
  };
}
