import {
  refreshTokens,
  signIn,
  signOut,
  signOutEverywhere,
} from "../../domain/use-cases/sessions.ts";
import type { Ports } from "../../ports/index.ts";
import { callerCodes, providerCodes } from "../codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { RefreshTokenRequest, SignInRequest } from "../schemas/requests.ts";
import { RefreshTokensResponse, Session, SignInResponse } from "../schemas/sessions.ts";
import { sessionView, signInView, tokensView } from "../views.ts";

export const sessionOperations = {
  signIn: {
    method: "post",
    path: "/v1/sign-in",
    tag: "Sessions",
    summary: "Sign in with a password",
    description:
      "Trades a user name and a password for tokens. An unknown user and a wrong password get the same answer; what else is wrong with an account is told only to whoever knows its password.",
    body: SignInRequest,
    answer: { status: 200, description: "The user is signed in.", schema: SignInResponse },
    codes: [
      ...providerCodes,
      "invalid_credentials",
      "user_not_confirmed",
      "password_reset_required",
      "user_disabled",
      "temporary_password_expired",
      "too_many_attempts",
    ],
  },
  refreshTokens: {
    method: "post",
    path: "/v1/token/refresh",
    tag: "Sessions",
    summary: "Get new tokens",
    description:
      "Trades a refresh token for new tokens of the same session. Where the answer holds a refresh token, it replaces the one that was sent.",
    body: RefreshTokenRequest,
    answer: {
      status: 200,
      description: "New tokens for the same session.",
      schema: RefreshTokensResponse,
    },
    codes: [...providerCodes, "invalid_refresh_token", "refresh_token_reused"],
  },
  signOut: {
    method: "post",
    path: "/v1/sign-out",
    tag: "Sessions",
    summary: "End this session",
    description:
      "Ends the session of a refresh token. A token that is unknown or dead already is no error (RFC 7009 section 2.2). Access tokens of the session are refused by the operations that ask the identity provider; an API that verifies them by their signature takes them until they expire.",
    body: RefreshTokenRequest,
    answer: { status: 204, description: "The session has ended." },
    codes: [...providerCodes, "unsupported_token_type"],
  },
  signOutEverywhere: {
    method: "post",
    path: "/v1/sign-out/everywhere",
    tag: "Sessions",
    summary: "End every session",
    description: "Ends every session of the user, the one of the access token included.",
    bearer: true,
    answer: { status: 204, description: "Every session has ended." },
    codes: callerCodes,
  },
  getSession: {
    method: "get",
    path: "/v1/session",
    tag: "Sessions",
    summary: "Read the session",
    description:
      "Tells whom the access token speaks for, from the token alone: the identity provider is not asked, so a revoked token passes until it expires.",
    bearer: true,
    answer: {
      status: 200,
      description: "Whom the access token speaks for.",
      schema: Session,
    },
    codes: [],
  },
} as const satisfies Operations;

export function sessionHandlers(ports: Ports): Handlers<typeof sessionOperations> {
  return {
    signIn: async ({ body }) => signInView(await signIn(ports, body)),
    async refreshTokens({ body }) {
      return {
        tokens: tokensView(await refreshTokens(ports, { refreshToken: body.refresh_token })),
      };
    },
    async signOut({ body }) {
      await signOut(ports, { refreshToken: body.refresh_token });
      return undefined;
    },
    async signOutEverywhere({ caller }) {
      await signOutEverywhere(ports, caller);
      return undefined;
    },
    getSession: async ({ caller }) => sessionView(caller.principal),
  };
}
