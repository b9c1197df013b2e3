import { isIdentityError } from "../../../domain/errors.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import type { SessionSummary } from "../../../domain/session.ts";
import type { Sessions } from "../../../ports/index.ts";
import { readCursor, unknownCursor, writeCursor } from "../../shared/cursor.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { cutSessions, readPlace, type SessionPlace } from "../../shared/session-order.ts";
import { type AnswerPage, allPages, requireList } from "../answers/pages.ts";
import { readSeconds, requireSeconds } from "../answers/times.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { AppClient } from "../wire/app-client.ts";

/** Makes the facet through which users see their sessions and end one. */
export function createSessionList(app: AppClient): Pick<Sessions, "listSessions" | "endSession"> {
  return {
    listSessions: ({ accessToken, ...page }) => listPage(app, accessToken, page),

    async endSession({ accessToken, sessionId }) {
      const session = { AccessToken: accessToken, SessionId: sessionId };
      const request = app.forOneRequest();
      try {
        await request.call("endSession", "RevokeUserSession", session);
      } catch (error) {
        // Cognito looks at an id's form before it looks at the token, which may be what is wrong in the first place.
        if (isIdentityError(error, "not_found")) {
          await request.call("endSession", "ListUserSessions", { AccessToken: accessToken });
        }
        throw error;
      }
    },
  };
}

/** Lists all sessions of a user, in an order of Cognito's. */
export async function listAllSessions(
  app: AppClient,
  accessToken: string,
): Promise<readonly SessionSummary[]> {
  const sessions = await allPages((token) => getPage(app, accessToken, token));
  return sessions.map(readSession);
}

/**
 * Cognito's pages are as long as it likes: no request can say how long. One that is too long is asked for again, and
 * gone on with after the place where the page before was cut.
 */
async function listPage(
  app: AppClient,
  accessToken: string,
  { limit, cursor }: PageRequest,
): Promise<Page<SessionSummary>> {
  const { token, after } = cursor === undefined ? firstStart : readStart(cursor);
  const { items, next } = await getPage(app, accessToken, token);
  const { sessions, last } = cutSessions(requireList(items).map(readSession), limit, after);
  if (last)
    return { items: sessions, cursor: writeCursor([token ?? null, last.createdAt, last.id]) };
  return { items: sessions, ...(isText(next) && { cursor: writeCursor([next]) }) };
}

async function getPage(
  app: AppClient,
  accessToken: string,
  token: string | undefined,
): Promise<AnswerPage> {
  const page = { AccessToken: accessToken, NextToken: token };
  const answer = await app.call("listSessions", "ListUserSessions", page);
  return { items: answer.Sessions, next: answer.NextToken };
}

/** The page of Cognito's that a page of ours starts in, and the place after which it does: its beginning, if absent. */
interface PageStart {
  readonly token?: string | undefined;
  readonly after?: SessionPlace;
}

const firstStart: PageStart = {};

function readStart(cursor: string): PageStart {
  const [token, ...place] = readCursor(cursor);
  if (token !== null && !isText(token)) throw unknownCursor();
  return { token: token ?? undefined, ...(place.length > 0 && { after: readPlace(place) }) };
}

function readSession(session: unknown): SessionSummary {
  if (!isJsonObject(session)) throw unexpectedAnswer("Sessions");
  const { SessionId: id, DeviceType: device } = session;
  if (!isText(id)) throw unexpectedAnswer("SessionId");
  const lastActiveAt = readSeconds(session.LastActiveDate);
  return {
    id,
    createdAt: requireSeconds(session.CreateDate, "CreateDate"),
    ...(lastActiveAt !== undefined && { lastActiveAt }),
    isCurrent: session.IsCurrentSession === true,
    ...(isText(device) && { device }),
  };
}
