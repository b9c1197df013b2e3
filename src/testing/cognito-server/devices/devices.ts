import { uuidOf } from "../../../adapters/shared/random.ts";
import type { SignInResult } from "../../../domain/session.ts";
import type { Device } from "../directory/device.ts";
import {
  claimsOf,
  type Directory,
  randomName,
  type Tenant,
  type UserPool,
} from "../directory/directory.ts";
import { CognitoException, resourceNotFound } from "../wire/cognito-exception.ts";

/** Most devices of a user that wait to be confirmed: the oldest make room. */
const maxUnconfirmed = 20;

/** Tells whether a pool tells devices apart. */
export function tracksDevices({ configuration }: Pick<UserPool, "configuration">): boolean {
  return configuration.DeviceConfiguration !== undefined;
}

/**
 * Gives a tenant to sign in from a device with. On one that is remembered a second factor is asked for no more, where
 * the pool is told so.
 */
export function onDevice(
  directory: Directory,
  tenant: Tenant,
  username: string,
  deviceKey: string | undefined,
): Tenant {
  const { pool, engine } = tenant;
  if (!tracksDevices(pool)) return tenant;
  const known = devicesOf(pool, engine.users.find(username)?.subject).find(
    ({ key }) => key === deviceKey,
  );
  const key = deviceKey ?? newDeviceKey(directory);
  const standsForMfa = pool.configuration.DeviceConfiguration?.ChallengeRequiredOnNewDevice;
  const isTrusted = standsForMfa && known?.secret && known.isRemembered;
  const onIt = {
    ...engine,
    client: { ...engine.client, deviceKey: key },
    settings: isTrusted ? { ...engine.settings, mfa: "off" as const } : engine.settings,
  };
  const device = { key, known, isNamed: deviceKey !== undefined };
  return { ...tenant, engine: onIt, device };
}

/** Gives the devices of a user, the oldest first. */
export function devicesOf({ devices }: UserPool, subject: string | undefined): readonly Device[] {
  return (subject !== undefined && devices.get(subject)) || [];
}

/** @throws {CognitoException} `ResourceNotFound` — the user has no such device */
export function deviceOf(pool: UserPool, subject: string, deviceKey: string): Device {
  const device = devicesOf(pool, subject).find(({ key }) => key === deviceKey);
  if (!device) throw noSuchDevice();
  return device;
}

/** @throws {CognitoException} `InvalidUserPoolConfiguration` — the pool does not tell devices apart */
export function requireTracking(pool: UserPool): void {
  if (!tracksDevices(pool))
    throw new CognitoException(
      "InvalidUserPoolConfiguration",
      "The user pool is not configured to track devices.",
    );
}

/** Keeps a device, or a change of one: of a user who was deleted meanwhile, nothing. */
export function putDevice(pool: UserPool, subject: string, device: Device): void {
  if (!pool.engine.users.get(subject)) return;
  const others = devicesOf(pool, subject).filter(({ key }) => key !== device.key);
  const unconfirmed = others.filter(({ secret }) => secret === undefined);
  const [oldest] = unconfirmed.length >= maxUnconfirmed ? unconfirmed : [];
  pool.devices.set(subject, [...others.filter((other) => other !== oldest), device]);
}

/** Keeps a device that was just signed in from for the first time. */
export function registerDevice(
  directory: Directory,
  { pool, device }: Tenant,
  result: Extract<SignInResult, { readonly status: "signed_in" }>,
): Device | undefined {
  if (!device) return undefined;
  const now = directory.settings.clock.now();
  const registered = {
    key: device.key,
    groupKey: `-${randomName(directory, 8)}`,
    name: undefined,
    secret: undefined,
    isRemembered: false,
    createdAt: now,
    updatedAt: now,
    authenticatedAt: now,
  };
  putDevice(pool, String(claimsOf(result.tokens.accessToken).sub), registered);
  return registered;
}

/** Forgets a device. Sessions that were begun from it go on: they are not what is forgotten. */
export function forgetDevice(
  { devices }: UserPool,
  subject: string,
  { key: forgotten }: Device,
): void {
  const left = (devices.get(subject) ?? []).filter(({ key }) => key !== forgotten);
  devices.set(subject, left);
}

/** Forgets the devices of a user, if they are gone. */
export function forgetDevicesOfDeletedUser({ devices, engine }: UserPool, subject: string): void {
  if (!engine.users.get(subject)) devices.delete(subject);
}

/** Says that there is no such device: clients forget theirs by these words. */
export function noSuchDevice(): CognitoException {
  return resourceNotFound("Device does not exist.");
}

function newDeviceKey({ settings }: Directory): string {
  return `${settings.region}_${uuidOf(settings.randomBytes(16))}`;
}
