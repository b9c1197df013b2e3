import { expect } from "vitest";
import { administratorOf, recordOf } from "../administrator-steps.ts";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { type Account, bearer, newAccount, type Probe } from "../probe.ts";
import {
  answer,
  beginWithPassword,
  expectChallenge,
  finish,
  finishSetup,
  setUpApp,
} from "../sign-in-steps.ts";

const needs = ["closed_world"] as const;

/** Sign-up by approval, and sign-ins that lead from one challenge to the next. */
export const closedDoors: Family = {
  name: "closed doors",
  world: "closed",
  cases: [
    {
      name: "takes a user from a sign-up that waits for an administrator to a sign-in",
      needs,
      async run(probe) {
        const account = await signUpAndWait(probe);
        const { username, password } = account;
        const headers = bearer(await administratorOf(probe));
        const body = { username, password };

        const early = await probe.client.POST("/v1/sign-in", { body });
        const stranger = { username, password: `${password}?` };
        const wrong = await probe.client.POST("/v1/sign-in", { body: stranger });
        const before = await whoWaits(probe);
        const params = { path: { username } };
        const path = "/v1/admin/users/{username}/confirm";
        const approved = await probe.client.POST(path, { headers, params });
        const twice = await probe.client.POST(path, { headers, params });
        const after = await whoWaits(probe);
        await finishSetup(probe, await beginWithPassword(probe, account, "mfa_setup"));

        expectRefusal(early, 403, "user_not_confirmed");
        expectRefusal(wrong, 401, "invalid_credentials");
        expect(approved.response.status).toBe(204);
        expectRefusal(twice, 409, "already_confirmed");
        expect([before.includes(username), after.includes(username)]).toEqual([true, false]);
      },
    },
    {
      name: "denies a sign-up by deleting it, which frees the name",
      needs,
      async run(probe) {
        const account = await signUpAndWait(probe);
        const { username, password } = account;
        const headers = bearer(await administratorOf(probe));

        const params = { path: { username } };
        const denied = await probe.client.DELETE("/v1/admin/users/{username}", { headers, params });

        const late = await probe.client.POST("/v1/sign-in", { body: { username, password } });
        expect(denied.response.status).toBe(204);
        expectRefusal(late, 401, "invalid_credentials");
        const again = await probe.client.POST("/v1/sign-up", { body: account });
        expect(again.data).toEqual({ status: "approval_required" });
        expect(await recordOf(probe, username)).toMatchObject({ status: "approval_required" });
      },
    },
    {
      name: "lets no code stand in for an administrator's approval",
      needs,
      async run(probe) {
        const { username } = await signUpAndWait(probe);
        const body = { username, code: "135790" };
        const guessed = await probe.client.POST("/v1/sign-up/confirm", { body });
        expectRefusal(guessed, 422, "code_mismatch");
        expect(await recordOf(probe, username)).toMatchObject({ status: "approval_required" });
      },
    },
    {
      name: "takes no sign-up without an attribute that is required",
      needs,
      async run(probe) {
        const refused = await probe.client.POST("/v1/sign-up", { body: newAccount() });
        expectRefusal(refused, 400, "validation_failed");
      },
    },
    {
      name: "takes a user who was invited through a new password, what it requires and a second factor",
      needs,
      async run(probe) {
        const invited = await invite(probe);
        const { password } = newAccount();

        const first = await beginWithPassword(probe, invited, "new_password");
        const chosen = { type: "new_password", session: first.session, new_password: password };
        const bare = await answer(probe, { ...chosen, type: "new_password" });
        const { data } = await answer(probe, {
          ...chosen,
          type: "new_password",
          attributes: { given_name: "Grace" },
        });
        const setup = expectChallenge(data, "mfa_setup");
        const { access_token } = await finishSetup(probe, setup);

        expect(first.required_attributes).toEqual(["given_name"]);
        expectRefusal(bare, 400, "validation_failed");
        expect(bare.error).toMatchObject({
          errors: [{ pointer: "/attributes/given_name", reason: "required" }],
        });
        const profile = await probe.client.GET("/v1/me", { headers: bearer(access_token) });
        expect(profile.data?.attributes).toMatchObject({
          email: invited.username,
          given_name: "Grace",
        });
      },
    },
    {
      name: "sets a second factor up inside the sign-in, and asks for it at the next",
      needs,
      async run(probe) {
        const account = await signUpAndApprove(probe);

        const first = await beginWithPassword(probe, account, "mfa_setup");
        const { session, app, uri } = await setUpApp(probe, first);
        const proof = { type: "mfa_setup" as const, session };
        const wrong = await answer(probe, { ...proof, code: await app.wrongCode() });
        const { access_token } = await finish(probe, { ...proof, code: await app.nextCode() });
        const again = await answer(probe, { ...proof, code: await app.wrongCode() });
        const next = await beginWithPassword(probe, account, "totp");
        await finish(probe, { type: "totp", session: next.session, code: await app.nextCode() });

        expect(first).not.toHaveProperty("totp");
        expect(new URL(uri).protocol).toBe("otpauth:");
        expectRefusal(wrong, 422, "code_mismatch");
        expectRefusal(again, 401, "challenge_expired");
        const off = await probe.client.PUT("/v1/me/mfa", {
          headers: bearer(access_token),
          body: { enabled: [] },
        });
        expectRefusal(off, 409, "mfa_not_available");
      },
    },
  ],
};

async function signUpAndWait(probe: Probe): Promise<Account> {
  const account = newAccount();
  const named = { ...account, attributes: { ...account.attributes, given_name: "Grace" } };
  const { data } = await probe.client.POST("/v1/sign-up", { body: named });
  expect(data).toEqual({ status: "approval_required" });
  return named;
}

async function signUpAndApprove(probe: Probe): Promise<Account> {
  const account = await signUpAndWait(probe);
  const headers = bearer(await administratorOf(probe));
  const params = { path: { username: account.username } };
  await probe.client.POST("/v1/admin/users/{username}/confirm", { headers, params });
  return account;
}

/** Has a user invited who gave no name yet, and gives their temporary password. */
async function invite(probe: Probe): Promise<Pick<Account, "username" | "password">> {
  const { username, attributes } = newAccount();
  const headers = bearer(await administratorOf(probe));
  const body = { username, attributes: { ...attributes, email_verified: true } };
  const { response } = await probe.client.POST("/v1/admin/users", { headers, body });
  expect(response.status).toBe(201);
  const password = await probe.codeFor(username, "invitation");
  probe.secrets.add(password);
  return { username, password };
}

/** Gives the addresses of those whose sign-ups wait for an administrator. */
async function whoWaits(probe: Probe): Promise<unknown[]> {
  const headers = bearer(await administratorOf(probe));
  const query = { filter: 'status eq "approval_required"', limit: 60 };
  const { data } = await probe.client.GET("/v1/admin/users", { headers, params: { query } });
  return data?.users.map(({ attributes }) => attributes.email) ?? [];
}
