import { expect } from "vitest";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { answer, begin, expectChallenge, finish } from "../sign-in-steps.ts";

/** Questions of the operator's own: here for the sum of one and two, three times at most. */
export const customChallenges: Family = {
  name: "custom challenges",
  world: "equipped",
  cases: [
    {
      name: "asks the operator's question again after a wrong answer, and takes the right one once",
      needs: ["custom_challenges"],
      async run(probe) {
        const { username } = await probe.register();

        const first = await begin(probe, { username, factor: "custom" }, "custom");
        const wrong = await answer(probe, { type: "custom", session: first.session, answer: "4" });
        const second = expectChallenge(wrong.data, "custom");
        const stale = await answer(probe, { type: "custom", session: first.session, answer: "3" });
        await finish(probe, { type: "custom", session: second.session, answer: "3" });
        const again = await answer(probe, { type: "custom", session: second.session, answer: "3" });

        expect(first.parameters).toEqual({ question: "1 + 2" });
        expect(second.parameters).toEqual(first.parameters);
        for (const late of [stale, again]) expectRefusal(late, 401, "challenge_expired");
      },
    },
    {
      name: "lets nobody in after three wrong answers to the operator's question",
      needs: ["custom_challenges"],
      async run(probe) {
        const { username } = await probe.register();

        let { session } = await begin(probe, { username, factor: "custom" }, "custom");
        for (const guess of ["1", "2"]) {
          const { data } = await answer(probe, { type: "custom", session, answer: guess });
          session = expectChallenge(data, "custom").session;
        }
        const last = await answer(probe, { type: "custom", session, answer: "4" });

        expectRefusal(last, 401, "invalid_credentials");
      },
    },
  ],
};
