import { describe, expect, test } from "vitest";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { EndedSessions } from "../../../src/domain/session.ts";
import type { IdentityProvider, Ports } from "../../../src/ports/index.ts";
import {
  password,
  startService,
  type TestServiceOptions,
  type Tokens,
  username,
} from "../support.ts";

/**
 * @see https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x16-V7-Session-Management.md (7.4.3)
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html
 */
const newPassword = "Another-Horse-8";

type Service = ReturnType<typeof startService>;

async function start(options: TestServiceOptions = {}) {
  const service = startService(options);
  const user = await service.signedIn();
  return { service, user, thief: await service.signIn() };
}

async function reset({ send, lastCode }: Service) {
  await send("POST", "/v1/password/forgot", { body: { username } });
  const body = { username, code: lastCode(), new_password: newPassword };
  return send("POST", "/v1/password/reset", { body });
}

function change({ send }: Service, { access_token: token }: Tokens) {
  const body = { current_password: password, new_password: newPassword };
  return send("POST", "/v1/password/change", { token, body });
}

/** How the tokens of a session fare: the access token at a resource, and the refresh token. */
async function outcomesOf({ send }: Service, { access_token: token, refresh_token }: Tokens) {
  const access = await send("GET", "/v1/session", { token });
  const refresh = await send("POST", "/v1/token/refresh", { body: { refresh_token } });
  return [access.body.code ?? access.status, refresh.body.code ?? refresh.status];
}

const dead = ["token_revoked", "invalid_refresh_token"];
const alive = [200, 200];

/** Gives the provider's answer to a new password another ending. */
function answering(ended: EndedSessions) {
  return ({ identity }: Ports): Partial<Ports> => {
    const instead =
      <Input>(replace: (input: Input) => Promise<unknown>) =>
      async (input: Input): Promise<EndedSessions> => {
        await replace(input);
        return ended;
      };
    const broken: IdentityProvider = {
      ...identity,
      resetPassword: instead(identity.resetPassword),
      changePassword: instead(identity.changePassword),
    };
    return { identity: broken };
  };
}

describe("a password that was reset", () => {
  test("ends every session and every access token of the user", async () => {
    const { service, user, thief } = await start();

    const { status } = await reset(service);

    expect(status).toBe(200);
    expect(await outcomesOf(service, user)).toEqual(dead);
    expect(await outcomesOf(service, thief)).toEqual(dead);
  });

  test("is reset where the access tokens cannot be ended, and the log says so", async () => {
    const ports = (): Partial<Ports> => ({
      revocations: {
        issuer: "https://memory.portico.invalid",
        add: () => Promise.reject(new IdentityError("provider_unavailable")),
      },
    });
    const { service } = await start({ ports });

    const { status } = await reset(service);

    expect(status).toBe(200);
    expect(service.events).toContainEqual(
      expect.objectContaining({ type: "sessions_not_ended", code: "provider_unavailable" }),
    );
  });

  test.each<EndedSessions>([{ ended: "none", code: "not_supported" }, { ended: "all" }])(
    "is reset where the provider says no more than %j, and the log says so",
    async (ended) => {
      const { service } = await start({ ports: answering(ended) });

      const { status } = await reset(service);

      expect(status).toBe(200);
      expect(service.events.slice(-2)).toMatchObject([
        { type: "password_reset", outcome: "success" },
        { type: "sessions_not_ended", outcome: "failure", code: "not_supported" },
      ]);
    },
  );

  test("is no event of sessions where all have ended", async () => {
    const { service } = await start();

    await reset(service);

    expect(service.events.at(-1)).toMatchObject({ type: "password_reset" });
  });
});

describe("a password that was changed", () => {
  test("ends every other session with its access tokens, and leaves the caller's", async () => {
    const { service, user, thief } = await start();

    const { status } = await change(service, user);

    expect(status).toBe(204);
    expect(await outcomesOf(service, thief)).toEqual(dead);
    expect(await outcomesOf(service, user)).toEqual(alive);
  });

  test("ends the caller's access tokens too, where the provider ends all sessions", async () => {
    const { service, user } = await start({ ports: answering({ ended: "all" }) });

    await change(service, user);

    const { body } = await service.send("GET", "/v1/session", { token: user.access_token });
    expect(body.code).toBe("token_revoked");
  });

  test("is changed where no session can be ended, and the log says whose", async () => {
    const ended = { ended: "none", code: "provider_timeout" } as const;
    const { service, user } = await start({ ports: answering(ended) });

    const { status } = await change(service, user);

    expect(status).toBe(204);
    expect(service.events.at(-1)).toMatchObject({
      type: "sessions_not_ended",
      code: "provider_timeout",
      subject: expect.any(String),
    });
  });
});
