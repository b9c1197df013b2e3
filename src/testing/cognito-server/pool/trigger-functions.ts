/** The triggers that there are, by their names in `LambdaConfig`. */
export const triggerNames = [
  "PreSignUp",
  "PostConfirmation",
  "PreAuthentication",
  "PostAuthentication",
  "PreTokenGeneration",
  "UserMigration",
  "CustomMessage",
  "DefineAuthChallenge",
  "CreateAuthChallenge",
  "VerifyAuthChallengeResponse",
] as const;
export type TriggerName = (typeof triggerNames)[number];

/**
 * The event that a function is called with.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html
 */
export interface CognitoTriggerEvent {
  readonly version: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly triggerSource: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>>;
  /** To be filled in, and given back with the event. */
  response: Record<string, unknown>;
}

/** A function that stands for a Lambda function: it gives the event back, with its response. */
export type CognitoTrigger = (event: CognitoTriggerEvent) => unknown;
