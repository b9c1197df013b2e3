import {
  certificateArn,
  functionArn,
  identityArn,
  type PoolDefinition,
  roleArn,
} from "./definition.ts";

/** `new UserPool(this, "Pool")` and `pool.addClient("Client")`, with nothing said. */
export const cdkDefaults: PoolDefinition = {
  pool: {
    PoolName: "PoolD3F588B8-AbCdEfGhIjKl",
    AccountRecoverySetting: {
      RecoveryMechanisms: [
        { Name: "verified_phone_number", Priority: 1 },
        { Name: "verified_email", Priority: 2 },
      ],
    },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    EmailVerificationMessage: "The verification code to your new account is {####}",
    EmailVerificationSubject: "Verify your new account",
    SmsVerificationMessage: "The verification code to your new account is {####}",
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      EmailMessage: "The verification code to your new account is {####}",
      EmailSubject: "Verify your new account",
      SmsMessage: "The verification code to your new account is {####}",
    },
  },
  clients: [
    {
      ClientName: "PoolClient8A3E5EB7-AbCdEfGh",
      AllowedOAuthFlows: ["implicit", "code"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["profile", "phone", "email", "openid", "aws.cognito.signin.user.admin"],
      CallbackURLs: ["https://example.com"],
      SupportedIdentityProviders: ["COGNITO"],
    },
  ],
};

/** A `UserPool` of which nearly everything is said, with an API, a machine, a domain of its own and SAML. */
export const cdkInFull: PoolDefinition = {
  pool: {
    PoolName: "orders",
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: true,
      InviteMessageTemplate: {
        EmailMessage: "Hello {username}, your temporary password is {####}",
        EmailSubject: "Come and join us",
        SMSMessage: "Hello {username}, your temporary password is {####}",
      },
    },
    AliasAttributes: ["email", "preferred_username"],
    AutoVerifiedAttributes: ["email", "phone_number"],
    DeletionProtection: "ACTIVE",
    DeviceConfiguration: {
      ChallengeRequiredOnNewDevice: true,
      DeviceOnlyRememberedOnUserPrompt: true,
    },
    EmailConfiguration: {
      ConfigurationSet: "orders",
      EmailSendingAccount: "DEVELOPER",
      From: "Orders <noreply@example.com>",
      ReplyToEmailAddress: "help@example.com",
      SourceArn: identityArn,
    },
    LambdaConfig: {
      PreAuthentication: functionArn("pre-authentication"),
      PostAuthentication: functionArn("post-authentication"),
      PreTokenGenerationConfig: {
        LambdaArn: functionArn("pre-token-generation"),
        LambdaVersion: "V2_0",
      },
    },
    MfaConfiguration: "OPTIONAL",
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        PasswordHistorySize: 4,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        RequireUppercase: true,
        TemporaryPasswordValidityDays: 3,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
    },
    Schema: [
      { Name: "given_name", Mutable: true, Required: true },
      { Name: "family_name", Mutable: true, Required: true },
      {
        Name: "tenant",
        AttributeDataType: "String",
        Mutable: false,
        StringAttributeConstraints: { MinLength: "1", MaxLength: "36" },
      },
      {
        Name: "internal_id",
        AttributeDataType: "String",
        DeveloperOnlyAttribute: true,
        Mutable: true,
        StringAttributeConstraints: {},
      },
    ],
    SmsAuthenticationMessage: "Your code is {####}",
    SmsConfiguration: { ExternalId: "orders", SnsCallerArn: roleArn, SnsRegion: "us-east-1" },
    UserPoolAddOns: {
      AdvancedSecurityMode: "ENFORCED",
      AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" },
    },
    UserPoolTags: { "aws-cdk:owner": "orders" },
    UserPoolTier: "PLUS",
    UsernameConfiguration: { CaseSensitive: false },
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_LINK",
      EmailMessageByLink: "Please click {##here##} to confirm",
      EmailSubjectByLink: "Confirm your address",
      SmsMessage: "Your code is {####}",
    },
  },
  mfa: {
    MfaConfiguration: "OPTIONAL",
    SmsMfaConfiguration: {
      SmsAuthenticationMessage: "Your code is {####}",
      SmsConfiguration: { ExternalId: "orders", SnsCallerArn: roleArn, SnsRegion: "us-east-1" },
    },
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: "Your code is {####}", Subject: "Your code" },
    WebAuthnConfiguration: {
      RelyingPartyId: "auth.example.com",
      UserVerification: "preferred",
      FactorConfiguration: "SINGLE_FACTOR",
    },
  },
  identityProviders: [
    {
      ProviderName: "CorporateDirectory",
      ProviderType: "SAML",
      ProviderDetails: {
        MetadataURL: "https://idp.example.com/metadata.xml",
        IDPSignout: "true",
      },
      AttributeMapping: { email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/email" },
      IdpIdentifiers: ["example.com", "example.org"],
      AcrMapping: { "urn:cognito:loa:2": "urn:example:loa:2" },
    },
  ],
  resourceServers: [
    {
      Identifier: "orders",
      Name: "orders",
      Scopes: [
        { ScopeName: "read", ScopeDescription: "Read orders" },
        { ScopeName: "write", ScopeDescription: "Place orders" },
      ],
    },
  ],
  clients: [
    {
      ClientName: "web",
      GenerateSecret: true,
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      RefreshTokenValidity: 43_200,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "minutes" },
      AuthSessionValidity: 5,
      AllowedOAuthFlows: ["code"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["openid", "email", "orders/read", "orders/write"],
      CallbackURLs: ["https://orders.example.com/callback", "orders://callback"],
      LogoutURLs: ["https://orders.example.com/goodbye"],
      DefaultRedirectURI: "https://orders.example.com/callback",
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: true,
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
      ReadAttributes: ["email", "given_name", "family_name", "custom:tenant"],
      WriteAttributes: ["email", "given_name", "family_name"],
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
      SupportedIdentityProviders: ["COGNITO", "CorporateDirectory"],
    },
    {
      ClientName: "machine",
      GenerateSecret: true,
      AllowedOAuthFlows: ["client_credentials"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["orders/read"],
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    },
  ],
  domains: [
    { Domain: "orders-example", ManagedLoginVersion: 2 },
    {
      Domain: "auth.example.com",
      CustomDomainConfig: { CertificateArn: certificateArn, SecurityPolicy: "TLS_V1_2_2021" },
      Routing: {
        Failover: {
          SecondaryRegion: "us-west-2",
          PrimaryRoute53HealthCheckId: "0a1b2c3d-1111-2222-3333-444455556666",
        },
      },
    },
  ],
};
