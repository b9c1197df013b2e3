import type {
  CreateIdentityProviderCommandInput,
  CreateResourceServerCommandInput,
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
  CreateUserPoolDomainCommandInput,
  SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";

type OfPool<Input> = Omit<Input, "UserPoolId">;

/** A pool and all that belongs to it, as the requests of a tool make it. */
export interface PoolDefinition {
  readonly pool: CreateUserPoolCommandInput;
  readonly mfa?: OfPool<SetUserPoolMfaConfigCommandInput>;
  readonly identityProviders?: readonly OfPool<CreateIdentityProviderCommandInput>[];
  readonly resourceServers?: readonly OfPool<CreateResourceServerCommandInput>[];
  readonly clients: readonly OfPool<CreateUserPoolClientCommandInput>[];
  readonly domains?: readonly OfPool<CreateUserPoolDomainCommandInput>[];
}

/** Gives the ARN of a function of the tool's own. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:us-east-1:111122223333:function:${name}`;
}

export const roleArn = "arn:aws:iam::111122223333:role/cognito-sms";
export const identityArn = "arn:aws:ses:us-east-1:111122223333:identity/example.com";
export const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d";
