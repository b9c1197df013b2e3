import {
  AdminForgetDeviceCommand,
  AdminGetDeviceCommand,
  AdminInitiateAuthCommand,
  AdminListDevicesCommand,
  AdminUpdateDeviceStatusCommand,
  ConfirmDeviceCommand,
  ForgetDeviceCommand,
  GetDeviceCommand,
  GetTokensFromRefreshTokenCommand,
  ListDevicesCommand,
  RespondToAuthChallengeCommand,
  UpdateDeviceStatusCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { createSrpClient, srpTimestamp } from "../../../src/adapters/cognito/sign-in/srp/client.ts";
import { createSrpHasher } from "../../../src/testing/cognito-server/srp/hasher.ts";
import { bytesOf } from "../../../src/testing/cognito-server/srp/numbers.ts";
import {
  ada,
  enrol,
  initiate,
  password,
  refusalOf,
  setMfa,
  signUpProven,
  startWorld,
  type World,
} from "./support.ts";

const devicePassword = "device-password";

interface TestDevice {
  readonly key: string;
  readonly groupKey: string;
}

async function startTracking(
  DeviceConfiguration = {
    ChallengeRequiredOnNewDevice: true,
    DeviceOnlyRememberedOnUserPrompt: false,
  },
): Promise<World> {
  const world = await startWorld({ pool: { DeviceConfiguration } });
  await signUpProven(world);
  return world;
}

async function signInNew(world: World) {
  const { AuthenticationResult } = await initiate(world);
  const { AccessToken = "", RefreshToken = "", NewDeviceMetadata } = AuthenticationResult ?? {};
  const { DeviceKey: key = "", DeviceGroupKey: groupKey = "" } = NewDeviceMetadata ?? {};
  return { AccessToken, RefreshToken, key, groupKey };
}

/** What a client makes for `ConfirmDevice`: RFC 5054 section 2.5.3, with the group's key for the pool's name. */
async function verifierOf({ key, groupKey }: TestDevice) {
  const plain = { hash: async () => ({ salt: new Uint8Array(0), iterations: 1, key: salt }) };
  const hasher = createSrpHasher(
    { ...plain, matches: async () => false },
    { poolId: `_${groupKey}`, randomBytes: () => salt },
  );
  const { srp } = await hasher.hash(devicePassword, key);
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  return { PasswordVerifier: base64(bytesOf(srp?.verifier ?? 0n)), Salt: base64(salt) };
}
const salt = Uint8Array.from({ length: 16 }, (_, index) => index + 1);

async function confirm(world: World, device: TestDevice & { readonly AccessToken: string }) {
  const { AccessToken, key: DeviceKey } = device;
  const DeviceSecretVerifierConfig = await verifierOf(device);
  return world.sdk.send(
    new ConfirmDeviceCommand({
      AccessToken,
      DeviceKey,
      DeviceSecretVerifierConfig,
      DeviceName: "laptop",
    }),
  );
}

async function remembered(world: World) {
  const device = await signInNew(world);
  await confirm(world, device);
  return device;
}

function respond(
  world: World,
  name: "DEVICE_SRP_AUTH" | "DEVICE_PASSWORD_VERIFIER",
  Session: string | undefined,
  responses: Readonly<Record<string, string>>,
) {
  return world.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: world.clientId,
      ChallengeName: name,
      Session,
      ChallengeResponses: { USERNAME: ada, SECRET_HASH: world.hash(ada), ...responses },
    }),
  );
}

/** Proves that a sign-in comes from a device. */
async function prove(
  world: World,
  device: TestDevice,
  session: string | undefined,
  secret: string,
) {
  const srp = createSrpClient(`_${device.groupKey}`);
  const DEVICE_KEY = device.key;
  const { ChallengeName, Session, ChallengeParameters } = await respond(
    world,
    "DEVICE_SRP_AUTH",
    session,
    { DEVICE_KEY, SRP_A: srp.publicValue },
  );
  expect(ChallengeName).toBe("DEVICE_PASSWORD_VERIFIER");
  const { SRP_B = "", SALT = "", SECRET_BLOCK = "" } = ChallengeParameters ?? {};
  const TIMESTAMP = srpTimestamp(world.clock.now());
  const server = { publicValue: SRP_B, salt: SALT, secretBlock: SECRET_BLOCK };
  const signature = await srp.sign(secret, { userId: device.key, ...server }, TIMESTAMP);
  return respond(world, "DEVICE_PASSWORD_VERIFIER", Session, {
    DEVICE_KEY,
    PASSWORD_CLAIM_SIGNATURE: signature,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    TIMESTAMP,
  });
}

