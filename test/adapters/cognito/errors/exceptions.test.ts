import { describe, expect, it } from "vitest";
import { IdentityError } from "../../../../src/domain/errors.ts";
import { throws } from "../../../support/cognito-upstream-answers.ts";
import {
  accessToken,
  calls,
  callsOf,
  clientSecret,
  code,
  credentials,
  type Method,
  methods,
  newPassword,
  operations,
  password,
  providerAt,
  startUpstream,
  username,
} from "../fixtures.ts";

const bearerMethods = [
  "getProfile",
  "deleteAccount",
  "changePassword",
  "signOutEverywhere",
  "listSessions",
  "endSession",
  "updateAttributes",
  "startAttributeVerification",
  "confirmAttribute",
  "getMfa",
  "startTotp",
  "confirmTotp",
  "setMfa",
  "startPasskeyRegistration",
  "finishPasskeyRegistration",
  "listPasskeys",
  "deletePasskey",
] as const;

const adminMethods = [
  "listUsers",
  "getUser",
  "createUser",
  "resendInvitation",
  "updateUser",
  "deleteUser",
  "confirmUser",
  "disableUser",
  "enableUser",
  "requirePasswordReset",
  "setPassword",
  "signOutUser",
  "resetMfa",
  "listUserGroups",
  "addToGroup",
  "removeFromGroup",
] as const;

/** What a method makes of an exception; `undefined` where it makes nothing of it. */
async function outcomeOf(method: Method, name: string, message = ""): Promise<unknown> {
  const upstream = await startUpstream();
  upstream.script(operations[method], throws(name, message));
  const outcome: unknown = await calls[method](providerAt(upstream)).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(callsOf(method, upstream)).toBe(1);
  return outcome;
}

