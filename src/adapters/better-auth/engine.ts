import type { KeySet, TokenVerifier } from "../../ports/index.ts";
import { createJwtVerifier, createRemoteKeySet } from "../jwt/index.ts";
import { withinCallTime } from "./call-deadline.ts";
import { type Auth, openAuth } from "./database/auth.ts";
import { translate } from "./errors.ts";
import { type Courier, createCourier } from "./messages/courier.ts";
import type { BetterAuthSettings } from "./options.ts";
import { type Accounts, cancellableAccounts, createAccounts } from "./stores/accounts.ts";
import { createDigest, type Digest } from "./stores/digest.ts";
import { createEventHistory, type DatabaseEventHistory } from "./stores/event-store.ts";
import { createLimits, type Limits } from "./stores/limits.ts";
import { createLockout, type Lockout, noLockout } from "./stores/lockout.ts";
import { type Codes, createCodes } from "./stores/one-time-codes.ts";
import { createPasswordStore, type PasswordStore } from "./stores/password-store.ts";
import { createPendingSignIns, type PendingSignIns } from "./stores/pending-sign-ins.ts";
import { createRecoveryCodes, type RecoveryCodes } from "./stores/recovery-codes.ts";
import { createSessionStore, type Sessions } from "./stores/session-store.ts";
import { createStates, type OpenStates } from "./stores/states.ts";
import { createTokenIssuer, type IssueTokens } from "./stores/token-issuer.ts";
import { createTotpStore, type TotpStore } from "./stores/totp-store.ts";
import { createUsers, type Users } from "./stores/user-store.ts";

/** Everything that the facets of the port work with. */
export interface Engine extends Pick<Courier, "send" | "sendNow"> {
  readonly settings: BetterAuthSettings;
  readonly users: Users;
  readonly accounts: Accounts;
  readonly passwords: PasswordStore;
  readonly lockout: Lockout;
  readonly limits: Limits;
  readonly codes: Codes;
  readonly sessions: Sessions;
  readonly pending: PendingSignIns;
  readonly totp: TotpStore;
  readonly recoveryCodes: RecoveryCodes;
  readonly issueTokens: IssueTokens;
  readonly openStates: OpenStates;
}

/** Runs a task on the engine, which is started for the first one. What the task throws is made an error of ours. */
export type RunOnEngine = <T>(task: (engine: Engine) => Promise<T>) => Promise<T>;

/** An engine that is started when it is needed. */
export interface LazyEngine {
  readonly run: RunOnEngine;
  readonly keys: KeySet;
  readonly tokens: TokenVerifier;
  /** The security events that are kept, unless none are. */
  readonly events: DatabaseEventHistory | undefined;
  /** Ends when the work is done that no answer waited for. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Makes an engine that has not started yet: no entry waits for a database, and Workers allow no such work at load. */
export function createLazyEngine(settings: BetterAuthSettings): LazyEngine {
  const { issuer, clientId, clock } = settings;
  const courier = createCourier(settings);
  let opening: Promise<Auth> | undefined;
  let started: Promise<Engine> | undefined;

  function open(): Promise<Auth> {
    opening ??= openAuth(settings).catch((error: unknown) => {
      // The next call tries again.
      opening = undefined;
      throw error;
    });
    return opening;
  }

  const keys = createRemoteKeySet({
    // Nobody asks there: the keys come out of the database.
    uri: new URL("/jwks", "https://better-auth.portico.invalid"),
    fetch: async () => Response.json(await (await open()).publicKeys()),
    clock,
    // It costs one query, and the next process may have made another key.
    cooldownMs: 1000,
  });
  const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys, clock });

  async function start(): Promise<Engine> {
    const auth = await open();
    started ??= Promise.resolve(assemble(auth, settings, { courier, verifier: tokens }));
    return started;
  }

  async function inTime<T>(task: (isOver: () => boolean) => Promise<T>): Promise<T> {
    try {
      return await withinCallTime(settings.timeoutMs, task);
    } catch (error) {
      throw translate(error);
    }
  }

  const { eventRetentionDays, onLostEvents } = settings;
  const events =
    eventRetentionDays === 0
      ? undefined
      : createEventHistory({
          clock,
          retentionMs: eventRetentionDays * 86_400_000,
          run: (task) => inTime(async () => task((await open()).rows)),
          onLost: onLostEvents,
        });

  async function settled(): Promise<void> {
    await Promise.all([courier.settled(), events?.settled()]);
  }

  return {
    keys,
    tokens,
    events,
    run: (task) =>
      inTime(async (isOver) => {
        const engine = await start();
        return task({ ...engine, accounts: cancellableAccounts(engine.accounts, isOver) });
      }),
    settled,
    async close() {
      await settled();
      const auth = await opening?.catch(() => undefined);
      opening = undefined;
      started = undefined;
      await auth?.close();
    },
  };
}

function assemble(
  auth: Auth,
  settings: BetterAuthSettings,
  { courier, verifier }: { readonly courier: Courier; readonly verifier: TokenVerifier },
): Engine {
  const { clock, secret, tokenSeconds } = settings;
  const digest: Digest = createDigest(secret);
  const openStates = createStates(auth, { clock, digest });
  const users = createUsers(auth, clock);
  const sessions = createSessionStore(auth, {
    clock,
    digest,
    refreshSeconds: tokenSeconds.refresh,
  });
  const lockout = createLockout(openStates, clock);
  const limits = createLimits(openStates, clock);
  return {
    settings,
    users,
    accounts: createAccounts(users, { sessions, verifier }),
    passwords: createPasswordStore(auth, {
      users,
      lockout: settings.passwordLockout ? lockout : noLockout,
      digest,
      queue: settings.hashQueue,
    }),
    lockout,
    limits,
    codes: createCodes(openStates, { clock, digest, limits }),
    send: courier.send,
    sendNow: courier.sendNow,
    sessions,
    pending: createPendingSignIns(auth, { openStates, clock, digest }),
    totp: createTotpStore(auth, { openStates, clock }),
    recoveryCodes: createRecoveryCodes(auth),
    issueTokens: createTokenIssuer(auth, settings),
    openStates,
  };
}
