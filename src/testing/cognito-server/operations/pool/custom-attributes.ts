import { poolOf } from "../../directory/directory.ts";
import { changePool } from "../../directory/pool-changes.ts";
import { customAttributes } from "../../pool/pool-configuration.ts";
import { extendedSchema } from "../../pool/pool-schema.ts";
import { required } from "../../wire/constraints.ts";
import { poolId } from "../../wire/members.ts";
import { signedOperation } from "../operation.ts";

/** The operation that adds attributes to the schema of a pool. */
export const customAttributesOperations = {
  AddCustomAttributes: signedOperation(
    { UserPoolId: required(poolId), CustomAttributes: required(customAttributes) },
    (directory, { UserPoolId, CustomAttributes }) => {
      const pool = poolOf(directory, UserPoolId);
      const Schema = extendedSchema(pool.configuration.Schema ?? [], CustomAttributes);
      changePool(directory, pool, { configuration: { ...pool.configuration, Schema } });
      return {};
    },
  ),
};
