import { expect } from "vitest";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { bearer, newAccount } from "../probe.ts";
import { registerWithApp } from "../second-factor-steps.ts";
import { beginWithPassword } from "../sign-in-steps.ts";

/** What holds when fifty requests come at once. */
export const races: Family = {
  name: "races",
  world: "equipped",
  cases: [
    {
      name: "confirms a sign-up once of many times at once",
      async run(probe) {
        const user = newAccount();
        await probe.client.POST("/v1/sign-up", { body: user });
        const code = await probe.codeFor(user.username, "sign_up_confirmation");
        const body = { username: user.username, code };

        const ends = await atOnce(() =>
          probe.client.POST("/v1/sign-up/confirm", { body, headers }),
        );

        // The others came too late, or with a code that was spent: neither may tell which.
        expectOneWinner(ends, "code_mismatch", "too_many_attempts");
        await probe.signIn(user);
      },
    },
    {
      name: "takes a reset code once of many times at once",
      async run(probe) {
        const { username, password, attributes } = await probe.register();
        await probe.client.POST("/v1/password/forgot", { body: { username } });
        const code = await probe.codeFor(username, "password_reset");
        const passwords = Array.from({ length: fifty }, (_, index) => `${password}-${index}`);

        const ends = await Promise.all(
          passwords.map(async (new_password) => {
            const body = { username, code, new_password };
            return endOf(await probe.client.POST("/v1/password/reset", { body, headers }));
          }),
        );

        expectOneWinner(ends, "code_mismatch", "too_many_attempts");
        const winner = passwords[ends.indexOf("done")] ?? expect.fail("one of them won");
        await probe.signIn({ username, password: winner, attributes });
      },
    },
    {
      name: "leaves one refresh token alive of many refreshes at once with the same one",
      needs: ["refresh_rotation"],
      async run(probe) {
        const { refreshToken } = await probe.signIn(await probe.register());
        const refresh = (refresh_token: string) =>
          probe.client.POST("/v1/token/refresh", { body: { refresh_token }, headers });

        const refreshed = await Promise.all(
          Array.from({ length: fifty }, () => refresh(refreshToken)),
        );

        const tokens = refreshed.map(({ data }) => data?.tokens ?? expect.fail("tokens come"));
        const children = new Set(tokens.map(({ refresh_token = "" }) => refresh_token));
        expect(children).not.toContain(refreshToken);
        const ends: string[] = [];
        for (const child of children) ends.push(endOf(await refresh(child)));
        expectOneWinner(ends, "invalid_refresh_token", "refresh_token_reused");
        for (const { access_token } of tokens.slice(0, 3)) {
          const { response } = await probe.client.GET("/v1/me", { headers: bearer(access_token) });
          expect([200, 401]).toContain(response.status);
        }
      },
    },
    {
      name: "takes a code of an authenticator app for one of many sign-ins at once",
      needs: ["totp_mfa"],
      async run(probe) {
        const { app, ...user } = await registerWithApp(probe);
        const sessions: string[] = [];
        while (sessions.length < fifty / 2) {
          sessions.push((await beginWithPassword(probe, user, "totp")).session);
        }
        const code = await app.nextCode();

        // Twice each, so that a session is raced for as well.
        const ends = await Promise.all(
          [...sessions, ...sessions].map(async (session) => {
            const body = { type: "totp" as const, session, code };
            return endOf(await probe.client.POST("/v1/sign-in/challenge", { body, headers }));
          }),
        );

        expectOneWinner(ends, "code_mismatch", "challenge_expired", "too_many_attempts");
      },
    },
    {
      name: "refreshes no more once a sign-out is done, though refreshes were under way",
      async run(probe) {
        const { refreshToken } = await probe.signIn(await probe.register());
        const body = { refresh_token: refreshToken };
        const refresh = () => probe.client.POST("/v1/token/refresh", { body, headers });

        const underWay = Array.from({ length: fifty }, refresh);
        await probe.client.POST("/v1/sign-out", { body });
        const late = await refresh();

        expectRefusal(late, 401, "invalid_refresh_token");
        for (const { data } of await Promise.all(underWay)) {
          const child = data?.tokens.refresh_token;
          if (child === undefined) continue;
          const orphan = await probe.client.POST("/v1/token/refresh", {
            body: { refresh_token: child },
          });
          expectRefusal(orphan, 401, "invalid_refresh_token");
        }
      },
    },
  ],
};

const fifty = 50;

/** So many connections would be idle by the next burst, and some closed by the server just as they are used again. */
const headers = { connection: "close" };

interface ClientAnswer {
  readonly error?: { readonly code: string };
}

async function atOnce(send: () => Promise<ClientAnswer>): Promise<string[]> {
  return Promise.all(Array.from({ length: fifty }, async () => endOf(await send())));
}

/** How a request ended: its code, where it was refused. */
function endOf({ error }: ClientAnswer): string {
  return error?.code ?? "done";
}

function expectOneWinner(ends: readonly string[], ...others: readonly string[]): void {
  expect(ends.filter((end) => end === "done")).toHaveLength(1);
  expect(ends.filter((end) => !["done", ...others].includes(end))).toEqual([]);
}
