import { expect } from "vitest";
import { administer, recordOf } from "../administrator-steps.ts";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { type Account, bearer, type Probe } from "../probe.ts";
import { beginWithPassword, finish } from "../sign-in-steps.ts";

const needs = ["administration"] as const;

/** How administrators keep users out and let them in. */
export const accountControl: Family = {
  name: "account control",
  cases: [
    {
      name: "keeps a user out who is disabled, until they are enabled again",
      needs,
      async run(probe) {
        const act = await actionsOn(probe);
        const user = await probe.signIn(await probe.register());
        const refresh = { refresh_token: user.refreshToken };
        const signIn = ({ username, password }: Account) =>
          probe.client.POST("/v1/sign-in", { body: { username, password } });

        await act("disable", user);
        const record = await recordOf(probe, user.username);
        const right = await signIn(user);
        const wrong = await signIn({ ...user, password: `${user.password}?` });
        const refreshed = await probe.client.POST("/v1/token/refresh", { body: refresh });
        await act("enable", user);

        expect(record?.enabled).toBe(false);
        // A provider that hides who exists may hide this as well.
        expect(["user_disabled", "invalid_credentials"]).toContain(right.error?.code);
        expectRefusal(wrong, 401, "invalid_credentials");
        expect([401, 403]).toContain(refreshed.response.status);
        await probe.signIn(user);
      },
    },
    {
      name: "has a user reset the password",
      needs,
      async run(probe) {
        const act = await actionsOn(probe);
        const { username, password, attributes } = await probe.register();
        const new_password = `${password}-2`;

        await act("reset-password", { username });
        const late = await probe.client.POST("/v1/sign-in", { body: { username, password } });
        const code = await probe.codeFor(username, "password_reset");
        const body = { username, code, new_password };
        const { response } = await probe.client.POST("/v1/password/reset", { body });

        expectRefusal(late, 403, "password_reset_required");
        expect(response.status).toBe(200);
        await probe.signIn({ username, password: new_password, attributes });
      },
    },
    {
      name: "sets a password for good, or one that is to be replaced",
      needs,
      async run(probe) {
        const { client, headers } = await administer(probe);
        const { username, password, attributes } = await probe.register();
        const set = (body: { password: string; permanent?: boolean }) =>
          client.POST("/v1/admin/users/{username}/set-password", {
            headers,
            params: { path: { username } },
            body,
          });

        const weak = await set({ password: "short" });
        await set({ password: `${password}-2`, permanent: true });
        await probe.signIn({ username, password: `${password}-2`, attributes });
        await set({ password: `${password}-3` });
        const temporary = { username, password: `${password}-3` };
        const { session } = await beginWithPassword(probe, temporary, "new_password");
        await finish(probe, { type: "new_password", session, new_password: `${password}-4` });

        expectRefusal(weak, 422, "password_policy_violation");
        await probe.signIn({ username, password: `${password}-4`, attributes });
      },
    },
    {
      name: "ends every session of a user, and nobody else's",
      needs,
      async run(probe) {
        const act = await actionsOn(probe);
        const account = await probe.register();
        const sessions = [await probe.signIn(account), await probe.signIn(account)];
        const other = await probe.signIn(await probe.register());

        await act("sign-out", account);

        for (const { refreshToken, accessToken } of sessions) {
          const body = { refresh_token: refreshToken };
          const refused = await probe.client.POST("/v1/token/refresh", { body });
          const profile = await probe.client.GET("/v1/me", { headers: bearer(accessToken) });
          expectRefusal(refused, 401, "invalid_refresh_token");
          expectRefusal(profile, 401, "token_revoked");
        }
        const profile = await probe.client.GET("/v1/me", { headers: bearer(other.accessToken) });
        expect(profile.response.status).toBe(200);
      },
    },
    {
      name: "deletes a user, whose tokens are then dead and whose name is free",
      needs,
      async run(probe) {
        const { client, headers } = await administer(probe);
        const account = await probe.register();
        const { username, password } = account;
        const { accessToken } = await probe.signIn(account);
        const params = { path: { username } };

        const { response } = await client.DELETE("/v1/admin/users/{username}", {
          headers,
          params,
        });

        const gone = await client.GET("/v1/admin/users/{username}", { headers, params });
        const profile = await client.GET("/v1/me", { headers: bearer(accessToken) });
        const late = await client.POST("/v1/sign-in", { body: { username, password } });
        expect(response.status).toBe(204);
        expectRefusal(gone, 404, "user_not_found");
        expectRefusal(profile, 401, "token_revoked");
        expectRefusal(late, 401, "invalid_credentials");
        const again = await client.POST("/v1/sign-up", { body: account });
        expect(again.data).toEqual({ status: "confirmation_required" });
        expect(await recordOf(probe, username)).toMatchObject({ status: "unconfirmed" });
      },
    },
  ],
};

/** Gives a way to do what takes no more than a name. */
async function actionsOn(probe: Probe) {
  const { client, headers } = await administer(probe);
  return async (
    action: "disable" | "enable" | "reset-password" | "sign-out",
    { username }: Pick<Account, "username">,
  ) => {
    const params = { path: { username } };
    const path = `/v1/admin/users/{username}/${action}` as const;
    const { response } = await client.POST(path, { headers, params });
    expect(response.status).toBe(204);
  };
}
