import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import type { Family } from "../http-case.ts";
import { type Account, bearer, newAccount, type Probe } from "../probe.ts";

/** The happy path and its ends, all of it through the client that is generated from openapi.yaml. */
export const journey: Family = {
  name: "journey",
  cases: [
    {
      name: "takes a user from sign-up to the end of the account",
      async run(probe) {
        const account = newAccount();
        const { username, password } = account;

        await signUpAndConfirm(probe, account);
        const { headers, refresh_token } = await signInAndLookAround(probe, account);
        await refresh(probe, refresh_token);
        await changePassword(probe, headers, password, `${password}-2`);
        await resetForgottenPassword(probe, username, `${password}-3`);
        // Tokens tell whole seconds, and where no session is named those of the second of a reset are refused.
        await setTimeout(1000);
        await signOut(probe, { ...account, password: `${password}-3` });
        await deleteAccount(probe, { ...account, password: `${password}-3` });
      },
    },
    {
      name: "ends every session of a user at once",
      async run(probe) {
        const account = await probe.register();
        const [one, other] = [await probe.signIn(account), await probe.signIn(account)];

        const ended = await probe.client.POST("/v1/sign-out/everywhere", {
          headers: bearer(one.accessToken),
        });

        expect(ended.response.status).toBe(204);
        for (const { refreshToken } of [one, other]) {
          const body = { refresh_token: refreshToken };
          const refused = await probe.client.POST("/v1/token/refresh", { body });
          expect(refused.error?.code).toBe("invalid_refresh_token");
        }
      },
    },
    {
      name: "ends one session and lets the others go on",
      async run(probe) {
        const account = await probe.register();
        const [one, other] = [await probe.signIn(account), await probe.signIn(account)];

        const body = { refresh_token: one.refreshToken };
        await probe.client.POST("/v1/sign-out", { body });

        await refresh(probe, other.refreshToken);
      },
    },
    {
      name: "finds nothing wrong with a sign-out that comes twice, or of no session at all",
      async run(probe) {
        const { refreshToken } = await probe.signIn(await probe.register());
        for (const refresh_token of [refreshToken, refreshToken, "no-such-token"]) {
          const { response } = await probe.client.POST("/v1/sign-out", { body: { refresh_token } });
          expect(response.status).toBe(204);
        }
      },
    },
    {
      name: "signs nobody in before the sign-up is confirmed",
      async run(probe) {
        const account = newAccount();
        await probe.client.POST("/v1/sign-up", { body: account });
        const { username, password } = account;
        const early = await probe.client.POST("/v1/sign-in", { body: { username, password } });
        expect(early.error?.code).toBe("user_not_confirmed");
      },
    },
    {
      name: "changes no password without the current one",
      async run(probe) {
        const { accessToken, password } = await probe.bystander();
        const { error } = await probe.client.POST("/v1/password/change", {
          headers: bearer(accessToken),
          body: { current_password: `${password}?`, new_password: `${password}-2` },
        });
        expect(error?.code).toBe("invalid_credentials");
      },
    },
    {
      name: "takes a reset code once",
      async run(probe) {
        const { username, password } = await probe.register();
        const code = await resetForgottenPassword(probe, username, `${password}-2`);
        const { error } = await probe.client.POST("/v1/password/reset", {
          body: { username, code, new_password: `${password}-3` },
        });
        expect(error?.code).toBe("code_mismatch");
      },
    },
  ],
};

async function signUpAndConfirm({ client, codeFor }: Probe, account: Account): Promise<void> {
  const { username } = account;
  const signedUp = await client.POST("/v1/sign-up", { body: account });
  expect(signedUp.data).toEqual({ status: "confirmation_required" });

  const code = await codeFor(username, "sign_up_confirmation");
  const confirmed = await client.POST("/v1/sign-up/confirm", { body: { username, code } });
  expect(confirmed.data).toEqual({ status: "confirmed" });
}

async function signInAndLookAround({ client }: Probe, account: Account) {
  const { username, password, attributes } = account;
  const { data } = await client.POST("/v1/sign-in", { body: { username, password } });
  if (data?.status !== "signed_in") expect.fail("the user is signed in");
  const { access_token, refresh_token = "" } = data.tokens;
  expect(data.tokens).toMatchObject({ token_type: "Bearer", expires_in: expect.any(Number) });

  const headers = bearer(access_token);
  const session = await client.GET("/v1/session", { headers });
  const profile = await client.GET("/v1/me", { headers });
  expect(session.data).toMatchObject({ kind: "user", groups: [] });
  expect(profile.data?.sub).toBe(session.data?.sub);
  expect(profile.data?.attributes.email).toBe(attributes.email);
  return { headers, refresh_token };
}

async function refresh({ client }: Probe, refresh_token: string): Promise<void> {
  const { data } = await client.POST("/v1/token/refresh", { body: { refresh_token } });
  const headers = bearer(data?.tokens.access_token);
  const session = await client.GET("/v1/session", { headers });
  expect(session.response.status).toBe(200);
}

async function changePassword(
  { client }: Probe,
  headers: Record<string, string>,
  current_password: string,
  new_password: string,
): Promise<void> {
  const body = { current_password, new_password };
  const { response } = await client.POST("/v1/password/change", { headers, body });
  expect(response.status).toBe(204);
}

/** Gives the code, which is then spent. */
async function resetForgottenPassword(
  { client, codeFor }: Probe,
  username: string,
  new_password: string,
): Promise<string> {
  const forgotten = await client.POST("/v1/password/forgot", { body: { username } });
  expect(forgotten.data).toEqual({ status: "accepted" });

  const code = await codeFor(username, "password_reset");
  const body = { username, code, new_password };
  const reset = await client.POST("/v1/password/reset", { body });
  expect(reset.data).toEqual({ status: "password_reset" });
  return code;
}

async function signOut({ client, signIn }: Probe, account: Account): Promise<void> {
  const { refreshToken } = await signIn(account);
  const body = { refresh_token: refreshToken };
  const signedOut = await client.POST("/v1/sign-out", { body });
  expect(signedOut.response.status).toBe(204);

  const refused = await client.POST("/v1/token/refresh", { body });
  expect(refused.error?.code).toBe("invalid_refresh_token");
}

async function deleteAccount({ client, signIn }: Probe, account: Account): Promise<void> {
  const { accessToken } = await signIn(account);
  const gone = await client.DELETE("/v1/me", { headers: bearer(accessToken) });
  expect(gone.response.status).toBe(204);

  const { username, password } = account;
  const late = await client.POST("/v1/sign-in", { body: { username, password } });
  expect(late.error?.code).toBe("invalid_credentials");
}
