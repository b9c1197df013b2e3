import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  SetUserMFAPreferenceCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { signUpProven, tokensOf, type World } from "../support.ts";

const AcrConfiguration = { "urn:cognito:loa:1": { AcrValue: "urn:example:low" } };
const LambdaArn = "arn:aws:lambda:us-east-1:111122223333:function:sender";
const KMSKeyID = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d";

/** A request for each member that is refused whatever its value, by `Structure.Member`. */
export const refusedRequests: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  "CreateUserPoolRequest.AcrConfiguration": (world) => createPool(world, { AcrConfiguration }),
  "UpdateUserPoolRequest.AcrConfiguration": ({ sdk, poolId }) =>
    sdk.send(new UpdateUserPoolCommand({ UserPoolId: poolId, AcrConfiguration })),
  "LambdaConfigType.CustomSMSSender": (world) =>
    createPool(world, {
      LambdaConfig: { KMSKeyID, CustomSMSSender: { LambdaVersion: "V1_0", LambdaArn } },
    }),
  "LambdaConfigType.CustomEmailSender": (world) =>
    createPool(world, {
      LambdaConfig: { KMSKeyID, CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn } },
    }),
  "LambdaConfigType.InboundFederation": (world) =>
    createPool(world, {
      LambdaConfig: { InboundFederation: { LambdaVersion: "V1_0", LambdaArn } },
    }),
  "WebAuthnMfaSettingsType.Enabled": async (world) => {
    await signUpProven(world);
    const { AccessToken } = await tokensOf(world);
    const WebAuthnMfaSettings = { Enabled: true };
    return world.sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, WebAuthnMfaSettings }));
  },
};

function createPool({ sdk }: World, input: Partial<CreateUserPoolCommandInput>): Promise<unknown> {
  return sdk.send(new CreateUserPoolCommand({ PoolName: "other", ...input }));
}
