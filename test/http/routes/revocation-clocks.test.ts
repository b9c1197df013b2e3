import { describe, expect, test } from "vitest";
import { adjustableClock } from "../../adapters/memory/support.ts";
import { ada, administrators } from "../admin-support.ts";
import { adminGroup, password, startService, type Tokens, username } from "../support.ts";

/**
 * Clocks of services and providers differ. Tokens from after the end of all of a user's sessions are good all the same.
 *
 * @see https://github.com/aws/aws-sdk-java/issues/2449
 */
const newPassword = "Another-Horse-8";

/** A service whose clock is off, and a user and an administrator of a provider whose clock is right. */
async function start(aheadSeconds: number) {
  const clock = adjustableClock();
  const own = { now: () => clock.now() + aheadSeconds * 1000 };
  const service = startService({
    administrators,
    provider: { clock },
    ports: () => ({ clock: own }),
  });
  const user = await service.signedIn();
  const admin = await service.adminToken();
  clock.advance(30);
  return { service, clock, user, admin };
}

type Started = Awaited<ReturnType<typeof start>>;

interface Ending {
  readonly what: string;
  readonly end: (started: Started) => Promise<unknown>;
  readonly password?: string;
}

const reset: Ending = {
  what: "a reset of the password",
  password: newPassword,
  async end({ service: { send, lastCode } }) {
    await send("POST", "/v1/password/forgot", { body: { username } });
    const body = { username, code: lastCode(), new_password: newPassword };
    await send("POST", "/v1/password/reset", { body });
  },
};

const endings: readonly Ending[] = [
  {
    what: "signing out everywhere",
    end: ({ service: { send }, user }) =>
      send("POST", "/v1/sign-out/everywhere", { token: user.access_token }),
  },
  {
    what: "an administrator's sign-out",
    end: ({ service: { send }, admin: token }) => send("POST", `${ada}/sign-out`, { token }),
  },
  {
    what: "disabling and enabling",
    async end({ service: { send }, admin: token }) {
      await send("POST", `${ada}/disable`, { token });
      await send("POST", `${ada}/enable`, { token });
    },
  },
  {
    what: "taking a group away",
    end: ({ service: { send }, admin: token }) =>
      send("DELETE", `${ada}/groups/${adminGroup}`, { token }),
  },
  reset,
];

async function signIn({ service: { send } }: Started, secret = password): Promise<Tokens> {
  const { text } = await send("POST", "/v1/sign-in", { body: { username, password: secret } });
  return (JSON.parse(text) as { readonly tokens: Tokens }).tokens;
}

async function codeOf({ service: { send } }: Started, { access_token: token }: Tokens) {
  const { status, body } = await send("GET", "/v1/session", { token });
  return body.code ?? status;
}

describe.each([0, 30, 60, -30, -60])("with a clock that is %i s ahead", (ahead) => {
  test.each(endings)("$what refuses what was issued before", async ({ end }) => {
    const started = await start(ahead);

    await end(started);

    expect(await codeOf(started, started.user)).toBe("token_revoked");
  });

  test.each(endings)("$what takes the tokens of the next second", async (ending) => {
    const started = await start(ahead);
    await ending.end(started);
    started.clock.advance(1);

    expect(await codeOf(started, await signIn(started, ending.password))).toBe(200);
  });

  test("a reset of the password takes tokens of the same second, as they are of no session that has ended", async () => {
    const started = await start(ahead);
    await reset.end(started);

    expect(await codeOf(started, await signIn(started, reset.password))).toBe(200);
  });

  const byTime = endings.filter((ending) => ending !== reset);
  test.each(byTime)("$what refuses tokens of the same second until a refresh", async (ending) => {
    const started = await start(ahead);
    await ending.end(started);
    const tokens = await signIn(started, ending.password);
    const before = await codeOf(started, tokens);
    started.clock.advance(1);

    const body = { refresh_token: tokens.refresh_token };
    const { text } = await started.service.send("POST", "/v1/token/refresh", { body });

    expect(before).toBe("token_revoked");
    const refreshed = (JSON.parse(text) as { readonly tokens: Tokens }).tokens;
    expect(await codeOf(started, refreshed)).toBe(200);
  });
});
