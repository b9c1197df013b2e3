import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import type { RefreshSession } from "../../../adapters/memory/tokens/refresh-sessions.ts";
import { readSessionId, writeSessionId } from "../answers/session-ids.ts";
import { inCognitosWords, say } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { userNamed } from "../users/user-names.ts";
import { resourceNotFound } from "../wire/cognito-exception.ts";
import { choice, required, text } from "../wire/constraints.ts";
import { paginationToken, poolId, token, username } from "../wire/members.ts";
import { pageOf } from "../wire/pages.ts";
import { seconds } from "../wire/times.ts";
import { openOperation, signedOperation } from "./operation.ts";

const sessionId = text({ min: 28, max: 28, pattern: /^(tkn|sso)[a-zA-Z0-9]+$/ });
const ofOne = {
  SessionId: required(sessionId),
  RevokeAssociatedSessions: choice("NONE", "LINKED"),
};
const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations on the sessions that a user has. */
export const userSessionOperations = {
  ListUserSessions: openOperation(
    { AccessToken: required(token), NextToken: paginationToken },
    async (directory, { AccessToken: accessToken, NextToken }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      return inCognitosWords(() =>
        engine.onSignedInAccount(accessToken, async ({ user, sessionId: current }) =>
          pageOfSessions(engine.sessions.list(user.subject), NextToken, current),
        ),
      );
    },
  ),

  RevokeUserSession: openOperation(
    { AccessToken: required(token), ...ofOne },
    async (directory, { AccessToken: accessToken, SessionId }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      const session = { accessToken, sessionId: readSessionId(SessionId) };
      await inCognitosWords(() => createSessions(engine).endSession(session), {
        not_found: say("ResourceNotFound", "Session not found."),
        conflict: say("InvalidParameter", "The current session cannot be revoked."),
      });
      return {};
    },
  ),

  AdminListUserSessions: signedOperation(
    { ...onUser, NextToken: paginationToken },
    async (directory, { UserPoolId, Username, NextToken }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const { subject } = await inCognitosWords(async () => userNamed(engine, Username));
      return pageOfSessions(engine.sessions.list(subject), NextToken);
    },
  ),

  AdminRevokeUserSession: signedOperation(
    { ...onUser, ...ofOne },
    async (directory, { UserPoolId, Username, SessionId }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const { subject } = await inCognitosWords(async () => userNamed(engine, Username));
      const session = engine.sessions.get(readSessionId(SessionId));
      if (session?.subject !== subject) throw resourceNotFound("Session not found.");
      await engine.accounts.bySubject(subject, () => engine.sessions.end(session.id));
      return {};
    },
  ),
};

function pageOfSessions(
  sessions: readonly RefreshSession[],
  token: string | undefined,
  current?: string,
): object {
  const { items, next } = pageOf(sessions, 60, token);
  return {
    Sessions: items.map((session) => describeSession(session, current)),
    ...(next && { NextToken: next }),
  };
}

function describeSession(
  { id, clientId, signedInAt, lastActiveAt }: RefreshSession,
  current?: string,
): object {
  return {
    SessionId: writeSessionId(id),
    SessionType: "TOKEN",
    ClientId: clientId,
    CreateDate: seconds(signedInAt),
    LastActiveDate: seconds(lastActiveAt),
    ...(current !== undefined && { IsCurrentSession: id === current }),
  };
}
