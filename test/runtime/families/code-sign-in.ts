import { expect } from "vitest";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { bearer, newAccount } from "../probe.ts";
import { addPhone } from "../second-factor-steps.ts";
import { answer, begin, expectChallenge, finish } from "../sign-in-steps.ts";
import { otherThan } from "./second-factors.ts";

/** Signing in without a password. */
export const codeSignIn: Family = {
  name: "sign-in with a code",
  cases: [
    {
      name: "signs in with a code by mail in the password's stead, which works once",
      needs: ["email_code_sign_in"],
      async run(probe) {
        const { username, attributes } = await probe.register();

        const { session } = await begin(probe, { username, factor: "email_code" }, "email_code");
        const code = await probe.codeFor(username, "sign_in_code");
        const proof = { type: "email_code" as const, session, code };
        const wrong = await answer(probe, { ...proof, code: otherThan(code) });
        const { access_token } = await finish(probe, proof);
        const again = await answer(probe, proof);

        expectRefusal(wrong, 422, "code_mismatch");
        expectRefusal(again, 401, "challenge_expired");
        const { data } = await probe.client.GET("/v1/me", { headers: bearer(access_token) });
        expect(data?.attributes.email).toBe(attributes.email);
      },
    },
    {
      name: "signs in with a code by text message",
      needs: ["sms_code_sign_in"],
      async run(probe) {
        const user = await probe.signIn(await probe.register());
        const phone = await addPhone(probe, user);
        const { username } = user;

        const challenge = await begin(probe, { username, factor: "sms_code" }, "sms_code");
        const code = await probe.codeFor(username, "sign_in_code");
        await finish(probe, { type: "sms_code", session: challenge.session, code });

        // Not every provider says where a code went to whoever has merely typed a name.
        expect(["sms", undefined]).toContain(challenge.delivery?.medium);
        expect(JSON.stringify(challenge)).not.toContain(phone);
      },
    },
    {
      name: "asks what to begin with, and goes on with what was chosen",
      needs: ["email_code_sign_in"],
      async run(probe) {
        const { username, password } = await probe.register();
        const choose = async (choice: { factor: "email_code" | "password"; password?: string }) => {
          const { session, factors } = await begin(probe, { username }, "select_factor");
          expect(factors).toContain(choice.factor);
          return answer(probe, { type: "select_factor", session, ...choice });
        };

        const wrong = await choose({ factor: "password", password: `${password}?` });
        const byPassword = await choose({ factor: "password", password });
        const byMail = await choose({ factor: "email_code" });
        const { session } = expectChallenge(byMail.data, "email_code");
        const code = await probe.codeFor(username, "sign_in_code");
        await finish(probe, { type: "email_code", session, code });

        expectRefusal(wrong, 401, "invalid_credentials");
        expect(byPassword.data?.status).toBe("signed_in");
      },
    },
    {
      name: "asks whoever does not exist for a code as it does whoever exists",
      needs: ["email_code_sign_in"],
      async run(probe) {
        const ask = async (username: string) => {
          const challenge = await begin(probe, { username, factor: "email_code" }, "email_code");
          const { type, session, delivery } = challenge;
          const wrong = await answer(probe, { type, session, code: "135790" });
          expectRefusal(wrong, 422, "code_mismatch");
          return { members: Object.keys(challenge), session: session.length, delivery };
        };

        const known = await ask((await probe.register()).username);
        const unknown = await ask(newAccount().username);

        // A name that differs in length from the other's masked form would tell, as would a session that does.
        expect(unknown).toEqual(known);
      },
    },
  ],
};
