import {
  AdminListUserAuthEventsCommand,
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  type CreateUserPoolDomainCommandInput,
  DeleteIdentityProviderCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetIdentityProviderByIdentifierCommand,
  ListIdentityProvidersCommand,
  ListResourceServersCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIdentityProviderCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolCommand,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { certificateArn } from "./definitions/definition.ts";
import { ada, refusalOf, signUp, startWorld, type World } from "./support.ts";

const ofPool = ({ poolId }: World) => ({ UserPoolId: poolId });

async function poolOf(world: World) {
  const { UserPool } = await world.sdk.send(new DescribeUserPoolCommand(ofPool(world)));
  return UserPool;
}

describe("domains", () => {
  const create = (world: World, input: Omit<CreateUserPoolDomainCommandInput, "UserPoolId">) =>
    world.sdk.send(new CreateUserPoolDomainCommand({ ...ofPool(world), ...input }));
  const own = {
    Domain: "auth.example.com",
    CustomDomainConfig: { CertificateArn: certificateArn },
  };

  test("are one of Cognito's and one of the pool's own, and both are told of with it", async () => {
    const world = await startWorld();

    const prefix = await create(world, { Domain: "orders" });
    const custom = await create(world, own);

    expect(prefix).not.toHaveProperty("CloudFrontDomain");
    expect(custom.CloudFrontDomain).toMatch(/^d[a-z0-9]{13}\.cloudfront\.net$/);
    expect(await poolOf(world)).toMatchObject({
      Domain: "orders",
      CustomDomain: "auth.example.com",
    });
    expect(await refusalOf(create(world, { Domain: "more" }))).toMatch(
      /^InvalidParameterException/,
    );
  });

  // https://github.com/aws-samples/aws-cdk-examples/issues/402
  test("are nobody else's", async () => {
    const world = await startWorld();
    await create(world, { Domain: "orders" });
    const { UserPool } = await world.sdk.send(new CreateUserPoolCommand({ PoolName: "other" }));
    const other = { UserPoolId: UserPool?.Id, Domain: "orders" };

    expect(await refusalOf(world.sdk.send(new CreateUserPoolDomainCommand(other)))).toBe(
      "InvalidParameterException: Domain already associated with another user pool.",
    );
    expect(await refusalOf(world.sdk.send(new DeleteUserPoolDomainCommand(other)))).toBe(
      "InvalidParameterException: No such domain or user pool exists.",
    );
  });

  test.each([
    ["with capitals", { Domain: "Orders" }, /^.*: The domain name contains an invalid character/],
    ["with a dot, without a certificate", { Domain: "a.example.com" }, /invalid character/],
    ["that is no host, with a certificate", { ...own, Domain: "orders" }, /not a valid subdomain$/],
    ["of Amazon's", { Domain: "my-cognito" }, /reserved word: cognito$/],
  ])("are refused %s", async (_case, input, refusal) => {
    expect(await refusalOf(create(await startWorld(), input))).toMatch(refusal);
  });

  test("change, and go before their pool does", async () => {
    const world = await startWorld();
    await create(world, { Domain: "orders" });
    const named = { ...ofPool(world), Domain: "orders" };
    const describeIt = new DescribeUserPoolDomainCommand({ Domain: "orders" });
    const remove = () => world.sdk.send(new DeleteUserPoolCommand(ofPool(world)));

    await world.sdk.send(new UpdateUserPoolDomainCommand({ ...named, ManagedLoginVersion: 2 }));
    const { DomainDescription: changed } = await world.sdk.send(describeIt);
    const refusal = await refusalOf(remove());
    await world.sdk.send(new DeleteUserPoolDomainCommand(named));
    const { DomainDescription: gone } = await world.sdk.send(describeIt);
    await remove();

    expect(changed).toMatchObject({ ...named, ManagedLoginVersion: 2, Status: "ACTIVE" });
    expect(refusal).toMatch(/^InvalidParameterException: User pool cannot be deleted\./);
    expect(gone).toEqual({});
  });
});

describe("resource servers", () => {
  test("are made once, listed, changed and deleted", async () => {
    const world = await startWorld();
    const named = { ...ofPool(world), Identifier: "orders" };
    const Scopes = [{ ScopeName: "read", ScopeDescription: "Read orders" }];
    const create = () =>
      world.sdk.send(new CreateResourceServerCommand({ ...named, Name: "Orders", Scopes }));

    await create();
    expect(await refusalOf(create())).toMatch(/^InvalidParameterException: orders already exists/);
    await world.sdk.send(new UpdateResourceServerCommand({ ...named, Name: "All orders" }));
    const { ResourceServers } = await world.sdk.send(
      new ListResourceServersCommand({ ...ofPool(world), MaxResults: 50 }),
    );
    await world.sdk.send(new DeleteResourceServerCommand(named));

    expect(ResourceServers).toEqual([{ ...named, Name: "All orders", Scopes: [] }]);
    for (const call of [
      () => world.sdk.send(new DescribeResourceServerCommand(named)),
      () => world.sdk.send(new DeleteResourceServerCommand(named)),
    ])
      expect(await refusalOf(call())).toMatch(/^ResourceNotFoundException/);
  });
});

describe("identity providers", () => {
  const google = {
    ProviderName: "Google",
    ProviderType: "Google",
    ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "email" },
    IdpIdentifiers: ["example.com"],
  } satisfies Omit<CreateIdentityProviderCommandInput, "UserPoolId">;
  const create = (world: World, input: Omit<CreateIdentityProviderCommandInput, "UserPoolId">) =>
    world.sdk.send(new CreateIdentityProviderCommand({ ...ofPool(world), ...input }));

  test("are made once, found by what they go by, changed and deleted", async () => {
    const world = await startWorld();
    const named = { ...ofPool(world), ProviderName: "Google" };
    const found = { ...ofPool(world), IdpIdentifier: "example.com" };
    await create(world, google);
    const AttributeMapping = { email: "email" };

    const duplicate = await refusalOf(create(world, google));
    await world.sdk.send(new UpdateIdentityProviderCommand({ ...named, AttributeMapping }));
    const { IdentityProvider } = await world.sdk.send(
      new GetIdentityProviderByIdentifierCommand(found),
    );
    const { Providers } = await world.sdk.send(
      new ListIdentityProvidersCommand({ ...ofPool(world), MaxResults: 60 }),
    );
    await world.sdk.send(new DeleteIdentityProviderCommand(named));

    expect(duplicate).toMatch(/^DuplicateProviderException/);
    expect(IdentityProvider).toMatchObject({ ...google, AttributeMapping });
    expect(Providers?.map(({ ProviderName }) => ProviderName)).toEqual(["Google"]);
    for (const call of [
      () => world.sdk.send(new DescribeIdentityProviderCommand(named)),
      () => world.sdk.send(new GetIdentityProviderByIdentifierCommand(found)),
    ])
      expect(await refusalOf(call())).toMatch(/^ResourceNotFoundException/);
  });

  // https://github.com/aws/aws-cli/issues/3179
  test.each([
    [
      { ...google, ProviderName: "Other" },
      "InvalidParameterException: Provider Other cannot be of type Google.",
    ],
    [
      { ...google, ProviderDetails: { client_id: "id" } },
      "InvalidParameterException: clientId, clientSecret and authorizeScopes are all required idp details.",
    ],
    [
      { ProviderName: "Corporate", ProviderType: "SAML", ProviderDetails: {} } as const,
      "InvalidParameterException: At least one of the MetadataURL or MetadataFile should be provided.",
    ],
    [
      {
        ProviderName: "Members",
        ProviderType: "OIDC",
        ProviderDetails: {
          client_id: "id",
          authorize_scopes: "openid",
          oidc_issuer: "http://members.example.com",
          attributes_request_method: "GET",
        },
      } as const,
      "InvalidParameterException: OIDC endpoint must start with https://",
    ],
  ])("are refused without what their type needs: %j", async (input, refusal) => {
    expect(await refusalOf(create(await startWorld(), input))).toBe(refusal);
  });
});