describe("an exception's name", () => {
  it.each<[string, string]>([
    ["CodeDeliveryFailureException", "delivery_failed"],
    ["UserLambdaValidationException", "rejected_by_policy"],
    ["UnexpectedLambdaException", "provider_extension_failed"],
    ["InvalidLambdaResponseException", "provider_extension_failed"],
    ["ForbiddenException", "blocked"],
    ["InvalidUserPoolConfigurationException", "provider_misconfigured"],
    ["InvalidEmailRoleAccessPolicyException", "provider_misconfigured"],
    ["InvalidSmsRoleAccessPolicyException", "provider_misconfigured"],
    ["InvalidSmsRoleTrustRelationshipException", "provider_misconfigured"],
    ["UnauthorizedException", "provider_misconfigured"],
    ["AccessDeniedException", "provider_misconfigured"],
    ["UnrecognizedClientException", "provider_misconfigured"],
    ["InvalidSignatureException", "provider_misconfigured"],
    ["IncompleteSignatureException", "provider_misconfigured"],
    ["MissingAuthenticationTokenException", "provider_misconfigured"],
    ["ExpiredTokenException", "provider_misconfigured"],
    ["UnsupportedOperationException", "not_supported"],
    ["FeatureUnavailableInTierException", "not_supported"],
    ["UserPoolAddOnNotEnabledException", "not_supported"],
    ["WebAuthnNotEnabledException", "not_supported"],
    ["WebAuthnConfigurationMissingException", "not_supported"],
    ["WebAuthnChallengeNotFoundException", "challenge_expired"],
    ["WebAuthnOriginNotAllowedException", "passkey_rejected"],
    ["WebAuthnRelyingPartyMismatchException", "passkey_rejected"],
    ["WebAuthnClientMismatchException", "passkey_rejected"],
    ["WebAuthnCredentialNotSupportedException", "passkey_rejected"],
    ["ConcurrentModificationException", "conflict"],
    ["UnsupportedUserStateException", "conflict"],
    ["PreconditionNotMetException", "conflict"],
    ["DeviceKeyExistsException", "conflict"],
    ["GroupExistsException", "conflict"],
    ["EnableSoftwareTokenMFAException", "code_mismatch"],
  ])("%s means %s to every method", async (name, expected) => {
    for (const method of methods) {
      expect(await outcomeOf(method, name), method).toMatchObject({ code: expected });
    }
  });

  it.each([
    "TooManyRequestsException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "InternalErrorException",
    "InternalServerException",
    "OperationNotEnabledException",
    "CognitoLocal#Unsupported",
    "ExceptionOfNextYear",
    "constructor",
    "",
  ])("%s says nothing about the user to any method", async (name) => {
    for (const method of methods) {
      expect(await outcomeOf(method, name), method).toMatchObject({
        code: "provider_unavailable",
        retryAfterSeconds: 5,
      });
    }
  });

  it("may have a namespace before it", async () => {
    const name = "com.amazonaws.cognito#UsernameExistsException";

    expect(await outcomeOf("signUp", name)).toMatchObject({ code: "username_taken" });
  });

  it.each<[string, Method, string]>([
    ["ResourceNotFoundException", "signIn", "provider_misconfigured"],
    ["ResourceNotFoundException", "getUser", "provider_misconfigured"],
    ["ResourceNotFoundException", "addToGroup", "group_not_found"],
    ["ResourceNotFoundException", "removeFromGroup", "group_not_found"],
    ["ResourceNotFoundException", "deletePasskey", "not_found"],
    ["ResourceNotFoundException", "endSession", "not_found"],
    ["UserNotFoundException", "answerChallenge", "challenge_expired"],
    ["UserNotConfirmedException", "answerChallenge", "user_not_confirmed"],
    ["PasswordResetRequiredException", "answerChallenge", "password_reset_required"],
    ["MFAMethodNotFoundException", "answerChallenge", "mfa_not_available"],
    ["SoftwareTokenMFANotFoundException", "setMfa", "mfa_not_available"],
    ["SoftwareTokenMFANotFoundException", "confirmTotp", "code_mismatch"],
    ["AliasExistsException", "confirmAttribute", "alias_taken"],
    ["AliasExistsException", "updateAttributes", "alias_taken"],
    ["AliasExistsException", "updateUser", "alias_taken"],
    ["UsernameExistsException", "createUser", "username_taken"],
    ["PasswordHistoryPolicyViolationException", "setPassword", "password_reused"],
    ["PasswordHistoryPolicyViolationException", "answerChallenge", "password_reused"],
    ["LimitExceededException", "startAttributeVerification", "too_many_attempts"],
    ["LimitExceededException", "confirmAttribute", "too_many_attempts"],
    ["LimitExceededException", "createUser", "delivery_failed"],
    ["LimitExceededException", "resendInvitation", "delivery_failed"],
    ["UnsupportedUserStateException", "resendInvitation", "conflict"],
    ["LimitExceededException", "startPasskeyRegistration", "conflict"],
    ["LimitExceededException", "finishPasskeyRegistration", "conflict"],
    ...adminMethods.map((method): [string, Method, string] => [
      "UserNotFoundException",
      method,
      "user_not_found",
    ]),
    ["UserNotFoundException", "signIn", "invalid_credentials"],
    ["UserNotFoundException", "refresh", "invalid_refresh_token"],
    ["UserNotFoundException", "confirmSignUp", "code_mismatch"],
    ["UserNotFoundException", "resetPassword", "code_mismatch"],
    ["UserNotFoundException", "resendConfirmation", "user_not_found"],
    ["UserNotFoundException", "startPasswordReset", "user_not_found"],
    ["UserNotConfirmedException", "refresh", "invalid_refresh_token"],
    ["UserNotConfirmedException", "resetPassword", "code_expired"],
    ["PasswordResetRequiredException", "signIn", "password_reset_required"],
    ["PasswordResetRequiredException", "refresh", "invalid_refresh_token"],
    ["UsernameExistsException", "signUp", "username_taken"],
    ["AliasExistsException", "confirmSignUp", "alias_taken"],
    ["CodeMismatchException", "confirmSignUp", "code_mismatch"],
    ["CodeMismatchException", "resetPassword", "code_mismatch"],
    ["ExpiredCodeException", "confirmSignUp", "code_expired"],
    ["ExpiredCodeException", "resetPassword", "code_expired"],
    ["PasswordHistoryPolicyViolationException", "resetPassword", "password_reused"],
    ["PasswordHistoryPolicyViolationException", "changePassword", "password_reused"],
    ["TooManyFailedAttemptsException", "confirmSignUp", "too_many_attempts"],
    ["TooManyFailedAttemptsException", "resetPassword", "too_many_attempts"],
    ["LimitExceededException", "confirmSignUp", "too_many_attempts"],
    ["LimitExceededException", "resendConfirmation", "too_many_attempts"],
    ["LimitExceededException", "startPasswordReset", "too_many_attempts"],
    ["LimitExceededException", "resetPassword", "too_many_attempts"],
    ["LimitExceededException", "changePassword", "too_many_attempts"],
    ["LimitExceededException", "signUp", "delivery_failed"],
    ["RefreshTokenReuseException", "refresh", "refresh_token_reused"],
    ["UnsupportedTokenTypeException", "signOut", "unsupported_token_type"],
    ["UnsupportedTokenTypeException", "refresh", "invalid_refresh_token"],
    ["MFAMethodNotFoundException", "changePassword", "mfa_not_available"],
    ["SoftwareTokenMFANotFoundException", "changePassword", "mfa_not_available"],
    ["MFAMethodNotFoundException", "signIn", "mfa_not_available"],
    ["SoftwareTokenMFANotFoundException", "signIn", "not_supported"],
    ["InvalidPasswordException", "signIn", "invalid_credentials"],
    ...bearerMethods.flatMap((method): [string, Method, string][] => [
      ["UserNotFoundException", method, "token_revoked"],
      ["UserNotConfirmedException", method, "token_revoked"],
      ["PasswordResetRequiredException", method, "token_revoked"],
    ]),
  ])("%s means to %s that it is %s", async (name, method, expected) => {
    expect(await outcomeOf(method, name)).toMatchObject({ code: expected });
  });

  it.each([
    ["LimitExceededException", "resendConfirmation"],
    ["TooManyFailedAttemptsException", "confirmSignUp"],
  ] as const)("%s says when to try again", async (name, method) => {
    expect(await outcomeOf(method, name)).toMatchObject({ retryAfterSeconds: 900 });
  });

  it("tells mails that may not be sent from codes that may not be asked for", async () => {
    const message = "Exceeded daily email limit for the operation or the account.";

    expect(await outcomeOf("resendConfirmation", "LimitExceededException", message)).toMatchObject({
      code: "delivery_failed",
    });
  });

  it.each(["addToGroup", "removeFromGroup", "deletePasskey", "endSession"] as const)(
    "tells %s a pool that is missing from what it names",
    async (method) => {
      const message = "User pool eu-central-1_example does not exist.";

      expect(await outcomeOf(method, "ResourceNotFoundException", message)).toMatchObject({
        code: "provider_misconfigured",
      });
    },
  );

  it("that tells a dead refresh token ends a sign-out well", async () => {
    expect(await outcomeOf("signOut", "UserNotFoundException")).toBeUndefined();
  });
});

