import { functionArn, type PoolDefinition, roleArn } from "./definition.ts";

/** `AWS::Cognito::UserPool` of a SAM template behind an API Gateway, with the triggers that SAM's events make. */
export const sam: PoolDefinition = {
  pool: {
    PoolName: "sam-app-UserPool",
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
    UsernameAttributes: ["email"],
    Schema: [
      { Name: "email", AttributeDataType: "String", Required: false },
      {
        Name: "company",
        AttributeDataType: "String",
        StringAttributeConstraints: { MaxLength: "256" },
      },
    ],
    LambdaConfig: {
      PreSignUp: functionArn("pre-sign-up"),
      CustomMessage: functionArn("custom-message"),
    },
  },
  resourceServers: [{ Identifier: "https://api.example.com", Name: "api" }],
  clients: [
    {
      ClientName: "sam-app-UserPoolClient",
      GenerateSecret: false,
      ExplicitAuthFlows: ["USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
    },
  ],
  domains: [{ Domain: "sam-app-111122223333" }],
};

/** A `resources` section of the Serverless Framework, for an application that a custom challenge signs in to. */
export const serverless: PoolDefinition = {
  pool: {
    PoolName: "passwordless-dev",
    UsernameAttributes: ["phone_number"],
    AutoVerifiedAttributes: ["phone_number"],
    MfaConfiguration: "OFF",
    SmsConfiguration: { ExternalId: "passwordless-dev", SnsCallerArn: roleArn },
    Schema: [
      { Name: "name", AttributeDataType: "String", Mutable: true, Required: true },
      { Name: "phone_number", AttributeDataType: "String", Mutable: true, Required: true },
    ],
    Policies: {
      PasswordPolicy: {
        RequireLowercase: false,
        RequireSymbols: false,
        RequireNumbers: false,
        MinimumLength: 8,
        RequireUppercase: false,
      },
    },
    LambdaConfig: {
      CreateAuthChallenge: functionArn("create-auth-challenge"),
      DefineAuthChallenge: functionArn("define-auth-challenge"),
      PreSignUp: functionArn("pre-sign-up"),
      VerifyAuthChallengeResponse: functionArn("verify-auth-challenge-response"),
    },
  },
  clients: [
    {
      ClientName: "passwordless-dev",
      GenerateSecret: false,
      ExplicitAuthFlows: ["CUSTOM_AUTH_FLOW_ONLY"],
    },
  ],
};

/** A plug-in's pool that moves users over from another directory. */
export const serverlessMigration: PoolDefinition = {
  pool: {
    PoolName: "members-dev",
    AliasAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 30 },
    EmailVerificationMessage: "Your verification code is {####}.",
    EmailVerificationSubject: "Your verification code",
    LambdaConfig: { UserMigration: functionArn("user-migration") },
  },
  identityProviders: [
    {
      ProviderName: "Members",
      ProviderType: "OIDC",
      ProviderDetails: {
        attributes_request_method: "GET",
        authorize_scopes: "openid email",
        client_id: "members",
        client_secret: "secret",
        oidc_issuer: "https://members.example.com",
      },
      AttributeMapping: { email: "email", username: "sub" },
    },
  ],
  clients: [
    {
      ClientName: "site",
      ClientSecret: "ownsecretofthesitewith32letters0",
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      SupportedIdentityProviders: ["Members"],
      AnalyticsConfiguration: {
        ApplicationId: "0a1b2c3d4e5f",
        ExternalId: "members",
        RoleArn: roleArn,
        UserDataShared: true,
      },
    },
    {
      ClientName: "app",
      AnalyticsConfiguration: {
        ApplicationArn: "arn:aws:mobiletargeting:us-east-1:111122223333:apps/0a1b2c3d4e5f",
      },
    },
  ],
};

/** Members that are seldom sent, and newer than most tools. */
export const rarities: PoolDefinition = {
  pool: {
    PoolName: "rarities",
    DcrConfiguration: {
      EnableStatus: "Enabled",
      OpenDcrEnabled: false,
      AuthenticatedGrantTypes: ["code"],
      OpenDcrGrantTypes: ["code"],
      AllowedScopes: ["openid"],
    },
    IssuerConfiguration: { Type: "ORIGINAL" },
    KeyConfiguration: {
      KeyType: "CUSTOMER_MANAGED_KEY",
      KmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/mrk-0a1b2c3d",
    },
    LambdaConfig: { KMSKeyID: "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d" },
    SmsConfiguration: {
      EumsSms: {
        CallerArn: roleArn,
        ConfigurationSetName: "codes",
        ExternalId: "rarities",
        InEntityId: "1101000000000000000",
        InTemplateId: "1107000000000000000",
        OriginationIdentity: "+12065550100",
        Region: "us-east-1",
      },
    },
  },
  clients: [],
};
