import { expect } from "vitest";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { bearer, newAccount, type Probe } from "../probe.ts";
import { otherThan } from "./second-factors.ts";

const proof = "/v1/me/attributes/{name}/verification/confirm";
const params = { path: { name: "email" as const } };

/** What users do with their own account. */
export const account: Family = {
  name: "account",
  cases: [
    {
      name: "sets attributes, deletes those that are blank and leaves the others",
      async run(probe) {
        const { username, set, shown } = await signedIn(probe);

        await set({ given_name: "Ada", nickname: "Countess" });
        const { data } = await set({ nickname: "", family_name: "Lovelace" });

        expect(data).toEqual({ verification_required: [] });
        expect(await shown()).toMatchObject({
          email: username,
          given_name: "Ada",
          family_name: "Lovelace",
        });
        expect(await shown()).not.toHaveProperty("nickname");
      },
    },
    {
      name: "lets nobody set what only the provider can know",
      async run(probe) {
        const { set } = await signedIn(probe);
        const refused = await set({ email_verified: "true" });
        expectRefusal(refused, 403, "attribute_not_writable");
      },
    },
    {
      name: "lets a new address count once its code was confirmed",
      async run(probe) {
        const { username, password, headers, set, shown } = await signedIn(probe);
        const email = newAccount().username;
        const confirm = (code: string) =>
          probe.client.POST(proof, { headers, params, body: { code } });

        const { data } = await set({ email });
        const before = await shown();
        const code = await probe.codeFor(username, "attribute_verification");
        const wrong = await confirm(otherThan(code));
        const right = await confirm(code);
        const again = await confirm(code);

        const [required] = data?.verification_required ?? [];
        expect(required?.attribute).toBe("email");
        expect(required?.delivery?.destination).not.toBe(email);
        expect(before).toMatchObject({ email: username, email_verified: true });
        expectRefusal(wrong, 422, "code_mismatch");
        expect(right.response.status).toBe(204);
        expect(again.response.status).toBe(422);
        expect(await shown()).toMatchObject({ email, email_verified: true });
        await probe.signIn({ username: email, password, attributes: { email } });
        const old = await probe.client.POST("/v1/sign-in", { body: { username, password } });
        expectRefusal(old, 401, "invalid_credentials");
      },
    },
    {
      name: "makes the code before worthless when another is asked for",
      async run(probe) {
        const { username, headers } = await signedIn(probe);
        const ask = async () => {
          const path = "/v1/me/attributes/{name}/verification";
          const { response } = await probe.client.POST(path, { headers, params });
          expect(response.status).toBe(202);
          return probe.codeFor(username, "attribute_verification");
        };

        const [first, second] = [await ask(), await ask()];
        const late = await probe.client.POST(proof, { headers, params, body: { code: first } });
        const right = await probe.client.POST(proof, { headers, params, body: { code: second } });

        expectRefusal(late, 422, "code_mismatch");
        expect(right.response.status).toBe(204);
      },
    },
    {
      name: "deletes an account, whose tokens are then dead and whose name is free",
      async run(probe) {
        const user = await signedIn(probe);
        const { username, password, headers, attributes } = user;

        const { response } = await probe.client.DELETE("/v1/me", { headers });

        expect(response.status).toBe(204);
        expectRefusal(await probe.client.GET("/v1/me", { headers }), 401, "token_revoked");
        const body = { refresh_token: user.refreshToken };
        const refused = await probe.client.POST("/v1/token/refresh", { body });
        expectRefusal(refused, 401, "invalid_refresh_token");
        await probe.client.POST("/v1/sign-up", { body: { username, password, attributes } });
        const code = await probe.codeFor(username, "sign_up_confirmation");
        const confirmed = await probe.client.POST("/v1/sign-up/confirm", {
          body: { username, code },
        });
        expect(confirmed.data).toEqual({ status: "confirmed" });
      },
    },
    {
      name: "lists sessions and ends one, but not the one that asks",
      needs: ["session_list"],
      async run(probe) {
        const account = await probe.register();
        const [one, other] = [await probe.signIn(account), await probe.signIn(account)];
        const headers = bearer(one.accessToken);
        const { data } = await probe.client.GET("/v1/me/sessions", { headers });
        const end = (isCurrent: boolean) => {
          const found = data?.sessions.find(({ is_current }) => is_current === isCurrent);
          const path = { id: found?.id ?? expect.fail("the session is listed") };
          return probe.client.DELETE("/v1/me/sessions/{id}", { headers, params: { path } });
        };

        const ended = [await end(false), await end(false)];
        const own = await end(true);

        expect(data?.sessions.map(({ is_current }) => is_current).toSorted()).toEqual([
          false,
          true,
        ]);
        expect(ended.map(({ response }) => response.status)).toEqual([204, 204]);
        expectRefusal(own, 409, "conflict");
        const body = { refresh_token: other.refreshToken };
        const refused = await probe.client.POST("/v1/token/refresh", { body });
        expectRefusal(refused, 401, "invalid_refresh_token");
        const after = await probe.client.GET("/v1/me/sessions", { headers });
        expect(after.data?.sessions.map(({ is_current }) => is_current)).toEqual([true]);
      },
    },
    {
      name: "lists sessions page by page, and refuses a cursor that it never gave",
      needs: ["session_list"],
      async run(probe) {
        const account = await probe.register();
        await probe.signIn(account);
        const headers = bearer((await probe.signIn(account)).accessToken);
        const list = (query: { limit?: number; cursor?: string }) =>
          probe.client.GET("/v1/me/sessions", { headers, params: { query } });

        const first = await list({ limit: 1 });
        const cursor = first.data?.cursor ?? expect.fail("another page follows");
        const second = await list({ limit: 1, cursor });
        const invented = await list({ cursor: "invented" });

        const ids = [first, second].flatMap(({ data }) => data?.sessions.map(({ id }) => id));
        expect(new Set(ids).size).toBe(2);
        expect(second.data?.cursor).toBeUndefined();
        expectRefusal(invented, 400, "validation_failed");
      },
    },
  ],
};

/** Signs a new user up and in, and gives ways to change and to see their attributes. */
async function signedIn(probe: Probe) {
  const user = await probe.signIn(await probe.register());
  const headers = bearer(user.accessToken);
  return {
    ...user,
    headers,
    set: (attributes: Record<string, string>) =>
      probe.client.PATCH("/v1/me", { headers, body: { attributes } }),
    shown: async () => (await probe.client.GET("/v1/me", { headers })).data?.attributes,
  };
}