describe("NotAuthorizedException", () => {
  const exception = "NotAuthorizedException";

  it.each<[string, string]>([
    ["Unable to verify secret hash for client client1example", "provider_misconfigured"],
    [
      "Client client1example is configured with secret but SECRET_HASH was not received",
      "provider_misconfigured",
    ],
    [
      "Client client1example is configured for secret but secret was not received",
      "provider_misconfigured",
    ],
    ["SecretHash does not match for the client: client1example", "provider_misconfigured"],
    [
      "User: arn:aws:iam::111122223333:user/x is not authorized to perform: cognito-idp:X",
      "provider_misconfigured",
    ],
    ["Unable to verify secret hash", "provider_misconfigured"],
    ["Unable to login because of security reasons", "blocked"],
    ["Request not allowed due to security reasons", "blocked"],
  ])("with %j says the same to every method", async (message, expected) => {
    for (const method of methods) {
      expect(await outcomeOf(method, exception, message), method).toMatchObject({ code: expected });
    }
  });

  it.each<[Method, string, object]>([
    ["signIn", "Incorrect username or password.", { code: "invalid_credentials" }],
    ["signIn", "Password attempts exceeded", { code: "too_many_attempts", retryAfterSeconds: 60 }],
    ["signIn", "User is disabled.", { code: "invalid_credentials" }],
    [
      "signIn",
      "Temporary password has expired and must be reset by an administrator.",
      { code: "temporary_password_expired" },
    ],
    ["signIn", "A sentence of next year.", { code: "invalid_credentials" }],
    ["changePassword", "Incorrect username or password.", { code: "invalid_credentials" }],
    ["changePassword", "Password attempts exceeded", { code: "too_many_attempts" }],
    ["signUp", "SignUp is not permitted for this user pool", { code: "sign_up_disabled" }],
    [
      "signUp",
      "A client attempted to write unauthorized attribute",
      { code: "attribute_not_writable" },
    ],
    ["signUp", "A sentence of next year.", { code: "provider_misconfigured" }],
    [
      "confirmSignUp",
      "User cannot be confirmed. Current status is CONFIRMED",
      { code: "already_confirmed" },
    ],
    ["confirmSignUp", "A sentence of next year.", { code: "code_mismatch" }],
    ["resendConfirmation", "User is disabled.", { code: "user_not_found" }],
    [
      "startPasswordReset",
      "User password cannot be reset in the current state.",
      { code: "recovery_unavailable" },
    ],
    [
      "startPasswordReset",
      "Contact administrator to reset password.",
      { code: "recovery_unavailable" },
    ],
    ["startPasswordReset", "User is disabled.", { code: "recovery_unavailable" }],
    ["requirePasswordReset", "User is disabled.", { code: "recovery_unavailable" }],
    [
      "resetPassword",
      "User password cannot be reset in the current state.",
      { code: "code_mismatch" },
    ],
    [
      "confirmUser",
      "User cannot be confirmed. Current status is CONFIRMED",
      { code: "already_confirmed" },
    ],
    [
      "requirePasswordReset",
      "User password cannot be reset in the current state.",
      { code: "recovery_unavailable" },
    ],
    ["answerChallenge", "Invalid session for the user.", { code: "challenge_expired" }],
    [
      "answerChallenge",
      "Invalid session for the user, session is expired.",
      { code: "challenge_expired" },
    ],
    [
      "answerChallenge",
      "Invalid session for the user, session can only be used once.",
      { code: "challenge_expired" },
    ],
    ["answerChallenge", "Password attempts exceeded", { code: "too_many_attempts" }],
    ["answerChallenge", "A sentence of next year.", { code: "challenge_expired" }],
    ["endSession", "Cannot revoke the current session.", { code: "conflict" }],
    [
      "updateAttributes",
      "A client attempted to write unauthorized attribute",
      { code: "attribute_not_writable" },
    ],
    ...adminMethods.map((method): [Method, string, object] => [
      method,
      "A sentence of next year.",
      { code: "provider_misconfigured" },
    ]),
    ["refresh", "Invalid Refresh Token", { code: "invalid_refresh_token" }],
    ["refresh", "Refresh Token has expired", { code: "invalid_refresh_token" }],
    ["refresh", "Refresh Token has been revoked", { code: "invalid_refresh_token" }],
    ["refresh", "User is disabled.", { code: "invalid_refresh_token" }],
    ["refresh", "A sentence of next year.", { code: "invalid_refresh_token" }],
    ...bearerMethods.flatMap((method): [Method, string, object][] => [
      [method, "Access Token has expired", { code: "token_expired", rejection: "expired" }],
      [method, "Access Token has been revoked", { code: "token_revoked", rejection: "revoked" }],
      [method, "Invalid Access Token", { code: "invalid_token", rejection: "malformed" }],
      [
        method,
        "Could not verify signature for Access Token",
        { code: "invalid_token", rejection: "bad_signature" },
      ],
      [method, "Access Token does not have required scopes", { code: "insufficient_scope" }],
      [method, "User is disabled.", { code: "token_revoked" }],
    ]),
  ])("tells %s with %j what it is", async (method, message, expected) => {
    expect(await outcomeOf(method, exception, message)).toMatchObject(expected);
  });

  it.each([
    "Invalid Refresh Token",
    "Refresh Token has been revoked",
    "User is disabled.",
    "User not authorized",
  ])("with %j ends a sign-out well", async (message) => {
    expect(await outcomeOf("signOut", exception, message)).toBeUndefined();
  });
});

