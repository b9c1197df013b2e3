import type { RequestModel } from "./sdk-model.ts";

/** The members of a structure by their fates: names with spaces between. */
interface MembersOf {
  /** Something is done by it, or it is refused where it cannot be. */
  readonly honoured?: string;
  /** Given back by the operation that describes, and nothing else. */
  readonly kept?: string;
  /** Refused whatever its value. */
  readonly refused?: string;
  /**
   * Checked, and nothing done by it, as in pools of Cognito's without the feature that it is for: threat protection, Amazon
   * Pinpoint, or sessions of hosted pages that a token's session is linked with. What comes with changes that an
   * administrator makes is for a message that is not sent: such a change counts at once.
   */
  readonly idle?: string;
}

export type Fate = keyof MembersOf;

/** Gives what becomes of each member of the requests, as the table says, by `Structure.Member`. */
export function fates(): ReadonlyMap<string, Fate> {
  const lines = Object.entries(table).flatMap(([structure, members]) =>
    (Object.entries(members) as [Fate, string][]).flatMap(([fate, names]) =>
      names.split(" ").map((name): [string, Fate] => [`${structure}.${name}`, fate]),
    ),
  );
  return new Map(lines);
}

/** Gives the members that a model has, by `Structure.Member`: not those within what is refused whole. */
export function membersIn({ requests, structures }: RequestModel): ReadonlySet<string> {
  const fateOf = fates();
  const found = new Set<string>();
  const add = (structure: string): void => {
    for (const [member, inner] of structures.get(structure) ?? []) {
      const name = `${structure}.${member}`;
      if (found.has(name)) continue;
      found.add(name);
      if (inner && fateOf.get(name) !== "refused") add(inner);
    }
  };
  for (const structure of requests.values()) add(structure);
  return found;
}

