import {
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeIdentityProviderCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetUserPoolMfaConfigCommand,
  type SchemaAttributeType,
  SetUserPoolMfaConfigCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, onTestFinished, test } from "vitest";
import { type StrictCognito, startStrictCognito } from "../../support/cognito-strict.ts";
import type { PoolDefinition } from "./definitions/definition.ts";
import { definitions } from "./definitions/index.ts";

/** A server that has every function which a definition names. */
async function startFor({ pool }: PoolDefinition): Promise<StrictCognito> {
  const arns = Object.values(pool.LambdaConfig ?? {}).map((named) =>
    typeof named === "string" ? named : named.LambdaArn,
  );
  const functions = Object.fromEntries(arns.map((arn) => [arn, (event: unknown) => event]));
  const cognito = await startStrictCognito({ functions });
  onTestFinished(cognito.close);
  return cognito;
}

/** Makes all of a definition in the order in which it holds together, and gives what the server then says of it. */
async function makeAndDescribe({ sdk }: StrictCognito, definition: PoolDefinition) {
  const { UserPool } = await sdk.send(new CreateUserPoolCommand(definition.pool));
  const UserPoolId = UserPool?.Id;
  const of = <Input>(input: Input) => ({ ...input, UserPoolId });
  const { mfa, identityProviders = [], resourceServers = [], clients, domains = [] } = definition;
  if (mfa) await sdk.send(new SetUserPoolMfaConfigCommand(of(mfa)));
  for (const one of identityProviders) await sdk.send(new CreateIdentityProviderCommand(of(one)));
  for (const one of resourceServers) await sdk.send(new CreateResourceServerCommand(of(one)));
  const ids: (string | undefined)[] = [];
  for (const one of clients) {
    const made = await sdk.send(new CreateUserPoolClientCommand(of(one)));
    ids.push(made.UserPoolClient?.ClientId);
  }
  for (const one of domains) await sdk.send(new CreateUserPoolDomainCommand(of(one)));
  const ofPool = { UserPoolId };
  return {
    pool: (await sdk.send(new DescribeUserPoolCommand(ofPool))).UserPool,
    mfa: await sdk.send(new GetUserPoolMfaConfigCommand(ofPool)),
    identityProviders: await Promise.all(
      identityProviders.map(async ({ ProviderName }) => {
        const named = { ...ofPool, ProviderName };
        return (await sdk.send(new DescribeIdentityProviderCommand(named))).IdentityProvider;
      }),
    ),
    resourceServers: await Promise.all(
      resourceServers.map(async ({ Identifier }) => {
        const named = { ...ofPool, Identifier };
        return (await sdk.send(new DescribeResourceServerCommand(named))).ResourceServer;
      }),
    ),
    clients: await Promise.all(
      ids.map(async (ClientId) => {
        const named = { ...ofPool, ClientId };
        return (await sdk.send(new DescribeUserPoolClientCommand(named))).UserPoolClient;
      }),
    ),
    domains: await Promise.all(
      domains.map(async ({ Domain }) => {
        const described = await sdk.send(new DescribeUserPoolDomainCommand({ Domain }));
        return described.DomainDescription;
      }),
    ),
  };
}

/** An attribute's name, as users have it. */
function nameOf({ Name = "", AttributeDataType, DeveloperOnlyAttribute }: SchemaAttributeType) {
  const isStandard = standard.includes(Name) || AttributeDataType === undefined;
  return isStandard ? Name : `${DeveloperOnlyAttribute ? "dev:" : ""}custom:${Name}`;
}

const standard = ["email", "name", "phone_number", "given_name", "family_name"];

test.each(Object.entries(definitions))(
  "a pool as it is made by %s is kept whole",
  async (_tool, definition) => {
    const cognito = await startFor(definition);
    const { PoolName, Schema = [], ...pool } = definition.pool;

    const described = await makeAndDescribe(cognito, definition);

    expect(described.pool).toMatchObject({ ...pool, Name: PoolName });
    for (const attribute of Schema) {
      const name = nameOf(attribute);
      const held = described.pool?.SchemaAttributes?.find(({ Name }) => Name === name);
      expect(held).toMatchObject({ ...attribute, Name: name });
    }
    expect(described.mfa).toMatchObject(definition.mfa ?? {});
    expect(described.identityProviders).toMatchObject(definition.identityProviders ?? []);
    expect(described.resourceServers).toMatchObject(definition.resourceServers ?? []);
    expect(described.clients).toMatchObject(
      definition.clients.map(({ GenerateSecret: _generates, ...client }) => client),
    );
    expect(described.clients.map((client) => client?.ClientSecret !== undefined)).toEqual(
      definition.clients.map(
        ({ GenerateSecret = false, ClientSecret }) => GenerateSecret || ClientSecret !== undefined,
      ),
    );
    expect(described.domains).toMatchObject(definition.domains ?? []);
  },
);

test.each(Object.entries(definitions))(
  "a pool that is changed to be as %s makes one is kept whole",
  async (_tool, definition) => {
    const cognito = await startFor(definition);
    const { sdk } = cognito;
    const { PoolName, Schema, UsernameAttributes, AliasAttributes, ...rest } = definition.pool;
    const { UsernameConfiguration, ...mutable } = rest;
    const fixed = { Schema, UsernameAttributes, AliasAttributes, UsernameConfiguration };
    const { UserPool } = await sdk.send(new CreateUserPoolCommand({ PoolName: "first", ...fixed }));
    const ofPool = { UserPoolId: UserPool?.Id };

    await sdk.send(new UpdateUserPoolCommand({ ...ofPool, ...mutable, PoolName }));

    const { UserPool: changed } = await sdk.send(new DescribeUserPoolCommand(ofPool));
    expect(changed).toMatchObject({ ...mutable, Name: PoolName });
    expect(changed?.SchemaAttributes).toEqual(UserPool?.SchemaAttributes);
  },
);

test.each(Object.entries(definitions))(
  "an app client that is changed to be as %s makes one is kept whole",
  async (_tool, definition) => {
    const cognito = await startFor(definition);
    const { sdk } = cognito;
    const { clients } = await makeAndDescribe(cognito, definition);

    for (const [
      index,
      { GenerateSecret: _, ClientSecret, ...settings },
    ] of definition.clients.entries()) {
      const { UserPoolId, ClientId, ClientSecret: secret } = clients[index] ?? {};
      const named = { UserPoolId, ClientId };
      await sdk.send(new UpdateUserPoolClientCommand({ ...named, ClientName: "other" }));
      await sdk.send(new UpdateUserPoolClientCommand({ ...named, ...settings }));
      const { UserPoolClient } = await sdk.send(new DescribeUserPoolClientCommand(named));

      expect(UserPoolClient).toMatchObject(settings);
      expect(UserPoolClient?.ClientSecret).toBe(secret);
      expect(ClientSecret ?? secret).toBe(secret);
    }
  },
);
