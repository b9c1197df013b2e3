import { expectCode, expectEqual, expectPresent, expectThat } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import {
  expectAlive,
  expectDeadAccess,
  profileOf,
  type SessionTokens,
  signedInUser,
  signIn,
} from "../steps/account-steps.ts";
import { allSessions, idsOf } from "../steps/session-pages.ts";

const listed = { needs: ["session_list"] } as const;

/** The cases of `Sessions.listSessions` and `Sessions.endSession`. */
export const sessionListCases = [
  contractCaseWith(
    listed,
    "session list: tells each sign-in, and which is this one",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signIn(harness, user);

      const ids = [];
      for (const { accessToken } of [user, other]) {
        const sessions = await allSessions(harness, accessToken);
        expectEqual("the number of sessions", sessions.length, 2);
        const current = sessions.filter(({ isCurrent }) => isCurrent);
        expectEqual("the number of current ones", current.length, 1);
        ids.push(current[0]?.id);
      }

      expectThat("each sign-in has an id of its own", ids[0] !== ids[1]);
    },
  ),

  contractCaseWith(
    { ...listed, requires: ["clock"] },
    "session list: tells when each sign-in was, the newest first",
    async (harness, { clock }) => {
      const user = await signedInUser(harness);
      await clock.advance(600);
      const { accessToken } = await signIn(harness, user);

      const [newest, oldest] = await allSessions(harness, accessToken);

      const now = clock.now() / 1000;
      const at = expectPresent("the newest session", newest).createdAt;
      expectThat("the newest began just now, in seconds", Math.abs(now - at) < 300);
      const before = at - expectPresent("the oldest session", oldest).createdAt;
      expectThat("the oldest began ten minutes before", Math.abs(before - 600) < 300);
    },
  ),

  contractCaseWith(
    listed,
    "session list: goes on with a session when it is refreshed",
    async (harness) => {
      const user = await signedInUser(harness);
      const before = await currentSession(harness, user);

      const { accessToken } = await harness.identity.refresh({ refreshToken: user.refreshToken });

      expectEqual("the sessions", idsOf(await allSessions(harness, accessToken)), [before]);
    },
  ),

  contractCaseWith(
    { needs: ["session_list", "sign_out"] },
    "session list: leaves out what was signed out",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signIn(harness, user);
      const ended = await currentSession(harness, other);

      await harness.identity.signOut({ refreshToken: other.refreshToken });

      const sessions = await allSessions(harness, user.accessToken);
      expectThat("the session is gone", !sessions.some(({ id }) => id === ended));
    },
  ),

  contractCaseWith(listed, "session list: tells nothing of other users", async (harness) => {
    const user = await signedInUser(harness);
    const stranger = await signedInUser(harness);
    const foreign = await currentSession(harness, stranger);

    const sessions = await allSessions(harness, user.accessToken);

    expectThat("the session is not listed", !sessions.some(({ id }) => id === foreign));
  }),

  contractCaseWith(
    listed,
    "session list: kills the tokens of a session that is ended",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signIn(harness, user);
      const sessionId = await currentSession(harness, other);

      await harness.identity.endSession({ accessToken: user.accessToken, sessionId });

      const { accessToken, refreshToken } = other;
      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
      await expectDeadAccess(harness, accessToken);
    },
  ),

  contractCaseWith(
    listed,
    "session list: leaves other sessions alone when one is ended",
    async (harness) => {
      const user = await signedInUser(harness);
      const [ended, left] = [await signIn(harness, user), await signIn(harness, user)];
      const sessionId = await currentSession(harness, ended);

      await harness.identity.endSession({ accessToken: user.accessToken, sessionId });

      for (const session of [user, left]) await expectAlive(harness, session);
    },
  ),

  contractCaseWith(
    listed,
    "session list: ends a session as often as one likes",
    async (harness) => {
      const user = await signedInUser(harness);
      const sessionId = await currentSession(harness, await signIn(harness, user));

      await harness.identity.endSession({ accessToken: user.accessToken, sessionId });
      await harness.identity.endSession({ accessToken: user.accessToken, sessionId });
    },
  ),

  contractCaseWith(
    listed,
    "session list: ends no session that there never was",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const invented = harness.identity.endSession({ accessToken, sessionId: "invented" });

      await expectCode(invented, "not_found");
    },
  ),

  contractCaseWith(listed, "session list: ends no session of another user", async (harness) => {
    const { accessToken } = await signedInUser(harness);
    const stranger = await signedInUser(harness);
    const sessionId = await currentSession(harness, stranger);

    await expectCode(harness.identity.endSession({ accessToken, sessionId }), "not_found");

    await expectAlive(harness, stranger);
  }),

  contractCaseWith(listed, "session list: does not end the session that asks", async (harness) => {
    const user = await signedInUser(harness);
    const sessionId = await currentSession(harness, user);

    const own = harness.identity.endSession({ accessToken: user.accessToken, sessionId });

    await expectCode(own, "conflict");
    await profileOf(harness, user);
  }),
];

async function currentSession(
  harness: IdentityProviderHarness,
  { accessToken }: Pick<SessionTokens, "accessToken">,
): Promise<string> {
  const sessions = await allSessions(harness, accessToken);
  return expectPresent(
    "a current session",
    sessions.find(({ isCurrent }) => isCurrent),
  ).id;
}
