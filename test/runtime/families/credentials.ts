import { expect } from "vitest";
import { expectBlames, expectProblem } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import { jsonRequests } from "../json-requests.ts";
import { type Account, newAccount, type Probe } from "../probe.ts";

const badUsernames: Readonly<Record<string, string>> = {
  "an empty user name": "",
  "a user name of one space": " ",
  "a user name with a space in it": "a b",
  "a user name with a NUL": "a\0b",
  "a user name with a line break": "a\r\nb",
  "a user name with an escape": "a\x1b[31mb",
  "a user name with a line separator": "a\u2028b",
  "a user name with a zero-width joiner": "a\u200db",
  "a user name that changes its direction": "a\u202eb",
  "a user name with a private character": "a\ue000b",
  "a user name with half a character": "a\ud800b",
  "a user name of 129 characters": "a".repeat(129),
  "a user name of 10,000 characters": "a".repeat(10_000),
};

const badPasswords: Readonly<Record<string, string>> = {
  "a password of 7 characters": "Aa1!aaa",
  "a password of 257 characters": `Aa1!${"a".repeat(253)}`,
  "a password of 60 KB": `Aa1!${"a".repeat(60 * 1024)}`,
  "a password with half a character": "Aa1!aaaa\ud800",
};

const goodPasswords: Readonly<Record<string, string>> = {
  "8 characters": "Aa1!aaaa",
  "256 characters": `Aa1!${"a".repeat(252)}`,
  "letters that have two spellings": "Aa1!e\u0301aaaa-\u{1f600}",
  "spaces inside": "Aa1! with spaces",
};

export const credentials: Family = {
  name: "credentials",
  cases: [
    ...Object.entries(badUsernames).map(
      ([what, username]): HttpCase => ({
        name: `takes ${what} nowhere`,
        async run(probe) {
          // Whoever is no administrator is told that before anything else of the name.
          const open = jsonRequests.filter((each) => "username" in each.body && !each.needsBearer);
          for (const { path, body } of open) {
            expectBlames(await probe.post(path, { ...body, username }), "/username");
          }
        },
      }),
    ),
    ...Object.entries(badPasswords).map(
      ([what, password]): HttpCase => ({
        name: `sets no ${what}`,
        async run(probe) {
          const { username } = newAccount();
          const reset = { username, code: "135790", new_password: password };
          const change = { current_password: "Aa1!aaaa", new_password: password };
          const { accessToken } = await probe.bystander();
          const answers = [
            await probe.post("/v1/sign-up", { username, password }),
            await probe.post("/v1/password/reset", reset),
            await probe.post("/v1/password/change", change, accessToken),
          ];
          const pointers = answers.map((answer) => {
            const { errors } = expectProblem(answer, 422, "password_policy_violation");
            return errors?.map(({ pointer }) => pointer);
          });
          expect(pointers).toEqual([["/password"], ["/new_password"], ["/new_password"]]);
        },
      }),
    ),
    {
      name: "finds a password of 60 KB wrong at once",
      async run(probe) {
        const { username } = newAccount();
        const started = performance.now();
        const answer = await probe.post("/v1/sign-in", {
          username,
          password: "x".repeat(60 * 1024),
        });
        expect([400, 401]).toContain(answer.status);
        expect(performance.now() - started).toBeLessThan(2_000);
      },
    },
    ...Object.entries(goodPasswords).map(
      ([what, password]): HttpCase => ({
        name: `takes a password of ${what} as it is`,
        async run(probe) {
          const account = { ...newAccount(), password };
          await confirmedSignUp(probe, account);

          const signedIn = await probe.signIn(account);
          const altered = await probe.post("/v1/sign-in", {
            username: account.username,
            password: alter(password),
          });

          expect(signedIn.accessToken).not.toBe("");
          expectProblem(altered, 401, "invalid_credentials");
        },
      }),
    ),
    {
      name: "takes the two spellings of a user name for one account",
      async run(probe) {
        const { password } = newAccount();
        const username = `re\u0301ne-${crypto.randomUUID()}@example.com`;
        const attributes = { email: username.normalize("NFC") };
        await confirmedSignUp(probe, { username, password, attributes });

        const composed = { username: attributes.email, password, attributes };

        expect((await probe.signIn(composed)).accessToken).not.toBe("");
      },
    },
    {
      name: "signs nobody in with half a character",
      async run(probe) {
        const { username } = newAccount();
        const answer = await probe.post("/v1/sign-in", { username, password: "Aa1!aaaa\ud800" });
        expectBlames(answer, "/password");
      },
    },
    {
      name: "takes no code or refresh token with characters that none has",
      async run(probe) {
        const { username } = newAccount();
        for (const wrong of ["", " ", "135 790", "135790\n", "\0", "１３５７９０", "\ud800"]) {
          expectBlames(await probe.post("/v1/sign-up/confirm", { username, code: wrong }), "/code");
        }
        for (const wrong of ["", "\0", "a\nb", "é", "\ud800", "x".repeat(10_000)]) {
          const answer = await probe.post("/v1/token/refresh", { refresh_token: wrong });
          expectBlames(answer, "/refresh_token");
        }
      },
    },
    {
      name: "takes no attribute with half a character or a control character in its name",
      async run(probe) {
        for (const name of ["a\ud800", "a\0b", "a b", ""]) {
          const attributes = { [name]: "x" };
          const answer = await probe.post("/v1/sign-up", { ...newAccount(), attributes });
          expectProblem(answer, 400, "validation_failed");
        }
      },
    },
    {
      name: "takes no attribute value with half a character",
      async run(probe) {
        const account = newAccount();
        const attributes = { ...account.attributes, given_name: "A\ud800" };
        const answer = await probe.post("/v1/sign-up", { ...account, attributes });
        expectProblem(answer, 400, "validation_failed");
      },
    },
  ],
};

async function confirmedSignUp(probe: Probe, account: Account): Promise<void> {
  const { username } = account;
  expect((await probe.post("/v1/sign-up", account)).status).toBe(201);
  const code = await probe.codeFor(username, "sign_up_confirmation");
  expect((await probe.post("/v1/sign-up/confirm", { username, code })).status).toBe(200);
}

/** A password so like the one given that only an altered one would pass for it. */
function alter(password: string): string {
  const recomposed = password.normalize("NFC");
  return recomposed === password ? `${password.slice(0, -1)}?` : recomposed;
}