describe("InvalidParameterException", () => {
  const exception = "InvalidParameterException";
  const constraint = (member: string) =>
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+`;
  const invalid = (reason: string, ...path: string[]) => ({
    code: "validation_failed",
    violations: [{ path, reason }],
  });

  it.each<[Method, string, object]>([
    [
      "signUp",
      "Attributes did not conform to the schema: email: The attribute is required",
      invalid("required", "attributes", "email"),
    ],
    [
      "signUp",
      "Attributes did not conform to the schema: birthdate: The attribute is required\nemail: Not a good one\n",
      {
        code: "validation_failed",
        violations: [
          { path: ["attributes", "birthdate"], reason: "required" },
          { path: ["attributes", "email"], reason: "invalid" },
        ],
      },
    ],
    [
      "signUp",
      "Invalid phone number format.",
      invalid("invalid_format", "attributes", "phone_number"),
    ],
    ["signUp", "Invalid email address format.", invalid("invalid_format", "attributes", "email")],
    ["signUp", "Username should be an email.", invalid("invalid_format", "username")],
    [
      "signUp",
      "Username should be either an email or a phone number.",
      invalid("invalid_format", "username"),
    ],
    [
      "signUp",
      "Username cannot be of email format, since user pool is configured for email alias.",
      invalid("invalid_format", "username"),
    ],
    ["signUp", constraint("username"), invalid("invalid_format", "username")],
    ["signUp", constraint("userAttributes.1.member.value"), invalid("invalid", "attributes")],
    [
      "signUp",
      constraint("password"),
      {
        code: "password_policy_violation",
        violations: [{ path: ["password"], reason: "rejected" }],
      },
    ],
    ["signUp", "A sentence of next year.", { code: "validation_failed", violations: [] }],
    ["confirmSignUp", constraint("username"), { code: "code_mismatch" }],
    ["confirmSignUp", constraint("confirmationCode"), { code: "code_mismatch" }],
    ["resendConfirmation", "User is already confirmed.", { code: "already_confirmed" }],
    ["resendConfirmation", constraint("username"), { code: "user_not_found" }],
    [
      "signIn",
      "USER_PASSWORD_AUTH flow not enabled for this client",
      { code: "provider_misconfigured" },
    ],
    ["signIn", "Auth flow not enabled for this client", { code: "provider_misconfigured" }],
    ["signIn", "Initiate Auth method not supported.", { code: "provider_misconfigured" }],
    ["signIn", "Missing required parameter USERNAME", { code: "provider_misconfigured" }],
    ["answerChallenge", "Missing required parameter ANSWER", { code: "code_mismatch" }],
    [
      "answerChallenge",
      "Missing required parameter SMS_MFA_CODE",
      { code: "provider_misconfigured" },
    ],
    ["signIn", constraint("username"), { code: "invalid_credentials" }],
    ["signIn", constraint("password"), { code: "invalid_credentials" }],
    ["signIn", constraint("clientId"), { code: "provider_misconfigured" }],
    [
      "startPasswordReset",
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
      { code: "recovery_unavailable" },
    ],
    ["startPasswordReset", constraint("username"), { code: "user_not_found" }],
    ["resetPassword", constraint("confirmationCode"), { code: "code_mismatch" }],
    [
      "resetPassword",
      constraint("password"),
      {
        code: "password_policy_violation",
        violations: [{ path: ["newPassword"], reason: "rejected" }],
      },
    ],
    ["changePassword", constraint("previousPassword"), { code: "invalid_credentials" }],
    [
      "changePassword",
      constraint("proposedPassword"),
      {
        code: "password_policy_violation",
        violations: [{ path: ["newPassword"], reason: "rejected" }],
      },
    ],
    ["refresh", constraint("refreshToken"), { code: "invalid_refresh_token" }],
    ["refresh", "A sentence of next year.", { code: "invalid_refresh_token" }],
    ...bearerMethods.map((method): [Method, string, object] => [
      method,
      constraint("accessToken"),
      { code: "invalid_token", rejection: "malformed" },
    ]),
    ["answerChallenge", constraint("session"), { code: "challenge_expired" }],
    ["answerChallenge", "A sentence of next year.", { code: "code_mismatch" }],
    [
      "updateAttributes",
      "Invalid email address format.",
      invalid("invalid_format", "attributes", "email"),
    ],
    [
      "updateAttributes",
      constraint("userAttributes.1.member.value"),
      invalid("invalid", "attributes"),
    ],
    ["updateAttributes", "A sentence of next year.", invalid("invalid", "attributes")],
    [
      "updateAttributes",
      "Cannot modify the non-mutable attribute sub",
      { code: "attribute_not_writable" },
    ],
    [
      "updateUser",
      "user.custom:plan: Attribute cannot be updated.",
      { code: "attribute_not_writable" },
    ],
    [
      "updateAttributes",
      "user.custom:plan: Attribute does not exist in the schema.",
      invalid("invalid", "attributes", "custom:plan"),
    ],
    ["updateUser", "A sentence of next year.", invalid("invalid", "attributes")],
    ["createUser", "A sentence of next year.", invalid("invalid", "attributes")],
    ["createUser", constraint("username"), invalid("invalid_format", "username")],
    ["createUser", "Username should be an email.", invalid("invalid_format", "username")],
    [
      "createUser",
      constraint("temporaryPassword"),
      {
        code: "password_policy_violation",
        violations: [{ path: ["temporaryPassword"], reason: "rejected" }],
      },
    ],
    ["startAttributeVerification", constraint("attributeName"), invalid("invalid", "attribute")],
    ["startAttributeVerification", "A sentence of next year.", invalid("invalid", "attribute")],
    ["confirmAttribute", constraint("code"), { code: "code_mismatch" }],
    ["confirmAttribute", "A sentence of next year.", { code: "code_mismatch" }],
    ["confirmTotp", constraint("userCode"), { code: "code_mismatch" }],
    ["confirmTotp", "A sentence of next year.", { code: "code_mismatch" }],
    ["setMfa", "User has not verified software token mfa", { code: "mfa_not_available" }],
    ["setMfa", "SMS MFA is not enabled for this pool", { code: "mfa_not_available" }],
    ["endSession", constraint("sessionId"), { code: "not_found" }],
    ["endSession", "Cannot revoke the current session.", { code: "conflict" }],
    ["endSession", "A sentence of next year.", { code: "not_found" }],
    ["finishPasskeyRegistration", constraint("credential"), { code: "passkey_rejected" }],
    ["finishPasskeyRegistration", "A sentence of next year.", { code: "passkey_rejected" }],
    ["deletePasskey", constraint("credentialId"), { code: "not_found" }],
    ["listUsers", "A sentence of next year.", invalid("invalid", "cursor")],
    ["listUsers", constraint("paginationToken"), invalid("invalid", "cursor")],
    ["listUsers", constraint("filter"), invalid("invalid", "filter")],
    ["listUserGroups", constraint("nextToken"), invalid("invalid", "cursor")],
    ["getUser", constraint("username"), { code: "user_not_found" }],
    ["addToGroup", constraint("groupName"), { code: "group_not_found" }],
    [
      "requirePasswordReset",
      "Cannot reset password for the user as there is no registered/verified email or phone_number",
      { code: "recovery_unavailable" },
    ],
    ["getProfile", "Invalid token", { code: "invalid_token" }],
    ["listSessions", "Invalid token", { code: "invalid_token" }],
    ["listSessions", "Invalid pagination token given.", invalid("invalid", "cursor")],
    ["listSessions", constraint("nextToken"), invalid("invalid", "cursor")],
  ])("tells %s with %j what it is", async (method, message, expected) => {
    expect(await outcomeOf(method, exception, message)).toMatchObject(expected);
  });

  it("that quotes a value is read by its member and not by the value", async () => {
    const message =
      "1 validation error detected: Value 'my secret flow is not enabled' at 'userAttributes.1.member.value' failed to satisfy constraint";

    expect(await outcomeOf("signUp", exception, message)).toMatchObject({
      code: "validation_failed",
    });
  });

  it("about the token ends a sign-out well", async () => {
    expect(await outcomeOf("signOut", exception, constraint("token"))).toBeUndefined();
  });
});

describe("InvalidPasswordException", () => {
  const rules: readonly (readonly [string, string])[] = [
    ["Password not long enough", "too_short"],
    ["Password must have uppercase characters", "missing_uppercase"],
    ["Password must have lowercase characters", "missing_lowercase"],
    ["Password must have numeric characters", "missing_digit"],
    ["Password must have symbol characters", "missing_symbol"],
    ["Password is one that was never heard of", "rejected"],
  ];
  const members = [
    ["signUp", "password"],
    ["resetPassword", "newPassword"],
    ["changePassword", "newPassword"],
    ["answerChallenge", "newPassword"],
    ["createUser", "temporaryPassword"],
    ["setPassword", "password"],
  ] as const;
  const cases = rules.flatMap(([rule, reason]) =>
    members.map(([method, member]) => [rule, method, member, reason] as const),
  );

  it.each(cases)("with %j tells %s that its %s is %s", async (rule, method, member, reason) => {
    for (const spelling of ["did not conform with", "does not conform to"]) {
      const message = `Password ${spelling} policy: ${rule}`;

      expect(await outcomeOf(method, "InvalidPasswordException", message)).toMatchObject({
        code: "password_policy_violation",
        violations: [{ path: [member], reason }],
      });
    }
  });
});

describe("AWS credentials", () => {
  it("may be got when they are needed", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, { credentials: async () => credentials });

    await identity.signIn({ username, password });

    expect(upstream.requests[0]?.authorization).toContain(credentials.accessKeyId);
  });

  it("that cannot be got are the operator's fault", async () => {
    const upstream = await startUpstream();
    const name = "CredentialsProviderError";
    const identity = providerAt(upstream, {
      credentials: async () => Promise.reject(Object.assign(new Error("none"), { name })),
    });

    await expect(identity.signIn({ username, password })).rejects.toMatchObject({
      code: "provider_misconfigured",
    });
    expect(upstream.requests).toHaveLength(0);
  });
});

describe("an error of ours", () => {
  const secrets = [
    username,
    password,
    newPassword,
    code,
    accessToken,
    clientSecret,
    credentials.secretAccessKey,
  ];

  it.each(methods)("from %s keeps what was caught and shows none of it", async (method) => {
    const quoted = `Something about ${secrets.join(" and ")}`;
    for (const name of [
      "NotAuthorizedException",
      "InvalidParameterException",
      "InvalidPasswordException",
      "Other",
    ]) {
      const error = await outcomeOf(method, name, quoted);
      if (error === undefined) continue;
      if (!(error instanceof IdentityError)) throw error;

      expect(error.cause).toMatchObject({ message: quoted });
      for (const secret of secrets) {
        expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(secret);
      }
    }
  });
});
