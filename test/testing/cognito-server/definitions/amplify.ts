import { functionArn, type PoolDefinition, roleArn } from "./definition.ts";

/**
 * `amplify add auth` of the first generation: what its CloudFormation template says, with the strings that it has for
 * booleans and numbers read.
 */
export const amplifyGen1: PoolDefinition = {
  pool: {
    PoolName: "myapp1a2b3c4d_userpool_1a2b3c4d-dev",
    Schema: [{ Name: "email", Required: true, Mutable: true }],
    AutoVerifiedAttributes: ["email"],
    EmailVerificationMessage: "Your verification code is {####}",
    EmailVerificationSubject: "Your verification code",
    SmsVerificationMessage: "Your verification code is {####}",
    SmsAuthenticationMessage: "Your authentication code is {####}",
    SmsConfiguration: { SnsCallerArn: roleArn, ExternalId: "myapp1a2b_role_external_id" },
    MfaConfiguration: "OFF",
    UsernameAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
        RequireUppercase: false,
      },
    },
  },
  clients: [
    {
      ClientName: "myapp1_app_clientWeb",
      RefreshTokenValidity: 30,
      TokenValidityUnits: { RefreshToken: "days" },
    },
    {
      ClientName: "myapp1_app_client",
      GenerateSecret: false,
      RefreshTokenValidity: 30,
      TokenValidityUnits: { RefreshToken: "days" },
    },
  ],
};

/** `defineAuth` of the second generation, with e-mail sign-in, a social provider, attributes and triggers. */
export const amplifyGen2: PoolDefinition = {
  pool: {
    PoolName: "amplifyAuthUserPool4BA7F805-AbCdEf",
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    AutoVerifiedAttributes: ["email"],
    EmailVerificationMessage: "The verification code to your new account is {####}",
    EmailVerificationSubject: "Verify your new account",
    LambdaConfig: {
      PreSignUp: functionArn("pre-sign-up"),
      PostConfirmation: functionArn("post-confirmation"),
    },
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        RequireUppercase: true,
      },
    },
    Schema: [
      { Name: "email", Mutable: true, Required: true },
      {
        Name: "display_name",
        AttributeDataType: "String",
        Mutable: true,
        StringAttributeConstraints: { MinLength: "1", MaxLength: "64" },
      },
      {
        Name: "favorite_number",
        AttributeDataType: "Number",
        Mutable: true,
        NumberAttributeConstraints: { MinValue: "1", MaxValue: "100" },
      },
      { Name: "is_beta_user", AttributeDataType: "Boolean", Mutable: true },
      { Name: "started_free_trial", AttributeDataType: "DateTime", Mutable: true },
    ],
    SmsVerificationMessage: "The verification code to your new account is {####}",
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    UserPoolTags: {
      "amplify:deployment-type": "branch",
      "amplify:friendly-name": "amplifyAuth",
      "created-by": "amplify",
    },
    UsernameAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      EmailMessage: "The verification code to your new account is {####}",
      EmailSubject: "Verify your new account",
      SmsMessage: "The verification code to your new account is {####}",
    },
  },
  identityProviders: [
    {
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: {
        client_id: "google-client",
        client_secret: "google-secret",
        authorize_scopes: "profile email",
      },
      AttributeMapping: { email: "email" },
    },
  ],
  clients: [
    {
      ClientName: "amplifyAuthUserPoolAppClient2626C6F8",
      AllowedOAuthFlows: ["code"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["profile", "phone", "email", "openid", "aws.cognito.signin.user.admin"],
      CallbackURLs: ["http://localhost:3000/profile", "https://example.com/profile"],
      LogoutURLs: ["http://localhost:3000/", "https://example.com"],
      ExplicitAuthFlows: [
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
      PreventUserExistenceErrors: "ENABLED",
      SupportedIdentityProviders: ["COGNITO", "Google"],
    },
  ],
  domains: [{ Domain: "myapp-1a2b3c4d" }],
};
