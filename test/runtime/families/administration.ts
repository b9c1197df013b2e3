import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { administratorGroup } from "../administrator.ts";
import { administer, recordOf } from "../administrator-steps.ts";
import { documentedOperations } from "../contract-check.ts";
import { expectProblem, expectRefusal } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import { jsonRequests } from "../json-requests.ts";
import { bearer, newAccount } from "../probe.ts";
import { answer, beginWithPassword, finish } from "../sign-in-steps.ts";

const needs = ["administration"] as const;
const adminOperations = documentedOperations.filter(({ path }) => path.startsWith("/v1/admin/"));

/** What administrators do with users, and that nobody else does. */
export const administration: Family = {
  name: "administration",
  cases: [
    ...adminOperations.map(({ method, path }): HttpCase => {
      const target = path.replace("{username}", "nobody").replace("{group}", administratorGroup);
      const request = jsonRequests.find(
        (candidate) =>
          (candidate.template ?? candidate.path) === path &&
          (candidate.method ?? "POST") === method,
      );
      return {
        name: `${method} ${path} is refused to whoever is no administrator`,
        async run(probe) {
          const { accessToken } = await probe.bystander();
          const json = { "content-type": "application/json" };
          const answer = await probe.send(method, target, {
            headers: { ...bearer(accessToken), ...(request && json) },
            ...(request && { body: JSON.stringify(request.body) }),
          });
          expectProblem(answer, 403, "insufficient_scope");
          // RFC 6750 section 3.1
          expect(answer.headers.get("www-authenticate")).toBe(
            'Bearer realm="portico", error="insufficient_scope"',
          );
        },
      };
    }),
    {
      name: "takes a user from an invitation to a password of their own",
      needs,
      async run(probe) {
        const { client, headers } = await administer(probe);
        const { username, password, attributes } = newAccount();
        const invitation = { username, attributes: { ...attributes, email_verified: true } };

        const created = await client.POST("/v1/admin/users", { headers, body: invitation });
        const taken = await client.POST("/v1/admin/users", { headers, body: invitation });
        const temporary = await probe.codeFor(username, "invitation");
        probe.secrets.add(temporary);
        const challenge = await beginWithPassword(
          probe,
          { username, password: temporary },
          "new_password",
        );
        const chosen = { type: "new_password" as const, session: challenge.session };
        const weak = await answer(probe, { ...chosen, new_password: "short" });
        await finish(probe, { ...chosen, new_password: password });
        const again = await answer(probe, { ...chosen, new_password: `${password}-2` });

        expect(created.response.status).toBe(201);
        expect(created.data).toMatchObject({
          status: "invited",
          enabled: true,
          attributes: { ...attributes, email_verified: true },
        });
        expectRefusal(taken, 409, "username_taken");
        expectRefusal(weak, 422, "password_policy_violation");
        expectRefusal(again, 401, "challenge_expired");
        expect(await recordOf(probe, username)).toMatchObject({ status: "confirmed" });
        await probe.signIn({ username, password, attributes });
      },
    },
    {
      name: "lists users page by page, narrowed by a filter",
      needs,
      async run(probe) {
        const { client, headers } = await administer(probe);
        const family_name = `Lovelace-${crypto.randomUUID()}`;
        const emails: string[] = [];
        while (emails.length < 3) {
          const { username, attributes } = newAccount();
          const body = { username, attributes: { ...attributes, family_name }, invite: false };
          await client.POST("/v1/admin/users", { headers, body });
          emails.push(username);
        }
        const page = async (query: { filter?: string; limit?: number; cursor?: string }) =>
          client.GET("/v1/admin/users", { headers, params: { query } });

        const filter = `family_name sw "${family_name.slice(0, -1)}"`;
        const first = await page({ filter, limit: 2 });
        const { cursor = expect.fail("there is another page") } = first.data ?? {};
        const second = await page({ filter, limit: 2, cursor });
        const one = await page({ filter: `email eq "${emails[1]}"` });
        const none = await page({ filter: `email eq "${newAccount().username}"` });
        const invented = await page({ cursor: "made-up" });

        const listed = [first, second].map(({ data }) => emailsIn(data?.users));
        expect(listed.map(({ length }) => length)).toEqual([2, 1]);
        expect(listed.flat().toSorted()).toEqual(emails.toSorted());
        expect(second.data?.cursor).toBeUndefined();
        expect(emailsIn(one.data?.users)).toEqual([emails[1]]);
        expect(none.data).toEqual({ users: [] });
        expectRefusal(invented, 400, "validation_failed");
      },
    },
    {
      name: "changes attributes of a user, and deletes those that are blank",
      needs,
      async run(probe) {
        const { client, headers } = await administer(probe);
        const { username } = await probe.register();
        const set = (attributes: Record<string, string>) => {
          const params = { path: { username } };
          return client.PATCH("/v1/admin/users/{username}", {
            headers,
            params,
            body: { attributes },
          });
        };

        await set({ given_name: "Ada", nickname: "Countess" });
        const { response } = await set({ nickname: "" });

        expect(response.status).toBe(204);
        const record = await recordOf(probe, username);
        expect(record?.attributes).toMatchObject({ email: username, given_name: "Ada" });
        expect(record?.attributes).not.toHaveProperty("nickname");
      },
    },
    {
      name: "puts a user into a group and takes them out again, as their next tokens say",
      needs: ["groups"],
      async run(probe) {
        const { client, headers } = await administer(probe);
        const account = await probe.register();
        const path = { username: account.username, group: administratorGroup };
        const one = "/v1/admin/users/{username}/groups/{group}";
        const groups = async () => {
          const params = { path: { username: account.username } };
          const { data } = await client.GET("/v1/admin/users/{username}/groups", {
            headers,
            params,
          });
          return data?.groups;
        };
        const list = async () => {
          const { accessToken } = await probe.signIn(account);
          return client.GET("/v1/admin/users", { headers: bearer(accessToken) });
        };

        const put = await client.PUT(one, { headers, params: { path } });
        const [inGroup, allowed] = [await groups(), await list()];
        const removed = await client.DELETE(one, { headers, params: { path } });
        // Tokens tell whole seconds, and those of the second in which a group was taken away are refused.
        await setTimeout(1000);
        const [outside, refused] = [await groups(), await list()];
        const nowhere = await client.PUT(one, {
          headers,
          params: { path: { ...path, group: "no-such-group" } },
        });

        expect([put.response.status, removed.response.status]).toEqual([204, 204]);
        expect([inGroup, outside]).toEqual([[administratorGroup], []]);
        expect(allowed.response.status).toBe(200);
        expectRefusal(refused, 403, "insufficient_scope");
        expectRefusal(nowhere, 404, "group_not_found");
      },
    },
  ],
};

function emailsIn(users: readonly { readonly attributes: object }[] = []): unknown[] {
  return users.map(({ attributes }) => ("email" in attributes ? attributes.email : undefined));
}
