import { expect } from "vitest";
import { comparable, expectProblem } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { type Account, type Answer, newAccount, type Probe } from "../probe.ts";

/** An answer for each state that an account can be in, the absent one first. */
async function answersByState(
  probe: Probe,
  ask: (account: Account) => Promise<Answer>,
): Promise<readonly [Answer, ...Answer[]]> {
  const unconfirmed = newAccount();
  await probe.post("/v1/sign-up", unconfirmed);
  const confirmed = await probe.register();
  return [await ask(newAccount()), await ask(unconfirmed), await ask(confirmed)];
}

async function inSequence<T>(times: number, ask: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let time = 0; time < times; time += 1) answers.push(await ask());
  return answers;
}

/** Expects the same answer whatever the state, down to the last byte but the request's id. */
function expectIndistinct([absent, ...present]: readonly [Answer, ...Answer[]]): void {
  for (const answer of present) expect(comparable(answer)).toEqual(comparable(absent));
}

export const enumeration: Family = {
  name: "enumeration",
  cases: [
    {
      name: "answers a wrong password alike for whoever exists and whoever does not",
      async run(probe) {
        const password = "Wr0ng!password";
        const answers = await answersByState(probe, ({ username }) =>
          probe.post("/v1/sign-in", { username, password }),
        );
        expectProblem(answers[0], 401, "invalid_credentials");
        expectIndistinct(answers);
      },
    },
    {
      name: "loses patience with wrong passwords alike, whether the user exists or not",
      async run(probe) {
        const password = "Wr0ng!password";
        const statuses = async ({ username }: Account) => {
          const answers = await inSequence(7, () =>
            probe.post("/v1/sign-in", { username, password }),
          );
          return answers.map(({ status }) => status);
        };
        expect(await statuses(await probe.register())).toEqual(await statuses(newAccount()));
      },
    },
    {
      name: "answers a wrong confirmation code alike",
      async run(probe) {
        const answers = await answersByState(probe, ({ username }) =>
          probe.post("/v1/sign-up/confirm", { username, code: "135790" }),
        );
        expectProblem(answers[0], 422, "code_mismatch");
        expectIndistinct(answers);
      },
    },
    {
      name: "answers who asks for another confirmation code alike",
      async run(probe) {
        const answers = await answersByState(probe, ({ username }) =>
          probe.post("/v1/sign-up/resend", { username }),
        );
        expect(answers[0].status).toBe(202);
        expectIndistinct(answers);
      },
    },
    {
      name: "answers a forgotten password alike",
      async run(probe) {
        const answers = await answersByState(probe, ({ username }) =>
          probe.post("/v1/password/forgot", { username }),
        );
        expect(answers[0].status).toBe(202);
        expectIndistinct(answers);
      },
    },
    {
      name: "answers a wrong reset code alike",
      async run(probe) {
        const answers = await answersByState(probe, async ({ username }) => {
          await probe.post("/v1/password/forgot", { username });
          const reset = { username, code: "135790", new_password: "N3w!password" };
          return probe.post("/v1/password/reset", reset);
        });
        expectProblem(answers[0], 422, "code_mismatch");
        expectIndistinct(answers);
      },
    },
    {
      name: "answers a sign-up alike, whether the name is free or taken",
      async run(probe) {
        const answers = await answersByState(probe, (account) =>
          probe.post("/v1/sign-up", { ...account, password: "An0ther!password" }),
        );
        expect(answers[0].status).toBe(201);
        expectIndistinct(answers);
      },
    },
    {
      name: "answers a sign-up with a weak password alike, whether the name is free or taken",
      async run(probe) {
        const answers = await answersByState(probe, (account) =>
          probe.post("/v1/sign-up", { ...account, password: "short" }),
        );
        expectProblem(answers[0], 422, "password_policy_violation");
        expectIndistinct(answers);
      },
    },
    {
      name: "leaves the account alone when its name is signed up again",
      async run(probe) {
        const account = await probe.register();
        await probe.post("/v1/sign-up", { ...account, password: "An0ther!password" });
        expect((await probe.signIn(account)).accessToken).not.toBe("");
      },
    },
  ],
};
