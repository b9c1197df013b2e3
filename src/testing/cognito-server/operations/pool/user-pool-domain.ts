import { type Directory, poolOf, randomName, type UserPool } from "../../directory/directory.ts";
import { checkDomain } from "../../pool/domain-rules.ts";
import type { UserPoolDomain } from "../../pool/pool-resources.ts";
import {
  type DomainConfiguration,
  domainMembers,
  domainName,
} from "../../settings/domain-members.ts";
import { invalidParameter } from "../../wire/cognito-exception.ts";
import { required } from "../../wire/constraints.ts";
import { poolId } from "../../wire/members.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const ofDomain = { Domain: required(domainName) };

/** The operations on the domains of pools, which are kept: there are no hosted pages. */
export const userPoolDomainOperations = {
  CreateUserPoolDomain: signedOperation(
    { ...ofPool, ...domainMembers },
    (directory, { UserPoolId, ...configuration }) => {
      const pool = poolOf(directory, UserPoolId);
      checkDomain(configuration);
      requireFree(directory, pool, configuration);
      const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
      const distribution = `d${randomName(directory, 13, letters)}.cloudfront.net`;
      return put(pool, { configuration, distribution });
    },
  ),

  // Of a domain that nobody has, Cognito says nothing, and that with success.
  DescribeUserPoolDomain: signedOperation(ofDomain, (directory, { Domain }) => {
    const pool = ownerOf(directory, Domain);
    const domain = pool?.resources.domains.get(Domain);
    return { DomainDescription: pool && domain ? describeDomain(pool, domain) : {} };
  }),

  UpdateUserPoolDomain: signedOperation(
    { ...ofPool, ...domainMembers },
    (directory, { UserPoolId, ...configuration }) => {
      const pool = poolOf(directory, UserPoolId);
      checkDomain(configuration);
      const { distribution } = requireDomain(pool, configuration.Domain);
      return put(pool, { configuration, distribution });
    },
  ),

  DeleteUserPoolDomain: signedOperation(
    { ...ofPool, ...ofDomain },
    (directory, { UserPoolId, Domain }) => {
      const pool = poolOf(directory, UserPoolId);
      requireDomain(pool, Domain);
      pool.resources.domains.delete(Domain);
      return {};
    },
  ),
};

function ownerOf({ pools }: Directory, domain: string): UserPool | undefined {
  return [...pools.values()].find(({ resources }) => resources.domains.has(domain));
}

/** A pool has one domain of Cognito's and one of its own at most, and no two pools have the same. */
function requireFree(
  directory: Directory,
  { resources }: UserPool,
  { Domain, CustomDomainConfig }: DomainConfiguration,
): void {
  if (ownerOf(directory, Domain))
    throw invalidParameter("Domain already associated with another user pool.");
  const isTaken = [...resources.domains.values()].some(
    ({ configuration }) =>
      Boolean(configuration.CustomDomainConfig) === Boolean(CustomDomainConfig),
  );
  if (isTaken) throw invalidParameter("User Pool already has domain configured.");
}

function requireDomain({ resources }: UserPool, name: string): UserPoolDomain {
  const domain = resources.domains.get(name);
  if (!domain) throw invalidParameter("No such domain or user pool exists.");
  return domain;
}

function put({ resources }: UserPool, domain: UserPoolDomain): object {
  const { Domain, CustomDomainConfig, ManagedLoginVersion = 1, Routing } = domain.configuration;
  resources.domains.set(Domain, domain);
  return {
    ManagedLoginVersion,
    ...(CustomDomainConfig && { CloudFrontDomain: domain.distribution }),
    ...(Routing && { Routing }),
  };
}

function describeDomain({ id }: UserPool, { configuration, distribution }: UserPoolDomain): object {
  return {
    ManagedLoginVersion: 1,
    CustomDomainConfig: {},
    ...configuration,
    UserPoolId: id,
    AWSAccountId: "000000000000",
    CloudFrontDistribution: distribution,
    Version: "1",
    Status: "ACTIVE",
  };
}
