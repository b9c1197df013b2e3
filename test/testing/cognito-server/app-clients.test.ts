import { createHmac } from "node:crypto";
import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientSecretCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  ListUserPoolClientSecretsCommand,
  UpdateUserAttributesCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import {
  ada,
  initiate,
  refusalOf,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const ofClient = ({ poolId, clientId }: World) => ({ UserPoolId: poolId, ClientId: clientId });

function hashBy(secret: string, { clientId }: World): string {
  return createHmac("sha256", secret)
    .update(ada + clientId)
    .digest("base64");
}

describe("the secrets of a client", () => {
  test("are two while one takes the other's place, and both are good", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const { RefreshToken } = await tokensOf(world);

    const { ClientSecretDescriptor } = await world.sdk.send(
      new AddUserPoolClientSecretCommand(ofClient(world)),
    );
    const second = ClientSecretDescriptor?.ClientSecretValue ?? "";

    for (const secret of [world.secret ?? "", second]) {
      await initiate(world, { SECRET_HASH: hashBy(secret, world) });
      const { clientId: ClientId } = world;
      const input = { ClientId, RefreshToken, ClientSecret: secret };
      await world.sdk.send(new GetTokensFromRefreshTokenCommand(input));
    }
  });

  test("are listed without their values, and the one that was deleted is good no more", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const ClientSecret = "x".repeat(32);
    const { ClientSecretDescriptor: added } = await world.sdk.send(
      new AddUserPoolClientSecretCommand({ ...ofClient(world), ClientSecret }),
    );

    const { ClientSecrets = [] } = await world.sdk.send(
      new ListUserPoolClientSecretsCommand(ofClient(world)),
    );
    const [first] = ClientSecrets;
    const remove = (ClientSecretId = "") =>
      world.sdk.send(new DeleteUserPoolClientSecretCommand({ ...ofClient(world), ClientSecretId }));
    await remove(first?.ClientSecretId);

    expect(added).not.toHaveProperty("ClientSecretValue");
    expect(ClientSecrets.map((one) => one.ClientSecretValue)).toEqual([undefined, undefined]);
    expect(await refusalOf(initiate(world))).toMatch(/Unable to verify secret hash/);
    await initiate(world, { SECRET_HASH: hashBy(ClientSecret, world) });
    expect(await refusalOf(remove(first?.ClientSecretId))).toMatch(/^ResourceNotFoundException/);
    expect(await refusalOf(remove(added?.ClientSecretId))).toMatch(/^InvalidParameterException/);
  });

  test("are two at most, and none of a client that began without", async () => {
    const world = await startWorld();
    const open = await startWorld({ client: { GenerateSecret: false } });
    const add = (to: World) => to.sdk.send(new AddUserPoolClientSecretCommand(ofClient(to)));
    await add(world);

    expect(await refusalOf(add(world))).toMatch(/^LimitExceededException/);
    expect(await refusalOf(add(open))).toMatch(/^InvalidParameterException/);
  });
});

describe("tokens", () => {
  test("show the attributes that the client may read", async () => {
    const world = await startWorld({ client: { ReadAttributes: ["given_name"] } });
    await signUpProven(world);
    const { AccessToken } = await tokensOf(world);
    const UserAttributes = [
      { Name: "given_name", Value: "Ada" },
      { Name: "family_name", Value: "Lovelace" },
    ];
    await world.sdk.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));

    const claims = decodeJwt((await tokensOf(world)).IdToken);
    const { UserAttributes: shown } = await world.sdk.send(new GetUserCommand({ AccessToken }));

    expect(claims).toMatchObject({ given_name: "Ada" });
    for (const name of ["family_name", "email", "email_verified"])
      expect(claims).not.toHaveProperty(name);
    expect(shown?.map(({ Name }) => Name).toSorted()).toEqual(["given_name", "sub"]);
  });

  test("that cannot be revoked name no session, and end with their user's", async () => {
    const world = await startWorld({ client: { EnableTokenRevocation: false } });
    await signUpProven(world);
    const { AccessToken, IdToken } = await tokensOf(world);
    const getUser = () => world.sdk.send(new GetUserCommand({ AccessToken }));

    for (const token of [AccessToken, IdToken]) {
      expect(decodeJwt(token)).toHaveProperty("event_id");
      expect(decodeJwt(token)).not.toHaveProperty("origin_jti");
      expect(decodeJwt(token)).not.toHaveProperty("jti");
    }
    await getUser();
    await world.sdk.send(new GlobalSignOutCommand({ AccessToken }));
    expect(await refusalOf(getUser())).toMatch(/Access Token has been revoked$/);
  });

  test("that refresh have the five parts of a JWE", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const { RefreshToken } = await tokensOf(world);

    expect(RefreshToken.split(".")).toHaveLength(5);
    expect(decodeProtectedHeader(RefreshToken)).toMatchObject({
      alg: "RSA-OAEP",
      enc: "A256GCM",
    });
    expect(() => decodeJwt(RefreshToken)).toThrow();
  });
});
