import { describe, expect, it } from "vitest";
import type { CognitoIdentityProviderOptions } from "../../../../src/adapters/cognito/index.ts";
import type { IdentityProvider } from "../../../../src/ports/index.ts";
import {
  accessToken,
  challengeSession,
  code,
  newPassword,
  password,
  providerAt,
  startUpstream,
  username,
} from "../fixtures.ts";

const clientMetadata = { campaign: "spring" };
const session = await challengeSession();

type Call = (identity: IdentityProvider) => Promise<unknown>;
interface Way {
  readonly operation: string;
  /** With what, of an operation that there are several ways to. */
  readonly by?: string;
  readonly call: Call;
  readonly options?: Partial<CognitoIdentityProviderOptions>;
}

const attributes = { nickname: "Ada" };
const signIn: Call = (identity) => identity.signIn({ username, password, clientMetadata });
const refresh: Call = (identity) => identity.refresh({ refreshToken: "refresh-0", clientMetadata });

/** The operations that run code of the operator's: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const ways: readonly Way[] = [
  {
    operation: "SignUp",
    call: (identity) => identity.signUp({ username, password, attributes, clientMetadata }),
  },
  {
    operation: "ConfirmSignUp",
    call: (identity) => identity.confirmSignUp({ username, code, clientMetadata }),
  },
  {
    operation: "ResendConfirmationCode",
    call: (identity) => identity.resendConfirmation({ username, clientMetadata }),
  },
  { operation: "AdminInitiateAuth", by: "a password", call: signIn },
  { operation: "InitiateAuth", call: signIn, options: { authFlow: "USER_PASSWORD_AUTH" } },
  {
    operation: "AdminInitiateAuth",
    by: "a code",
    call: (identity) => identity.signIn({ username, factor: "email_code", clientMetadata }),
  },
  {
    operation: "AdminRespondToAuthChallenge",
    call: (identity) =>
      identity.answerChallenge({ session, answer: { type: "sms_code", code }, clientMetadata }),
  },
  { operation: "GetTokensFromRefreshToken", call: refresh },
  {
    operation: "ForgotPassword",
    call: (identity) => identity.startPasswordReset({ username, clientMetadata }),
  },
  {
    operation: "ConfirmForgotPassword",
    call: (identity) => identity.resetPassword({ username, code, newPassword, clientMetadata }),
  },
  {
    operation: "UpdateUserAttributes",
    call: (identity) => identity.updateAttributes({ accessToken, attributes, clientMetadata }),
  },
  {
    operation: "AdminCreateUser",
    call: (identity) => identity.createUser({ username, attributes, clientMetadata }),
  },
  {
    operation: "AdminUpdateUserAttributes",
    call: (identity) => identity.updateUser({ username, attributes, clientMetadata }),
  },
];

describe("client metadata", () => {
  it.each(
    ways.map((way) => [way.by ? `${way.operation} by ${way.by}` : way.operation, way] as const),
  )("goes along with %s", async (_name, { operation, call, options }) => {
    const upstream = await startUpstream();

    await call(providerAt(upstream, options)).catch(() => undefined);

    const sent = upstream.requests.filter((request) => request.operation === operation);
    expect(sent.map(({ input }) => input.ClientMetadata)).toEqual([clientMetadata]);
  });

  it("is no member of a call that was given none", async () => {
    const upstream = await startUpstream();

    await providerAt(upstream).signIn({ username, password });

    expect(upstream.requests[0]?.input).not.toHaveProperty("ClientMetadata");
  });
});
