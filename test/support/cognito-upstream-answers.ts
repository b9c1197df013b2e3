import type { IncomingMessage, ServerResponse } from "node:http";

/** A whole answer. */
export interface WholeReply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** A way to answer that gives no whole answer. */
export type SickReply = (request: IncomingMessage, response: ServerResponse) => void;

/** How the upstream answers one request. */
export type CognitoReply = WholeReply | SickReply;

/** Answers with a JSON body. */
export function answers(body: unknown, status = 200): WholeReply {
  return sends(status, JSON.stringify(body));
}

/** Answers with an exception, in the form that Cognito has for nearly all of them. */
export function throws(name: string, message = "", status = 400): WholeReply {
  return answers({ __type: name, message }, status);
}

/** Answers with any text at all. */
export function sends(
  status: number,
  body: string,
  contentType = "application/x-amz-json-1.1",
): WholeReply {
  return { status, body, contentType };
}

/** Ways for an upstream to be sick. */
export const sickness = {
  hangs: () => undefined,
  drips: (_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(drip));
  },
  floods: (_request, response) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    const megabyte = `"${" ".repeat(1_048_574)}"`;
    const pour = () => {
      while (!response.destroyed && response.write(megabyte));
    };
    response.on("drain", pour);
    pour();
  },
  resets: (request) => void request.socket.destroy(),
  breaksOff: (request, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write('{"Authentication', () => request.socket.destroy());
  },
  isCutShort: sends(200, '{"Authentication'),
  answersHtml: sends(200, "<html>maintenance</html>", "text/html"),
  answersHtmlAs503: sends(503, "<html>maintenance</html>", "text/html"),
  answersNothing: sends(200, ""),
  answersNothingAs500: sends(500, ""),
  answersEmptyObject: answers({}),
  answersNull: answers(null),
  answersText: answers("hello"),
  redirects: (_request, response) => {
    response.writeHead(307, { location: "/elsewhere" });
    response.end();
  },
} satisfies Readonly<Record<string, CognitoReply>>;

/** An access token with some claims, signed by nobody. */
export function accessTokenFor(claims: Readonly<Record<string, unknown>>): string {
  const parts = [
    { alg: "RS256", kid: "access" },
    { token_use: "access", ...claims },
  ];
  const encoded = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...encoded, "c2lnbmF0dXJl"].join(".");
}

/** The name that Cognito gives a user who signs in by e-mail address. */
export const generatedUsername = "3f0c5d6a-0000-4000-8000-generated";

const deliveryDetails = {
  CodeDeliveryDetails: {
    AttributeName: "email",
    DeliveryMedium: "EMAIL",
    Destination: "a***@e***",
  },
};

const tokens = {
  AccessToken: accessTokenFor({ sub: generatedUsername, username: generatedUsername }),
  IdToken: "id-token",
  ExpiresIn: 3600,
  TokenType: "Bearer",
};

const user = {
  Username: generatedUsername,
  Enabled: true,
  UserStatus: "CONFIRMED",
  UserCreateDate: 1_800_000_000.123,
  UserLastModifiedDate: 1_800_000_100,
};

const attributes = [
  { Name: "sub", Value: generatedUsername },
  { Name: "email", Value: "ada@example.com" },
  { Name: "email_verified", Value: "true" },
];

/** What a pool of users who sign in by e-mail address answers when all is well. */
export const wellAnswers: Readonly<Record<string, CognitoReply>> = {
  SignUp: answers({ UserConfirmed: false, UserSub: generatedUsername, ...deliveryDetails }),
  ConfirmSignUp: answers({}),
  ResendConfirmationCode: answers(deliveryDetails),
  InitiateAuth: answers({ AuthenticationResult: { ...tokens, RefreshToken: "refresh-1" } }),
  AdminInitiateAuth: answers({ AuthenticationResult: { ...tokens, RefreshToken: "refresh-1" } }),
  GetTokensFromRefreshToken: answers({ AuthenticationResult: tokens }),
  RevokeToken: answers({}),
  GlobalSignOut: answers({}),
  ForgotPassword: answers(deliveryDetails),
  ConfirmForgotPassword: answers({}),
  ChangePassword: answers({}),
  GetUser: answers({ Username: generatedUsername, UserAttributes: attributes }),
  DeleteUser: answers({}),
  UpdateUserAttributes: answers({}),
  GetUserAttributeVerificationCode: answers(deliveryDetails),
  VerifyUserAttribute: answers({}),
  RespondToAuthChallenge: answers({ AuthenticationResult: tokens }),
  AdminRespondToAuthChallenge: answers({ AuthenticationResult: tokens }),
  ListUserSessions: answers({ Sessions: [] }),
  RevokeUserSession: answers({}),
  AssociateSoftwareToken: answers({ SecretCode: "JBSWY3DPEHPK3PXP" }),
  VerifySoftwareToken: answers({ Status: "SUCCESS" }),
  SetUserMFAPreference: answers({}),
  StartWebAuthnRegistration: answers({ CredentialCreationOptions: { challenge: "Y2hhbGxlbmdl" } }),
  CompleteWebAuthnRegistration: answers({}),
  ListWebAuthnCredentials: answers({ Credentials: [] }),
  DeleteWebAuthnCredential: answers({}),
  ListUsers: answers({ Users: [{ ...user, Attributes: attributes }] }),
  AdminGetUser: answers({ ...user, UserAttributes: attributes }),
  AdminCreateUser: answers({
    User: { ...user, UserStatus: "FORCE_CHANGE_PASSWORD", Attributes: attributes },
  }),
  AdminUpdateUserAttributes: answers({}),
  AdminDeleteUser: answers({}),
  AdminConfirmSignUp: answers({}),
  AdminDisableUser: answers({}),
  AdminEnableUser: answers({}),
  AdminResetUserPassword: answers({}),
  AdminDeleteSoftwareToken: answers({}),
  AdminSetUserMFAPreference: answers({}),
  AdminSetUserPassword: answers({}),
  AdminUserGlobalSignOut: answers({}),
  AdminListGroupsForUser: answers({ Groups: [{ GroupName: "readers" }] }),
  AdminAddUserToGroup: answers({}),
  AdminRemoveUserFromGroup: answers({}),
};
