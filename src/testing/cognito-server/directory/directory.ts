import type { Engine } from "../../../adapters/memory/engine.ts";
import type { MemoryIdentityProviderOptions } from "../../../adapters/memory/index.ts";
import { type RandomBytes, randomBelow } from "../../../adapters/shared/random.ts";
import type { Clock } from "../../../ports/index.ts";
import type { AppClient } from "../pool/app-client.ts";
import type { PoolConfiguration, PoolMfa } from "../pool/pool-configuration.ts";
import type { PoolResources } from "../pool/pool-resources.ts";
import type { FunctionsByArn } from "../pool/pool-settings.ts";
import { notAuthorized, resourceNotFound } from "../wire/cognito-exception.ts";
import type { RequestContext } from "../wire/request-context.ts";
import { isMembers, type Members } from "../wire/wire.ts";
import type { Device, SignInDevice } from "./device.ts";
import { createUnfinishedSignIns, type UnfinishedSignIns } from "./unfinished-sign-ins.ts";

/** A user pool. */
export interface UserPool {
  readonly id: string;
  readonly issuer: string;
  readonly engine: Engine;
  readonly configuration: PoolConfiguration;
  readonly mfa: PoolMfa;
  /** The details of groups besides those that the engine knows, by name. */
  readonly groups: Map<string, GroupDetails>;
  /** By subject, the oldest first. */
  readonly devices: Map<string, readonly Device[]>;
  readonly resources: PoolResources;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** The details of a group that mean nothing to tokens. */
export interface GroupDetails {
  readonly Description?: string;
  readonly RoleArn?: string;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** The tenant that a request is about: an app client, its pool, and the pool's engine acting for the client. */
export interface Tenant {
  readonly pool: UserPool;
  readonly client: AppClient;
  readonly engine: Engine;
  /** The device that is signed in from, where the pool tells devices apart. */
  readonly device?: SignInDevice;
}

/** The settings that are the same for all pools. */
export interface DirectorySettings {
  readonly region: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** The beginning of issuers, with no slash at the end. */
  readonly issuerBase: () => string;
  readonly functions: FunctionsByArn["functions"];
  readonly triggers: FunctionsByArn["triggers"];
  readonly engine: Pick<
    MemoryIdentityProviderOptions,
    | "hashIterations"
    | "onMessage"
    | "limits"
    | "customChallenge"
    | "passkeys"
    | "pause"
    | "maxUsers"
  >;
}

/** The pools and app clients that there are. */
export interface Directory {
  readonly settings: DirectorySettings;
  /** The request that is answered. */
  readonly request?: RequestContext;
  readonly pools: Map<string, UserPool>;
  readonly clients: Map<string, AppClient>;
  readonly signIns: UnfinishedSignIns;
}

/** Makes a directory without pools. */
export function createDirectory(settings: DirectorySettings): Directory {
  return {
    settings,
    pools: new Map(),
    clients: new Map(),
    signIns: createUnfinishedSignIns(settings.clock),
  };
}

/** @throws {CognitoException} `ResourceNotFound` — there is no such pool */
export function poolOf({ pools }: Directory, id: string): UserPool {
  const pool = pools.get(id);
  if (!pool) throw resourceNotFound(`User pool ${id} does not exist.`);
  return pool;
}

/**
 * Gives the pool that an access token is of, by what it says: whoever goes on with it verifies it first.
 *
 * @throws {CognitoException} `NotAuthorized` — it is of none
 */
export function poolOfToken({ pools }: Directory, accessToken: string): UserPool {
  const { iss: issuer } = claimsOf(accessToken);
  // An issuer ends with the id of its pool.
  const pool = pools.get(String(issuer).replace(/^.*\//s, ""));
  if (!pool || pool.issuer !== issuer) throw notAuthorized("Invalid Access Token");
  return pool;
}

const alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Makes up an id or a secret. */
export function randomName(
  { settings }: Directory,
  length: number,
  letters = alphanumerics,
): string {
  const letter = () => letters.charAt(randomBelow(settings.randomBytes, letters.length));
  return Array.from({ length }, letter).join("");
}

/** Reads the claims of a token, verified or not: nothing, where it is none. */
export function claimsOf(token: string): Members {
  try {
    const [, payload = ""] = token.split(".");
    const bytes = Uint8Array.from(
      atob(payload.replaceAll("-", "+").replaceAll("_", "/")),
      (letter) => letter.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isMembers(claims) ? claims : {};
  } catch {
    return {};
  }
}
