import { createPasswordHasher } from "../../../adapters/memory/credentials/password-hash.ts";
import { createEngine } from "../../../adapters/memory/engine.ts";
import { settingsOf } from "../../../adapters/memory/settings/settings.ts";
import type { PoolConfiguration, PoolMfa } from "../pool/pool-configuration.ts";
import { noResources } from "../pool/pool-resources.ts";
import { checkNewPool } from "../pool/pool-rules.ts";
import { newSchema } from "../pool/pool-schema.ts";
import { engineOptionsOf } from "../pool/pool-settings.ts";
import { userFields } from "../pool/user-fields.ts";
import { createSrpHasher } from "../srp/hasher.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import { type Directory, randomName, type UserPool } from "./directory.ts";

/** Cognito's quota. */
const maxPools = 1000;

/**
 * Makes a pool and keeps it.
 *
 * @throws {CognitoException} `InvalidParameter` — as {@link engineOptionsOf}
 */
export function createPool(directory: Directory, given: PoolConfiguration): UserPool {
  const { settings, pools } = directory;
  const { clock, randomBytes, region } = settings;
  checkNewPool(given);
  const configuration = { ...given, Schema: newSchema(given.Schema) };
  if (pools.size >= maxPools)
    throw new CognitoException("LimitExceeded", "The account has as many user pools as it can.");
  const id = `${region}_${randomName(directory, 9)}`;
  const issuer = `${settings.issuerBase()}/${id}`;
  const mfa = initialMfa(configuration);
  const common = { ...settings.engine, clock, randomBytes, issuer };
  const options = { ...common, ...engineOptionsOf(configuration, mfa, honoured(directory)) };
  const plain = createPasswordHasher(settingsOf(options));
  const engine = createEngine(options, {
    hasher: createSrpHasher(plain, { poolId: id, randomBytes }),
    userFields,
  });
  const now = clock.now();
  const times = { createdAt: now, updatedAt: now };
  const pool = {
    id,
    issuer,
    engine,
    configuration,
    mfa,
    groups: new Map(),
    devices: new Map(),
    resources: noResources(),
    ...times,
  };
  pools.set(id, pool);
  return pool;
}

/**
 * Changes how a pool is set up. Users, sessions and codes stay.
 *
 * @throws {CognitoException} `InvalidParameter` — as {@link engineOptionsOf}
 */
export function changePool(
  directory: Directory,
  pool: UserPool,
  changes: Partial<Pick<UserPool, "configuration" | "mfa">>,
): UserPool {
  const changed = { ...pool, ...changes, updatedAt: directory.settings.clock.now() };
  const options = engineOptionsOf(changed.configuration, changed.mfa, honoured(directory));
  const engine = { ...pool.engine, settings: { ...pool.engine.settings, ...options } };
  const stored = { ...changed, engine };
  directory.pools.set(pool.id, stored);
  return stored;
}

function honoured({ settings: { engine, functions, triggers } }: Directory) {
  return { passkeys: engine.passkeys, functions, triggers };
}

/**
 * The second factors of a new pool: which there are is for `SetUserPoolMfaConfig` to say; until then, codes by text
 * message.
 */
function initialMfa({ MfaConfiguration: configuration = "OFF" }: PoolConfiguration): PoolMfa {
  return { configuration, methods: configuration === "OFF" ? [] : ["sms_code"] };
}
