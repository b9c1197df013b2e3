import { inCognitosWords } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { describeDevice, secretOf } from "../devices/device-records.ts";
import {
  deviceOf,
  devicesOf,
  forgetDevice,
  putDevice,
  requireTracking,
} from "../devices/devices.ts";
import { type Directory, poolOf, type UserPool } from "../directory/directory.ts";
import { userNamed } from "../users/user-names.ts";
import { CognitoException, invalidParameter } from "../wire/cognito-exception.ts";
import { choice, integer, required, structure, text } from "../wire/constraints.ts";
import { deviceKey, paginationToken, poolId, token, username } from "../wire/members.ts";
import { pageOf } from "../wire/pages.ts";
import { openOperation, signedOperation } from "./operation.ts";

const withToken = { AccessToken: required(token) };
const ofDevice = { DeviceKey: required(deviceKey) };
const onUser = { UserPoolId: required(poolId), Username: required(username) };
const paged = { Limit: integer(0, 60), PaginationToken: paginationToken };
const status = { DeviceRememberedStatus: choice("remembered", "not_remembered") };

/** The operations on the devices that users sign in from. */
export const deviceOperations = {
  ConfirmDevice: openOperation(
    {
      ...withToken,
      ...ofDevice,
      DeviceSecretVerifierConfig: structure({
        PasswordVerifier: text({ max: 131_072, isSecret: true }),
        Salt: text({ max: 131_072, isSecret: true }),
      }),
      DeviceName: text({ min: 1, max: 1024 }),
    },
    async (directory, { AccessToken, DeviceKey, DeviceSecretVerifierConfig, DeviceName }) => {
      const { pool, subject } = await ownerByToken(directory, AccessToken);
      const device = deviceOf(pool, subject, DeviceKey);
      if (device.secret)
        throw new CognitoException("DeviceKeyExists", "Device is already confirmed.");
      const secret = secretOf(DeviceSecretVerifierConfig ?? {});
      const asksUser =
        pool.configuration.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt ?? false;
      const updatedAt = directory.settings.clock.now();
      const changes = { secret, name: DeviceName, isRemembered: !asksUser, updatedAt };
      putDevice(pool, subject, { ...device, ...changes });
      return { UserConfirmationNecessary: asksUser };
    },
  ),

  UpdateDeviceStatus: openOperation(
    { ...withToken, ...ofDevice, ...status },
    async (directory, { AccessToken, DeviceKey, DeviceRememberedStatus }) => {
      const owner = await ownerByToken(directory, AccessToken);
      return updateStatus(directory, owner, DeviceKey, DeviceRememberedStatus);
    },
  ),

  GetDevice: openOperation(
    { AccessToken: token, ...ofDevice },
    async (directory, { AccessToken, DeviceKey }) => {
      const { pool, subject } = await ownerByToken(directory, AccessToken);
      return { Device: describeDevice(deviceOf(pool, subject, DeviceKey)) };
    },
  ),

  ListDevices: openOperation(
    { ...withToken, ...paged },
    async (directory, { AccessToken, ...page }) =>
      listDevices(await ownerByToken(directory, AccessToken), page),
  ),

  ForgetDevice: openOperation(
    { AccessToken: token, ...ofDevice },
    async (directory, { AccessToken, DeviceKey }) => {
      const { pool, subject } = await ownerByToken(directory, AccessToken);
      forgetDevice(pool, subject, deviceOf(pool, subject, DeviceKey));
      return {};
    },
  ),

  AdminListDevices: signedOperation({ ...onUser, ...paged }, async (directory, input) => {
    const { UserPoolId, Username, ...page } = input;
    return listDevices(await ownerByName(directory, { UserPoolId, Username }), page);
  }),

  AdminGetDevice: signedOperation({ ...onUser, ...ofDevice }, async (directory, input) => {
    const { pool, subject } = await ownerByName(directory, input);
    return { Device: describeDevice(deviceOf(pool, subject, input.DeviceKey)) };
  }),

  AdminUpdateDeviceStatus: signedOperation(
    { ...onUser, ...ofDevice, ...status },
    async (directory, input) => {
      const owner = await ownerByName(directory, input);
      return updateStatus(directory, owner, input.DeviceKey, input.DeviceRememberedStatus);
    },
  ),

  AdminForgetDevice: signedOperation({ ...onUser, ...ofDevice }, async (directory, input) => {
    const { pool, subject } = await ownerByName(directory, input);
    forgetDevice(pool, subject, deviceOf(pool, subject, input.DeviceKey));
    return {};
  }),
};

interface Owner {
  readonly pool: UserPool;
  readonly subject: string;
}

async function ownerByToken(directory: Directory, accessToken: string | undefined): Promise<Owner> {
  if (accessToken === undefined) throw invalidParameter("Missing required parameter AccessToken");
  const { pool, engine } = await tenantOfToken(directory, accessToken);
  const subject = await inCognitosWords(() =>
    engine.onSignedInAccount(accessToken, async ({ user }) => user.subject),
  );
  requireTracking(pool);
  return { pool, subject };
}

async function ownerByName(
  directory: Directory,
  { UserPoolId, Username }: { readonly UserPoolId: string; readonly Username: string },
): Promise<Owner> {
  const pool = poolOf(directory, UserPoolId);
  const { subject } = await inCognitosWords(async () => userNamed(pool.engine, Username));
  requireTracking(pool);
  return { pool, subject };
}

function updateStatus(
  { settings }: Directory,
  { pool, subject }: Owner,
  key: string,
  remembered: "remembered" | "not_remembered" | undefined,
): object {
  const device = deviceOf(pool, subject, key);
  const updatedAt = settings.clock.now();
  putDevice(pool, subject, { ...device, isRemembered: remembered === "remembered", updatedAt });
  return {};
}

function listDevices(
  { pool, subject }: Owner,
  page: { readonly Limit?: number; readonly PaginationToken?: string },
): object {
  const confirmed = devicesOf(pool, subject).filter(({ secret }) => secret);
  const { items, next } = pageOf(confirmed, page.Limit || 60, page.PaginationToken);
  return { Devices: items.map(describeDevice), ...(next && { PaginationToken: next }) };
}
