import { isIdentityError } from "../../../domain/errors.ts";
import type { EndedSessions } from "../../../domain/session.ts";
import { readAttributes } from "../answers/attributes.ts";
import type { AppClient } from "../wire/app-client.ts";
import { createSessionList, listAllSessions } from "./session-list.ts";

/** The settings by which sessions are ended when a password was replaced. */
export interface SessionEndSettings {
  readonly userPoolId: string;
  /** Whether there are AWS credentials, without which nobody's sessions can be ended in their stead. */
  readonly hasCredentials: boolean;
  /** Whether the pool lists sessions. */
  readonly hasSessionList: boolean;
}

/**
 * Ends the sessions that a password which was just replaced let in. Never throws: the password is new, whatever becomes
 * of this.
 */
export interface SessionEnds {
  afterReset(username: string): Promise<EndedSessions>;
  /** Ends all sessions but that of the token, or that too where they cannot be told apart. */
  afterChange(accessToken: string): Promise<EndedSessions>;
}

/** The number of sessions that are ended at once. */
const atOnce = 10;

export function createSessionEnds(
  app: AppClient,
  { userPoolId: UserPoolId, hasCredentials, hasSessionList }: SessionEndSettings,
): SessionEnds {
  const list = createSessionList(app);

  async function endOthers(accessToken: string): Promise<void> {
    // Before any is ended: pages could move on with each that is.
    const sessions = await listAllSessions(app, accessToken);
    const others = sessions.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id);
    for (let start = 0; start < others.length; start += atOnce) {
      const some = others.slice(start, start + atOnce);
      await Promise.all(some.map((sessionId) => end(accessToken, sessionId)));
    }
  }

  async function end(accessToken: string, sessionId: string): Promise<void> {
    try {
      await list.endSession({ accessToken, sessionId });
    } catch (error) {
      // It has ended meanwhile.
      if (!isIdentityError(error, "not_found")) throw error;
    }
  }

  /** Tokens name a user by the subject, which the user's name is not in every pool. */
  async function subjectOf(Username: string): Promise<string | undefined> {
    try {
      const user = await app.call("getUser", "AdminGetUser", { UserPoolId, Username });
      return readAttributes(user.UserAttributes).subject;
    } catch (error) {
      if (isIdentityError(error)) return undefined;
      throw error;
    }
  }

  async function afterChange(accessToken: string): Promise<EndedSessions> {
    if (hasSessionList) {
      const outcome = await unlessRefused(() => endOthers(accessToken));
      // Cognito's list has ids of its own, which tokens do not carry.
      if (outcome === undefined) return { ended: "others", sessionIds: [] };
    }
    const everywhere = { AccessToken: accessToken };
    const refused = await unlessRefused(() =>
      app.call("signOutEverywhere", "GlobalSignOut", everywhere),
    );
    return refused ?? { ended: "all" };
  }

  return {
    async afterReset(Username) {
      if (!hasCredentials) return { ended: "none", code: "not_supported" };
      const refused = await unlessRefused(() =>
        app.call("signOutUser", "AdminUserGlobalSignOut", { UserPoolId, Username }),
      );
      if (refused) return refused;
      const subject = await subjectOf(Username);
      return { ended: "all", ...(subject !== undefined && { subject }) };
    },
    afterChange,
  };
}

async function unlessRefused(
  end: () => Promise<unknown>,
): Promise<Extract<EndedSessions, { readonly ended: "none" }> | undefined> {
  try {
    await end();
    return undefined;
  } catch (error) {
    if (!isIdentityError(error)) throw error;
    return { ended: "none", code: error.code };
  }
}