/** Every member of every request that is served, by the structure that has it. */
const table: Readonly<Record<string, MembersOf>> = {
  AccountRecoverySettingType: { honoured: "RecoveryMechanisms" },
  AddCustomAttributesRequest: { honoured: "UserPoolId CustomAttributes" },
  AddUserPoolClientSecretRequest: { honoured: "UserPoolId ClientId ClientSecret" },
  AdminAddUserToGroupRequest: { honoured: "UserPoolId Username GroupName" },
  AdminConfirmSignUpRequest: { honoured: "UserPoolId Username ClientMetadata" },
  AdminCreateUserConfigType: {
    honoured: "AllowAdminCreateUserOnly UnusedAccountValidityDays InviteMessageTemplate",
  },
  AdminCreateUserRequest: {
    honoured:
      "UserPoolId Username UserAttributes ValidationData TemporaryPassword ForceAliasCreation MessageAction DesiredDeliveryMediums ClientMetadata",
  },
  AdminDeleteSoftwareTokenRequest: { honoured: "UserPoolId Username" },
  AdminDeleteUserAttributesRequest: { honoured: "UserPoolId Username UserAttributeNames" },
  AdminDeleteUserRequest: { honoured: "UserPoolId Username" },
  AdminDisableUserRequest: { honoured: "UserPoolId Username" },
  AdminEnableUserRequest: { honoured: "UserPoolId Username" },
  AdminForgetDeviceRequest: { honoured: "UserPoolId Username DeviceKey" },
  AdminGetDeviceRequest: { honoured: "DeviceKey UserPoolId Username" },
  AdminGetUserAuthFactorsRequest: { honoured: "UserPoolId Username" },
  AdminGetUserRequest: { honoured: "UserPoolId Username" },
  AdminInitiateAuthRequest: {
    honoured: "UserPoolId ClientId AuthFlow AuthParameters ClientMetadata Session",
    idle: "AnalyticsMetadata ContextData",
  },
  AdminListDevicesRequest: { honoured: "UserPoolId Username Limit PaginationToken" },
  AdminListGroupsForUserRequest: { honoured: "Username UserPoolId Limit NextToken" },
  AdminListUserAuthEventsRequest: { honoured: "UserPoolId Username MaxResults NextToken" },
  AdminListUserSessionsRequest: { honoured: "UserPoolId Username NextToken" },
  AdminRemoveUserFromGroupRequest: { honoured: "UserPoolId Username GroupName" },
  AdminResetUserPasswordRequest: { honoured: "UserPoolId Username ClientMetadata" },
  AdminRespondToAuthChallengeRequest: {
    honoured: "UserPoolId ClientId ChallengeName ChallengeResponses Session ClientMetadata",
    idle: "AnalyticsMetadata ContextData",
  },
  AdminRevokeUserSessionRequest: {
    honoured: "UserPoolId Username SessionId",
    idle: "RevokeAssociatedSessions",
  },
  AdminSetUserMFAPreferenceRequest: {
    honoured:
      "Username UserPoolId SMSMfaSettings SoftwareTokenMfaSettings EmailMfaSettings WebAuthnMfaSettings",
  },
  AdminSetUserPasswordRequest: { honoured: "UserPoolId Username Password Permanent" },
  AdminSetUserSettingsRequest: { honoured: "UserPoolId Username MFAOptions" },
  AdminUpdateAuthEventFeedbackRequest: { honoured: "UserPoolId Username EventId FeedbackValue" },
  AdminUpdateDeviceStatusRequest: {
    honoured: "UserPoolId Username DeviceKey DeviceRememberedStatus",
  },
  AdminUpdateUserAttributesRequest: {
    honoured: "UserPoolId Username UserAttributes",
    idle: "ClientMetadata",
  },
  AdminUserGlobalSignOutRequest: { honoured: "UserPoolId Username" },
  AdvancedSecurityAdditionalFlowsType: { kept: "CustomAuthMode" },
  AnalyticsConfigurationType: {
    kept: "ApplicationId ApplicationArn RoleArn ExternalId UserDataShared",
  },
  AssociateSoftwareTokenRequest: { honoured: "AccessToken Session" },
  AttributeType: { honoured: "Name Value" },
  ChangePasswordRequest: { honoured: "ProposedPassword AccessToken PreviousPassword" },
  CompleteWebAuthnRegistrationRequest: { honoured: "AccessToken Credential" },
  ConfirmDeviceRequest: { honoured: "AccessToken DeviceKey DeviceSecretVerifierConfig DeviceName" },
  ConfirmForgotPasswordRequest: {
    honoured: "ClientId Username ConfirmationCode Password SecretHash ClientMetadata",
    idle: "AnalyticsMetadata UserContextData",
  },
  ConfirmSignUpRequest: {
    honoured:
      "ClientId Username ConfirmationCode SecretHash ForceAliasCreation ClientMetadata Session",
    idle: "AnalyticsMetadata UserContextData",
  },
  CreateGroupRequest: { honoured: "GroupName UserPoolId Precedence", kept: "Description RoleArn" },
  CreateIdentityProviderRequest: {
    honoured: "UserPoolId ProviderName",
    kept: "ProviderType ProviderDetails AttributeMapping IdpIdentifiers AcrMapping",
  },
  CreateResourceServerRequest: { honoured: "UserPoolId Identifier", kept: "Name Scopes" },
  CreateUserPoolClientRequest: {
    honoured:
      "UserPoolId ClientName GenerateSecret ClientSecret RefreshTokenValidity AccessTokenValidity IdTokenValidity TokenValidityUnits ReadAttributes WriteAttributes ExplicitAuthFlows PreventUserExistenceErrors EnableTokenRevocation AuthSessionValidity RefreshTokenRotation",
    kept: "SupportedIdentityProviders CallbackURLs LogoutURLs DefaultRedirectURI AllowedOAuthFlows AllowedOAuthScopes AllowedOAuthFlowsUserPoolClient AnalyticsConfiguration EnablePropagateAdditionalUserContextData",
  },
  CreateUserPoolDomainRequest: {
    honoured: "Domain UserPoolId",
    kept: "ManagedLoginVersion CustomDomainConfig Routing",
  },
  CreateUserPoolRequest: {
    honoured:
      "PoolName Policies DeletionProtection LambdaConfig AutoVerifiedAttributes AliasAttributes UsernameAttributes MfaConfiguration UserAttributeUpdateSettings DeviceConfiguration AdminCreateUserConfig Schema UsernameConfiguration AccountRecoverySetting SmsVerificationMessage EmailVerificationMessage EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage IssuerConfiguration",
    kept: "EmailConfiguration SmsConfiguration UserPoolTags UserPoolAddOns DcrConfiguration UserPoolTier KeyConfiguration",
    refused: "AcrConfiguration",
  },
  CustomDomainConfigType: { kept: "CertificateArn SecurityPolicy" },
  DcrConfigurationType: {
    kept: "EnableStatus OpenDcrEnabled AuthenticatedGrantTypes OpenDcrGrantTypes AllowedScopes",
  },
  DeleteGroupRequest: { honoured: "GroupName UserPoolId" },
  DeleteIdentityProviderRequest: { honoured: "UserPoolId ProviderName" },
  DeleteResourceServerRequest: { honoured: "UserPoolId Identifier" },
  DeleteUserAttributesRequest: { honoured: "UserAttributeNames AccessToken" },
  DeleteUserPoolClientRequest: { honoured: "UserPoolId ClientId" },
  DeleteUserPoolClientSecretRequest: { honoured: "UserPoolId ClientId ClientSecretId" },
  DeleteUserPoolDomainRequest: { honoured: "Domain UserPoolId" },
  DeleteUserPoolRequest: { honoured: "UserPoolId" },
  DeleteUserRequest: { honoured: "AccessToken" },
  DeleteWebAuthnCredentialRequest: { honoured: "AccessToken CredentialId" },
  DescribeIdentityProviderRequest: { honoured: "UserPoolId ProviderName" },
  DescribeResourceServerRequest: { honoured: "UserPoolId Identifier" },
  DescribeUserPoolClientRequest: { honoured: "UserPoolId ClientId" },
  DescribeUserPoolDomainRequest: { honoured: "Domain" },
  DescribeUserPoolRequest: { honoured: "UserPoolId" },
  DeviceConfigurationType: {
    honoured: "ChallengeRequiredOnNewDevice DeviceOnlyRememberedOnUserPrompt",
  },
  DeviceSecretVerifierConfigType: { honoured: "PasswordVerifier Salt" },
  EmailConfigurationType: {
    kept: "SourceArn ReplyToEmailAddress EmailSendingAccount From ConfigurationSet",
  },
  EmailMfaConfigType: { honoured: "Message Subject" },
  EmailMfaSettingsType: { honoured: "Enabled PreferredMfa" },
  EumsSmsConfigurationType: {
    kept: "CallerArn ExternalId OriginationIdentity ConfigurationSetName InEntityId InTemplateId Region",
  },
  FailoverType: { kept: "SecondaryRegion PrimaryRoute53HealthCheckId" },
  ForgetDeviceRequest: { honoured: "DeviceKey AccessToken" },
  ForgotPasswordRequest: {
    honoured: "ClientId Username SecretHash ClientMetadata",
    idle: "UserContextData AnalyticsMetadata",
  },
  GetDeviceRequest: { honoured: "DeviceKey AccessToken" },
  GetGroupRequest: { honoured: "GroupName UserPoolId" },
  GetIdentityProviderByIdentifierRequest: { honoured: "UserPoolId IdpIdentifier" },
  GetTokensFromRefreshTokenRequest: {
    honoured: "RefreshToken ClientId ClientSecret DeviceKey ClientMetadata",
  },
  GetUserAttributeVerificationCodeRequest: { honoured: "AccessToken AttributeName ClientMetadata" },
  GetUserAuthFactorsRequest: { honoured: "AccessToken" },
  GetUserPoolMfaConfigRequest: { honoured: "UserPoolId" },
  GetUserRequest: { honoured: "AccessToken" },
  GlobalSignOutRequest: { honoured: "AccessToken" },
  InitiateAuthRequest: {
    honoured: "AuthFlow ClientId AuthParameters ClientMetadata Session",
    idle: "AnalyticsMetadata UserContextData",
  },
  IssuerConfigurationType: { honoured: "Type" },
  KeyConfigurationType: { kept: "KeyType KmsKeyArn" },
  LambdaConfigType: {
    honoured:
      "PreSignUp CustomMessage PostConfirmation PreAuthentication PostAuthentication DefineAuthChallenge CreateAuthChallenge VerifyAuthChallengeResponse PreTokenGeneration UserMigration PreTokenGenerationConfig",
    kept: "KMSKeyID",
    refused: "CustomSMSSender CustomEmailSender InboundFederation",
  },
  ListDevicesRequest: { honoured: "AccessToken Limit PaginationToken" },
  ListGroupsRequest: { honoured: "UserPoolId Limit NextToken" },
  ListIdentityProvidersRequest: { honoured: "UserPoolId MaxResults NextToken" },
  ListResourceServersRequest: { honoured: "UserPoolId MaxResults NextToken" },
  ListTagsForResourceRequest: { honoured: "ResourceArn" },
  ListUserPoolClientSecretsRequest: { honoured: "UserPoolId ClientId NextToken" },
  ListUserPoolClientsRequest: { honoured: "UserPoolId MaxResults NextToken ClientType" },
  ListUserPoolsRequest: { honoured: "MaxResults NextToken" },
  ListUserSessionsRequest: { honoured: "AccessToken NextToken" },
  ListUsersInGroupRequest: { honoured: "UserPoolId GroupName Limit NextToken" },
  ListUsersRequest: { honoured: "UserPoolId AttributesToGet Limit PaginationToken Filter" },
  ListWebAuthnCredentialsRequest: { honoured: "AccessToken NextToken MaxResults" },
  MFAOptionType: { honoured: "DeliveryMedium AttributeName" },
  MessageTemplateType: { honoured: "SMSMessage EmailMessage EmailSubject" },
  NumberAttributeConstraintsType: { honoured: "MinValue MaxValue" },
  PasswordPolicyType: {
    honoured:
      "MinimumLength RequireUppercase RequireLowercase RequireNumbers RequireSymbols PasswordHistorySize TemporaryPasswordValidityDays",
  },
  PreTokenGenerationVersionConfigType: { honoured: "LambdaVersion LambdaArn" },
  RecoveryOptionType: { honoured: "Priority Name" },
  RefreshTokenRotationType: { honoured: "Feature RetryGracePeriodSeconds" },
  ResendConfirmationCodeRequest: {
    honoured: "ClientId Username SecretHash ClientMetadata",
    idle: "UserContextData AnalyticsMetadata",
  },
  ResourceServerScopeType: { kept: "ScopeName ScopeDescription" },
  RespondToAuthChallengeRequest: {
    honoured: "ClientId ChallengeName Session ChallengeResponses ClientMetadata",
    idle: "AnalyticsMetadata UserContextData",
  },
  RevokeTokenRequest: { honoured: "Token ClientId ClientSecret", idle: "RevokeAssociatedSessions" },
  RevokeUserSessionRequest: { honoured: "AccessToken SessionId", idle: "RevokeAssociatedSessions" },
  RoutingType: { kept: "Failover" },
  SMSMfaSettingsType: { honoured: "Enabled PreferredMfa" },
  SchemaAttributeType: {
    honoured:
      "Name AttributeDataType DeveloperOnlyAttribute Mutable Required NumberAttributeConstraints StringAttributeConstraints",
  },
  SetUserMFAPreferenceRequest: {
    honoured:
      "AccessToken SMSMfaSettings SoftwareTokenMfaSettings EmailMfaSettings WebAuthnMfaSettings",
  },
  SetUserPoolMfaConfigRequest: {
    honoured:
      "UserPoolId SmsMfaConfiguration SoftwareTokenMfaConfiguration EmailMfaConfiguration MfaConfiguration",
    kept: "WebAuthnConfiguration",
  },
  SetUserSettingsRequest: { honoured: "AccessToken MFAOptions" },
  SignInPolicyType: { honoured: "AllowedFirstAuthFactors" },
  SignUpRequest: {
    honoured: "ClientId Username SecretHash Password UserAttributes ValidationData ClientMetadata",
    idle: "AnalyticsMetadata UserContextData",
  },
  SmsConfigurationType: { kept: "SnsCallerArn ExternalId SnsRegion EumsSms" },
  SmsMfaConfigType: { honoured: "SmsAuthenticationMessage", kept: "SmsConfiguration" },
  SoftwareTokenMfaConfigType: { honoured: "Enabled" },
  SoftwareTokenMfaSettingsType: { honoured: "Enabled PreferredMfa" },
  StartWebAuthnRegistrationRequest: { honoured: "AccessToken" },
  StringAttributeConstraintsType: { honoured: "MinLength MaxLength" },
  TagResourceRequest: { honoured: "ResourceArn", kept: "Tags" },
  TokenValidityUnitsType: { honoured: "AccessToken IdToken RefreshToken" },
  UntagResourceRequest: { honoured: "ResourceArn TagKeys" },
  UpdateAuthEventFeedbackRequest: {
    honoured: "UserPoolId Username EventId FeedbackToken FeedbackValue",
  },
  UpdateDeviceStatusRequest: { honoured: "AccessToken DeviceKey DeviceRememberedStatus" },
  UpdateGroupRequest: { honoured: "GroupName UserPoolId Precedence", kept: "Description RoleArn" },
  UpdateIdentityProviderRequest: {
    honoured: "UserPoolId ProviderName",
    kept: "ProviderDetails AttributeMapping IdpIdentifiers AcrMapping",
  },
  UpdateResourceServerRequest: { honoured: "UserPoolId Identifier", kept: "Name Scopes" },
  UpdateUserAttributesRequest: { honoured: "UserAttributes AccessToken ClientMetadata" },
  UpdateUserPoolClientRequest: {
    honoured:
      "UserPoolId ClientId ClientName RefreshTokenValidity AccessTokenValidity IdTokenValidity TokenValidityUnits ReadAttributes WriteAttributes ExplicitAuthFlows PreventUserExistenceErrors EnableTokenRevocation AuthSessionValidity RefreshTokenRotation",
    kept: "SupportedIdentityProviders CallbackURLs LogoutURLs DefaultRedirectURI AllowedOAuthFlows AllowedOAuthScopes AllowedOAuthFlowsUserPoolClient AnalyticsConfiguration EnablePropagateAdditionalUserContextData",
  },
  UpdateUserPoolDomainRequest: {
    honoured: "Domain UserPoolId",
    kept: "ManagedLoginVersion CustomDomainConfig Routing",
  },
  UpdateUserPoolRequest: {
    honoured:
      "UserPoolId Policies DeletionProtection LambdaConfig AutoVerifiedAttributes UserAttributeUpdateSettings MfaConfiguration DeviceConfiguration AdminCreateUserConfig AccountRecoverySetting PoolName SmsVerificationMessage EmailVerificationMessage EmailVerificationSubject VerificationMessageTemplate SmsAuthenticationMessage IssuerConfiguration",
    kept: "EmailConfiguration SmsConfiguration UserPoolTags UserPoolAddOns DcrConfiguration UserPoolTier KeyConfiguration",
    refused: "AcrConfiguration",
  },
  UserAttributeUpdateSettingsType: { honoured: "AttributesRequireVerificationBeforeUpdate" },
  UserPoolAddOnsType: { kept: "AdvancedSecurityMode AdvancedSecurityAdditionalFlows" },
  UserPoolPolicyType: { honoured: "PasswordPolicy SignInPolicy" },
  UsernameConfigurationType: { honoured: "CaseSensitive" },
  VerificationMessageTemplateType: {
    honoured: "SmsMessage EmailMessage EmailSubject",
    kept: "EmailMessageByLink EmailSubjectByLink DefaultEmailOption",
  },
  VerifySoftwareTokenRequest: { honoured: "UserCode AccessToken Session FriendlyDeviceName" },
  VerifyUserAttributeRequest: { honoured: "AccessToken AttributeName Code" },
  WebAuthnConfigurationType: { kept: "RelyingPartyId UserVerification FactorConfiguration" },
  WebAuthnMfaSettingsType: { refused: "Enabled" },
  AnalyticsMetadataType: { idle: "AnalyticsEndpointId" },
  UserContextDataType: { idle: "IpAddress EncodedData" },
  ContextDataType: { idle: "IpAddress ServerName ServerPath HttpHeaders EncodedData" },
  HttpHeader: { idle: "headerName headerValue" },
};