describe("a new device", () => {
  test("a new device is told its keys, and the access token names it", async () => {
    const world = await startTracking();

    const { AccessToken, key, groupKey } = await signInNew(world);

    expect(key).toMatch(/^us-east-1_[0-9a-f-]{36}$/);
    expect(groupKey).not.toBe("");
    expect(decodeJwt(AccessToken)).toMatchObject({ device_key: key });
  });

  test("a new device is remembered once it is confirmed, and confirmed once", async () => {
    const world = await startTracking();
    const device = await signInNew(world);

    const { UserConfirmationNecessary } = await confirm(world, device);

    expect(UserConfirmationNecessary).toBe(false);
    expect(await refusalOf(confirm(world, device))).toMatch(/^DeviceKeyExistsException/);
  });

  test("a new device is nothing that a pool without devices tells of", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const { AuthenticationResult } = await initiate(world);
    const { AccessToken } = AuthenticationResult ?? {};

    expect(AuthenticationResult).not.toHaveProperty("NewDeviceMetadata");
    expect(await refusalOf(world.sdk.send(new ListDevicesCommand({ AccessToken })))).toMatch(
      /^InvalidUserPoolConfigurationException/,
    );
  });
});

describe("a remembered device", () => {
  test("a remembered device proves itself by its password, and that in place of a second factor", async () => {
    const world = await startTracking();
    await setMfa(world, "OPTIONAL");
    const device = await remembered(world);
    await enrol({ ...world });

    const begun = await initiate(world, { DEVICE_KEY: device.key });
    const done = await prove(world, device, begun.Session, devicePassword);
    const elsewhere = await initiate(world);

    expect(begun.ChallengeName).toBe("DEVICE_SRP_AUTH");
    expect(done.AuthenticationResult).toHaveProperty("RefreshToken");
    expect(done.AuthenticationResult).not.toHaveProperty("NewDeviceMetadata");
    expect(elsewhere.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  test("a remembered device comes after the second factor, where it does not stand for one", async () => {
    const world = await startTracking({
      ChallengeRequiredOnNewDevice: false,
      DeviceOnlyRememberedOnUserPrompt: false,
    });
    await setMfa(world, "OPTIONAL");
    const device = await remembered(world);
    await enrol(world);

    const { ChallengeName } = await initiate(world, { DEVICE_KEY: device.key });

    expect(ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  });

  test("a remembered device is refused with a wrong password, which spends the session", async () => {
    const world = await startTracking();
    const device = await remembered(world);
    const { Session } = await initiate(world, { DEVICE_KEY: device.key });

    expect(await refusalOf(prove(world, device, Session, "other"))).toBe(
      "NotAuthorizedException: Incorrect username or password.",
    );
    expect(await refusalOf(prove(world, device, Session, devicePassword))).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
  });

  test("a remembered device is one only when the user says so, where the pool asks", async () => {
    const world = await startTracking({
      ChallengeRequiredOnNewDevice: true,
      DeviceOnlyRememberedOnUserPrompt: true,
    });
    const device = await signInNew(world);
    const { UserConfirmationNecessary } = await confirm(world, device);
    const { AccessToken, key: DeviceKey } = device;
    const before = await initiate(world, { DEVICE_KEY: DeviceKey });

    await world.sdk.send(
      new UpdateDeviceStatusCommand({
        AccessToken,
        DeviceKey,
        DeviceRememberedStatus: "remembered",
      }),
    );

    const after = await initiate(world, { DEVICE_KEY: DeviceKey });
    expect(UserConfirmationNecessary).toBe(true);
    expect(before).toHaveProperty("AuthenticationResult");
    expect(after.ChallengeName).toBe("DEVICE_SRP_AUTH");
  });

  test("a remembered device is listed and described, to its user and to administrators", async () => {
    const world = await startTracking();
    const { AccessToken, key: DeviceKey } = await remembered(world);
    await signInNew(world);
    const user = { UserPoolId: world.poolId, Username: ada };

    const own = await world.sdk.send(new ListDevicesCommand({ AccessToken }));
    const listed = await world.sdk.send(new AdminListDevicesCommand(user));
    const { Device } = await world.sdk.send(new GetDeviceCommand({ AccessToken, DeviceKey }));
    const found = await world.sdk.send(new AdminGetDeviceCommand({ ...user, DeviceKey }));

    for (const { Devices } of [own, listed])
      expect(Devices?.map((device) => device.DeviceKey)).toEqual([DeviceKey]);
    expect(Device?.DeviceAttributes).toContainEqual({ Name: "device_name", Value: "laptop" });
    expect(found.Device).toEqual(Device);
  });

  test("a device that is forgotten leaves the session that was begun from it alone", async () => {
    const world = await startTracking();
    const { AccessToken, RefreshToken, key: DeviceKey } = await remembered(world);
    const { clientId: ClientId, secret: ClientSecret } = world;
    const refresh = new GetTokensFromRefreshTokenCommand({
      ClientId,
      ClientSecret,
      RefreshToken,
      DeviceKey,
    });

    await world.sdk.send(new ForgetDeviceCommand({ AccessToken, DeviceKey }));

    expect(await world.sdk.send(refresh)).toHaveProperty("AuthenticationResult");
    expect(await refusalOf(initiate(world, { DEVICE_KEY: DeviceKey }))).toBe(
      "ResourceNotFoundException: Device does not exist.",
    );
  });

  test("a remembered device is an administrator's to forget, and to have remembered no more", async () => {
    const world = await startTracking();
    const { key: DeviceKey } = await remembered(world);
    const device = { UserPoolId: world.poolId, Username: ada, DeviceKey };
    const change = { ...device, DeviceRememberedStatus: "not_remembered" as const };

    await world.sdk.send(new AdminUpdateDeviceStatusCommand(change));
    const signedIn = await initiate(world, { DEVICE_KEY: DeviceKey });
    await world.sdk.send(new AdminForgetDeviceCommand(device));

    expect(signedIn).toHaveProperty("AuthenticationResult");
    expect(await refusalOf(world.sdk.send(new AdminGetDeviceCommand(device)))).toMatch(
      /^ResourceNotFoundException/,
    );
  });
});

describe("refreshing, where devices are told apart", () => {
  test("refreshing, where devices are told apart takes the device that was signed in from", async () => {
    const world = await startTracking();
    const { RefreshToken, key } = await signInNew(world);
    const { clientId: ClientId, secret: ClientSecret } = world;
    const refresh = (DeviceKey?: string) =>
      world.sdk.send(
        new GetTokensFromRefreshTokenCommand({ ClientId, ClientSecret, RefreshToken, DeviceKey }),
      );

    expect(await refusalOf(refresh())).toBe("NotAuthorizedException: Invalid Refresh Token");
    const { AuthenticationResult } = await refresh(key);
    expect(decodeJwt(AuthenticationResult?.AccessToken ?? "")).toMatchObject({ device_key: key });
  });

  test("refreshing, where devices are told apart fails after a sign-in with an administrator's credentials, which know no device", async () => {
    const world = await startTracking();
    const { poolId: UserPoolId, clientId: ClientId, secret: ClientSecret } = world;
    const { AuthenticationResult } = await world.sdk.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: ada, PASSWORD: password, SECRET_HASH: world.hash(ada) },
      }),
    );
    const { RefreshToken } = AuthenticationResult ?? {};
    const refresh = { ClientId, ClientSecret, RefreshToken };

    expect(AuthenticationResult).not.toHaveProperty("NewDeviceMetadata");
    expect(await refusalOf(world.sdk.send(new GetTokensFromRefreshTokenCommand(refresh)))).toMatch(
      /^NotAuthorizedException/,
    );
  });
});
