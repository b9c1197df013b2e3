import { poolOf } from "../../directory/directory.ts";
import { changePool } from "../../directory/pool-changes.ts";
import { schemaAttributes } from "../../pool/pool-configuration.ts";
import { invalidParameter } from "../../wire/cognito-exception.ts";
import { required } from "../../wire/constraints.ts";
import { poolId } from "../../wire/members.ts";
import { signedOperation } from "../operation.ts";

/** The operation that adds attributes to the schema of a pool. */
export const customAttributesOperations = {
  AddCustomAttributes: signedOperation(
    { UserPoolId: required(poolId), CustomAttributes: required(schemaAttributes) },
    (directory, { UserPoolId, CustomAttributes }) => {
      const pool = poolOf(directory, UserPoolId);
      const { Schema = [] } = pool.configuration;
      if (CustomAttributes.some(({ Name }) => Schema.some((one) => one.Name === Name)))
        throw invalidParameter("custom attributes: Existing attribute already has this name.");
      const configuration = { ...pool.configuration, Schema: [...Schema, ...CustomAttributes] };
      changePool(directory, pool, { configuration });
      return {};
    },
  ),
};