test("tags are put on a pool, and taken off", async () => {
  const world = await startWorld({ pool: { UserPoolTags: { team: "orders", stage: "dev" } } });
  const ResourceArn = (await poolOf(world))?.Arn;
  const list = async () =>
    (await world.sdk.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags;

  await world.sdk.send(new TagResourceCommand({ ResourceArn, Tags: { stage: "test", cost: "7" } }));
  expect(await list()).toEqual({ team: "orders", stage: "test", cost: "7" });
  await world.sdk.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team", "cost"] }));
  expect((await poolOf(world))?.UserPoolTags).toEqual({ stage: "test" });
  const other = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_other";
  expect(
    await refusalOf(world.sdk.send(new ListTagsForResourceCommand({ ResourceArn: other }))),
  ).toMatch(/^ResourceNotFoundException/);
});

test("a world that is brought back has the domains, servers and providers that it had", async () => {
  const world = await startWorld();
  const saved = world.server.snapshot();
  const domain = { ...ofPool(world), Domain: "orders" };
  await world.sdk.send(new CreateUserPoolDomainCommand(domain));

  world.server.restore(saved);

  expect(await poolOf(world)).not.toHaveProperty("Domain");
  await world.sdk.send(new CreateUserPoolDomainCommand(domain));
});

test("the events of a pool with threat protection are not served", async () => {
  const world = await startWorld();
  await signUp(world);
  const on = { UserPoolTier: "PLUS", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" } } as const;
  await world.sdk.send(new UpdateUserPoolCommand({ ...ofPool(world), ...on }));
  const list = new AdminListUserAuthEventsCommand({ ...ofPool(world), Username: ada });

  expect(await refusalOf(world.sdk.send(list))).toMatch(
    /^InvalidParameterException: This server does not do/,
  );
});
