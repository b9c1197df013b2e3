import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { cognitoFromEnv } from "../../../../src/adapters/cognito/index.ts";
import { endedSessionCases } from "../../../../src/testing/identity-provider/sessions/ended-sessions.ts";
import { planContract } from "../../../../src/testing/index.ts";
import {
  type StrictHarness,
  startStrictHarness,
  strictCapabilities,
  strictFeatures,
} from "../../../contract/cognito-strict-harness.ts";
import { answers, throws } from "../../../support/cognito-upstream-answers.ts";
import { accessToken, calls, providerAt, startUpstream, username } from "../fixtures.ts";

const user = { UserPoolId: "eu-central-1_example", Username: username };
const publicFlow = { authFlow: "USER_PASSWORD_AUTH", credentials: undefined } as const;

function sessions(...ids: readonly string[]) {
  return ids.map((SessionId) => ({
    SessionId,
    CreateDate: 1_800_000_000,
    IsCurrentSession: SessionId === "tkn1",
  }));
}

describe("after a reset", () => {
  it("an administrator's sign-out ends all sessions, and the subject is told", async () => {
    const upstream = await startUpstream();

    const ended = await calls.resetPassword(providerAt(upstream));

    expect(ended).toEqual({ ended: "all", subject: expect.any(String) });
    expect(upstream.requests.slice(1)).toMatchObject([
      { operation: "AdminUserGlobalSignOut", input: user },
      { operation: "AdminGetUser", input: user },
    ]);
  });

  it("without AWS credentials none ends, and nothing is called in vain", async () => {
    const upstream = await startUpstream();

    const ended = await calls.resetPassword(providerAt(upstream, publicFlow));

    expect(ended).toEqual({ ended: "none", code: "not_supported" });
    expect(upstream.requests.map(({ operation }) => operation)).toEqual(["ConfirmForgotPassword"]);
  });

  it("credentials that do not allow it leave the reset done, and it is said", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminUserGlobalSignOut", throws("AccessDeniedException"));

    const ended = await calls.resetPassword(providerAt(upstream));

    expect(ended).toEqual({ ended: "none", code: "provider_misconfigured" });
  });

  it("credentials that do not tell the subject still end the sessions", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminGetUser", throws("AccessDeniedException"));

    expect(await calls.resetPassword(providerAt(upstream))).toEqual({ ended: "all" });
  });
});

describe("after a change", () => {
  it("the session list ends all others, of many too", async () => {
    const upstream = await startUpstream();
    const others = Array.from({ length: 23 }, (_, index) => `other${index}`);
    upstream.script("ListUserSessions", answers({ Sessions: sessions("tkn1", ...others) }));

    const ended = await calls.changePassword(providerAt(upstream));

    expect(ended).toEqual({ ended: "others", sessionIds: [] });
    const revoked = upstream.requests.filter(({ operation }) => operation === "RevokeUserSession");
    expect(revoked.map(({ input }) => input.SessionId).sort()).toEqual(others.sort());
  });

  it("the session list ends those of every page, and none before all are known", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "ListUserSessions",
      answers({ Sessions: sessions("tkn1", "tkn2"), NextToken: "page-2" }),
      answers({ Sessions: sessions("tkn3") }),
    );

    const ended = await calls.changePassword(providerAt(upstream));

    expect(ended).toMatchObject({ ended: "others" });
    const [, ...ends] = upstream.requests.map(({ operation }) => operation);
    const list = "ListUserSessions";
    expect(ends).toEqual([list, list, "RevokeUserSession", "RevokeUserSession"]);
  });

  it("a list without end is given up, and all sessions end", async () => {
    const upstream = await startUpstream();
    const page = answers({ Sessions: sessions("tkn2"), NextToken: "more" });
    upstream.script("ListUserSessions", ...Array.from({ length: 11 }, () => page));

    const ended = await calls.changePassword(providerAt(upstream));

    expect(ended).toEqual({ ended: "all" });
    expect(upstream.requests.at(-1)).toMatchObject({ operation: "GlobalSignOut" });
  });

  it("a session that has ended meanwhile is none to end", async () => {
    const upstream = await startUpstream();
    upstream.script("ListUserSessions", answers({ Sessions: sessions("tkn1", "tkn2") }));
    upstream.script("RevokeUserSession", throws("ResourceNotFoundException", "No such session."));

    const ended = await calls.changePassword(providerAt(upstream));

    expect(ended).toMatchObject({ ended: "others" });
  });

  it("a list that fails ends the caller's session as well", async () => {
    const upstream = await startUpstream();
    upstream.script("ListUserSessions", throws("InternalErrorException"));

    const ended = await calls.changePassword(providerAt(upstream));

    expect(ended).toEqual({ ended: "all" });
    expect(upstream.requests.at(-1)).toMatchObject({
      operation: "GlobalSignOut",
      input: { AccessToken: accessToken },
    });
  });

  it("without a list all end, the caller's included", async () => {
    const upstream = await startUpstream();

    const ended = await calls.changePassword(providerAt(upstream, { features: [] }));

    expect(ended).toEqual({ ended: "all" });
    const operations = upstream.requests.map(({ operation }) => operation);
    expect(operations).toEqual(["ChangePassword", "GlobalSignOut"]);
  });

  it("sessions that cannot be ended leave the change done, and it is said", async () => {
    const upstream = await startUpstream();
    upstream.script("GlobalSignOut", throws("InternalErrorException"));

    const ended = await calls.changePassword(providerAt(upstream, { features: [] }));

    expect(ended).toEqual({ ended: "none", code: "provider_unavailable" });
  });
});

describe("settings", () => {
  const settings = {
    COGNITO_REGION: "eu-central-1",
    COGNITO_USER_POOL_ID: "eu-central-1_example",
    COGNITO_CLIENT_ID: "client1example",
    COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH",
  };
  const keys = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "aws-secret-key" };

  it.each([
    [
      "say at start that a reset ends no session",
      settings,
      expect.stringContaining("sessions_not_ended"),
    ],
    [
      "say nothing of it where there are AWS credentials",
      { ...settings, ...keys },
      expect.not.stringContaining("sessions_not_ended"),
    ],
  ])("%s", (_what, environment, notice) => {
    const read = cognitoFromEnv.read(environment);
    const shared = { clock: Date, isRevoked: () => false, print: () => undefined };

    expect(read.ok && read.value(shared).notice).toEqual(notice);
  });
});

describe("a pool that lists no sessions", () => {
  let harness: StrictHarness;
  beforeAll(async () => {
    const features = strictFeatures.filter((name) => name !== "session_list");
    harness = await startStrictHarness({ features });
  });
  afterAll(() => harness?.close());

  const left = ["session_list", "password_change_keeps_session"];
  const capabilities = strictCapabilities.filter((name) => !left.includes(name));
  for (const { kind, contractCase } of planContract(endedSessionCases, { capabilities })) {
    if (kind === "promise") test(contractCase.name, () => contractCase.run(harness));
  }
});
