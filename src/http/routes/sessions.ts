import { from } from "../../domain/ip-address.ts";
import {
  endSession,
  listSessions,
  refreshTokens,
  signOut,
  signOutEverywhere,
} from "../../domain/use-cases/sessions.ts";
import { callerCodes, providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { withMetadata } from "../request/client-metadata.ts";
import { PageQuery, SessionParams } from "../schemas/parameters.ts";
import { RefreshTokenRequest, SignOutRequest } from "../schemas/requests.ts";
import { RefreshTokensResponse, Session, SessionsResponse } from "../schemas/sessions.ts";
import { sessionSummaryView, sessionView, tokensView } from "../views/account-views.ts";

export const sessionOperations = {
  refreshTokens: {
    method: "post",
    path: "/v1/token/refresh",
    tag: "Sessions",
    summary: "Get new tokens",
    description:
      "Trades a refresh token for new tokens of the same session. Where the answer holds a refresh token, it replaces the one that was sent.",
    limited: true,
    session: "renews",
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
      "Ends the session of a refresh token. A token that is unknown or dead already is no error (RFC 7009 section 2.2). Access tokens of the session are refused by the operations that ask the identity provider. Show one, good or not any more, and this service takes none of its session from then on, nor does an API that is told of revocations; any other API takes them until they expire. After a 503 they may live: send it again.",
    bearer: "optional",
    limited: true,
    session: "ends",
    body: SignOutRequest,
    answer: { status: 204, description: "The session has ended." },
    codes: [...providerCodes, "unsupported_token_type"],
  },
  signOutEverywhere: {
    method: "post",
    path: "/v1/sign-out/everywhere",
    tag: "Sessions",
    summary: "End every session",
    description:
      "Ends every session of the user, the one of the access token included, and every access token that was issued up to now: to the second, so that one of a sign-in in the same second has to be refreshed first.",
    bearer: true,
    session: "ends",
    answer: { status: 204, description: "Every session has ended." },
    codes: callerCodes,
  },
  getSession: {
    method: "get",
    path: "/v1/session",
    tag: "Sessions",
    summary: "Read the session",
    description:
      "Tells whom the access token speaks for, from the token alone: the identity provider is not asked.",
    bearer: true,
    answer: {
      status: 200,
      description: "Whom the access token speaks for.",
      schema: Session,
    },
    codes: [],
  },
  listSessions: {
    method: "get",
    path: "/v1/me/sessions",
    tag: "Sessions",
    summary: "List the sessions",
    description:
      "Lists the user's sessions that have not ended, the newest first: within each page at least, as some identity providers have an order of their own. A session that ends between two pages hides no other.",
    bearer: true,
    query: PageQuery,
    answer: { status: 200, description: "A page of sessions.", schema: SessionsResponse },
    codes: callerCodes,
  },
  endSession: {
    method: "delete",
    path: "/v1/me/sessions/{id}",
    tag: "Sessions",
    summary: "End one session",
    description:
      "Ends one of the user's sessions, as `signOut` does. One that has ended already is no error; that of the access token itself gets `conflict`: sign out instead.",
    bearer: true,
    params: SessionParams,
    answer: { status: 204, description: "The session has ended." },
    codes: [...callerCodes, "not_found", "conflict"],
  },
} as const satisfies Operations;

export function sessionHandlers(): Handlers<typeof sessionOperations> {
  return {
    async refreshTokens({ body: { refresh_token: refreshToken, ...others }, ...caller }, ports) {
      const input = { ...withMetadata(others), refreshToken, ...from(caller) };
      const tokens = await refreshTokens(ports, input);
      return { tokens: tokensView(tokens) };
    },
    async signOut({ body, accessToken, ...caller }, ports) {
      await signOut(ports, {
        ...from(caller),
        refreshToken: body.refresh_token,
        ...(accessToken !== undefined && { accessToken }),
      });
      return undefined;
    },
    async signOutEverywhere({ caller }, ports) {
      await signOutEverywhere(ports, caller);
      return undefined;
    },
    async listSessions({ caller, query }, ports) {
      const { items, cursor } = await listSessions(ports, caller, query);
      return { sessions: items.map(sessionSummaryView), ...(cursor !== undefined && { cursor }) };
    },
    async endSession({ caller, params }, ports) {
      await endSession(ports, caller, params.id);
      return undefined;
    },
    getSession: ({ caller }) => sessionView(caller.principal),
  };
}
