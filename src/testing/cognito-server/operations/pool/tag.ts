import { arnOfPool } from "../../answers/pool-description.ts";
import type { Directory, UserPool } from "../../directory/directory.ts";
import { changePool } from "../../directory/pool-changes.ts";
import { arn } from "../../settings/arn.ts";
import { tags } from "../../settings/kept-pool-members.ts";
import { resourceNotFound } from "../../wire/cognito-exception.ts";
import { list, required, text } from "../../wire/constraints.ts";
import { signedOperation } from "../operation.ts";

const ofResource = { ResourceArn: required(arn) };

/** The operations on the tags of pools. */
export const tagOperations = {
  ListTagsForResource: signedOperation(ofResource, (directory, { ResourceArn }) => ({
    Tags: poolNamed(directory, ResourceArn).configuration.UserPoolTags ?? {},
  })),

  TagResource: signedOperation(
    { ...ofResource, Tags: required(tags) },
    (directory, { ResourceArn, Tags }) => {
      const pool = poolNamed(directory, ResourceArn);
      return setTags(directory, pool, { ...pool.configuration.UserPoolTags, ...Tags });
    },
  ),

  UntagResource: signedOperation(
    { ...ofResource, TagKeys: required(list(text({ min: 1, max: 128 }))) },
    (directory, { ResourceArn, TagKeys }) => {
      const pool = poolNamed(directory, ResourceArn);
      const kept = Object.entries(pool.configuration.UserPoolTags ?? {});
      const left = kept.filter(([name]) => !TagKeys.includes(name));
      return setTags(directory, pool, Object.fromEntries(left));
    },
  ),
};

function poolNamed({ pools }: Directory, name: string): UserPool {
  // The name ends with the id.
  const pool = pools.get(name.replace(/^.*\//s, ""));
  if (!pool || arnOfPool(pool.id) !== name)
    throw resourceNotFound(`Resource ${name} does not exist.`);
  return pool;
}

function setTags(
  directory: Directory,
  pool: UserPool,
  UserPoolTags: Readonly<Record<string, string>>,
): object {
  changePool(directory, pool, { configuration: { ...pool.configuration, UserPoolTags } });
  return {};
}
