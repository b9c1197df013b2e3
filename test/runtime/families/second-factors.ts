import { expect } from "vitest";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { bearer, type Probe } from "../probe.ts";
import { addApp, addPhone, registerWithApp, setSecondFactors } from "../second-factor-steps.ts";
import { answer, beginWithPassword, expectChallenge, finish } from "../sign-in-steps.ts";
import { createTotpApp } from "../totp-app.ts";

/** Second factors, from their set-up to a sign-in that asks for them. */
export const secondFactors: Family = {
  name: "second factors",
  cases: [
    {
      name: "takes a user from the secret of an authenticator app to it being switched on",
      needs: ["totp_mfa"],
      async run(probe) {
        const { client } = probe;
        const user = await probe.signIn(await probe.register());
        const headers = bearer(user.accessToken);
        const enabled = { enabled: ["totp" as const], preferred: "totp" as const };

        const { data: none } = await client.GET("/v1/me/mfa", { headers });
        const { data } = await client.POST("/v1/me/mfa/totp", { headers });
        const { secret, uri } = data ?? expect.fail("a secret comes");
        const app = createTotpApp(secret);
        const early = await client.PUT("/v1/me/mfa", { headers, body: enabled });
        const confirm = (code: string) =>
          client.POST("/v1/me/mfa/totp/confirm", { headers, body: { code } });
        const wrong = await confirm(await app.wrongCode());
        const right = await confirm(await app.nextCode());
        const { data: confirmed } = await client.GET("/v1/me/mfa", { headers });
        await setSecondFactors(probe, user.accessToken, enabled);
        const { data: on } = await client.GET("/v1/me/mfa", { headers });

        expectUriOf(uri, secret);
        expectRefusal(early, 409, "mfa_not_available");
        expectRefusal(wrong, 422, "code_mismatch");
        expect(right.response.status).toBe(204);
        expect([none, confirmed, on]).toMatchObject([{ enabled: [] }, { enabled: [] }, enabled]);
      },
    },
    {
      name: "asks for the code of an authenticator app, and takes each code and each session once",
      needs: ["totp_mfa"],
      async run(probe) {
        const { app, ...user } = await registerWithApp(probe);

        const { session } = await beginWithPassword(probe, user, "totp");
        const proof = { type: "totp" as const, session, code: await app.nextCode() };
        const wrong = await answer(probe, { ...proof, code: await app.wrongCode() });
        const { access_token } = await finish(probe, proof);
        const again = await answer(probe, proof);
        const later = await beginWithPassword(probe, user, "totp");
        const replayed = await answer(probe, { ...proof, session: later.session });

        expectRefusal(wrong, 422, "code_mismatch");
        expectRefusal(again, 401, "challenge_expired");
        expectRefusal(replayed, 422, "code_mismatch");
        const { data } = await probe.client.GET("/v1/me", { headers: bearer(access_token) });
        expect(data?.attributes.email).toBe(user.attributes.email);
      },
    },
    {
      name: "takes a recovery code in the place of an app once, and counts those that are left",
      needs: ["totp_mfa", "recovery_codes"],
      async run(probe) {
        const { app: _, ...user } = await registerWithApp(probe);
        const headers = bearer(user.accessToken);
        const { data } = await probe.client.POST("/v1/me/mfa/recovery-codes", { headers });
        const codes = data?.codes ?? expect.fail("codes come");
        const [code = ""] = codes;

        const first = await beginWithPassword(probe, user, "totp");
        await finish(probe, { type: "recovery_code", session: first.session, code });
        const { session } = await beginWithPassword(probe, user, "totp");
        const again = await answer(probe, { type: "recovery_code", session, code });

        expectRefusal(again, 422, "code_mismatch");
        const { data: mfa } = await probe.client.GET("/v1/me/mfa", { headers });
        expect(mfa?.recovery_codes).toEqual({ left: codes.length - 1 });
      },
    },
    {
      name: "asks nobody for a second factor who does not know the password",
      needs: ["totp_mfa"],
      async run(probe) {
        const user = await registerWithApp(probe);
        const { username, password } = user;
        const body = { username, password: `${password}?` };
        await beginWithPassword(probe, user, "totp");
        expectRefusal(await probe.client.POST("/v1/sign-in", { body }), 401, "invalid_credentials");
      },
    },
    {
      name: "asks for no second factor that was switched off",
      needs: ["totp_mfa"],
      async run(probe) {
        const user = await registerWithApp(probe);
        await beginWithPassword(probe, user, "totp");
        await setSecondFactors(probe, user.accessToken, { enabled: [] });
        expect((await probe.signIn(user)).accessToken).not.toBe("");
      },
    },
    ...(["sms_code", "email_code"] as const).map((type) => ({
      name: `asks for an ${type} as the second factor, and takes the one that was sent once`,
      needs: [type === "sms_code" ? ("sms_mfa" as const) : ("email_mfa" as const)],
      async run(probe: Probe) {
        const user = await probe.signIn(await probe.register());
        const phone = type === "sms_code" ? await addPhone(probe, user) : "";
        await setSecondFactors(probe, user.accessToken, { enabled: [type] });

        const { session, delivery } = await beginWithPassword(probe, user, type);
        const code = await probe.codeFor(user.username, "mfa_code");
        const wrong = await answer(probe, { type, session, code: otherThan(code) });
        await finish(probe, { type, session, code });
        const again = await answer(probe, { type, session, code });

        expect(delivery?.medium).toBe(type === "sms_code" ? "sms" : "email");
        expect([phone, user.attributes.email]).not.toContain(delivery?.destination);
        expectRefusal(wrong, 422, "code_mismatch");
        expectRefusal(again, 401, "challenge_expired");
      },
    })),
    {
      name: "asks which second factor it shall be where none of two is preferred",
      needs: ["totp_mfa", "sms_mfa"],
      async run(probe) {
        const user = await probe.signIn(await probe.register());
        await addPhone(probe, user);
        const app = await addApp(probe, user.accessToken);
        await setSecondFactors(probe, user.accessToken, { enabled: ["totp", "sms_code"] });

        const choice = await beginWithPassword(probe, user, "select_mfa");
        const chosen = { type: "select_mfa", session: choice.session, method: "totp" } as const;
        const { session } = expectChallenge((await answer(probe, chosen)).data, "totp");
        await finish(probe, { type: "totp", session, code: await app.nextCode() });

        expect(choice.methods.toSorted()).toEqual(["sms_code", "totp"]);
      },
    },
  ],
};

/** Key URI format: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
function expectUriOf(uri: string, secret: string): void {
  const { protocol, host, pathname, searchParams } = new URL(uri);
  expect([protocol, host]).toEqual(["otpauth:", "totp"]);
  expect(decodeURIComponent(pathname)).toMatch(/^\/Portico:/);
  expect(Object.fromEntries(searchParams)).toMatchObject({ secret, issuer: "Portico" });
}

/** Gives a code that is not the one given. */
export function otherThan(code: string): string {
  return code.slice(0, -1) + (code.endsWith("0") ? "1" : "0");
}
