import { choice, required, structure, unserved } from "../wire/constraints.ts";
import { arn } from "./arn.ts";

/** The triggers that a pool can have, by the functions that stand for them. */
export const lambdaConfig = structure({
  PreSignUp: arn,
  CustomMessage: arn,
  PostConfirmation: arn,
  PreAuthentication: arn,
  PostAuthentication: arn,
  DefineAuthChallenge: arn,
  CreateAuthChallenge: arn,
  VerifyAuthChallengeResponse: arn,
  PreTokenGeneration: arn,
  UserMigration: arn,
  PreTokenGenerationConfig: structure({
    LambdaVersion: required(choice("V1_0", "V2_0", "V3_0")),
    LambdaArn: required(arn),
  }),
  KMSKeyID: arn,
  // These get codes that are encrypted with a key of AWS KMS, and inbound federation needs other identity providers.
  CustomSMSSender: unserved("LambdaConfig with CustomSMSSender"),
  CustomEmailSender: unserved("LambdaConfig with CustomEmailSender"),
  InboundFederation: unserved("LambdaConfig with InboundFederation"),
});
