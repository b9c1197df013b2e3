import { isIdentityError } from "../../../domain/errors.ts";
import type { SessionSummary } from "../../../domain/session.ts";
import type { Sessions } from "../../../ports/index.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { allPages } from "../answers/pages.ts";
import { readSeconds, requireSeconds } from "../answers/times.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { AppClient } from "../wire/app-client.ts";

/** Makes the facet through which users see their sessions and end one. */
export function createSessionList(app: AppClient): Pick<Sessions, "listSessions" | "endSession"> {
  return {
    async listSessions({ accessToken }) {
      const sessions = await allPages(async (NextToken) => {
        const answer = await app.call("listSessions", "ListUserSessions", {
          AccessToken: accessToken,
          NextToken,
        });
        return { items: answer.Sessions, next: answer.NextToken };
      });
      return sessions.map(readSession).sort((one, other) => other.createdAt - one.createdAt);
    },

    async endSession({ accessToken, sessionId }) {
      const session = { AccessToken: accessToken, SessionId: sessionId };
      try {
        await app.call("endSession", "RevokeUserSession", session);
      } catch (error) {
        // Cognito looks at an id's form before it looks at the token, which may be what is wrong in the first place.
        if (isIdentityError(error, "not_found")) {
          await app.call("endSession", "ListUserSessions", { AccessToken: accessToken });
        }
        throw error;
      }
    },
  };
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
