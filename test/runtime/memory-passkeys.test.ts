import { afterEach, expect, test } from "vitest";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { createSoftwareAuthenticator } from "../support/software-authenticator.ts";
import { bearer, createProbe, newAccount } from "./probe.ts";
import { begin, finish } from "./sign-in-steps.ts";
import { newTypedDevice } from "./typed-device.ts";

const origin = "http://localhost:5173";

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `${runtime} and passkeys in memory`, () => {
    let service: RunningRuntime | undefined;
    afterEach(() => service?.kill());

    test("takes a user from the registration of a passkey to a sign-in with it", async () => {
      service = await startRuntime(runtime, {
        MEMORY_PASSKEY_ORIGINS: origin,
        MEMORY_AUTO_CONFIRM: "true",
        SIGN_UP_STATUS: "confirmed",
      });
      const probe = createProbe({
        url: service.url,
        secrets: [],
        codeFor: async () => expect.fail("nothing is sent here"),
        promote: async () => expect.fail("nobody is promoted here"),
        output: service.output,
      });
      const account = newAccount();
      await probe.post("/v1/sign-up", account);
      const { username, accessToken } = await probe.signIn(account);
      const headers = bearer(accessToken);
      const device = newTypedDevice(createSoftwareAuthenticator({ origin }));

      const { data } = await probe.client.POST("/v1/me/passkeys/registration", { headers });
      const credential = await device.create(data?.options ?? expect.fail("it begins"));
      await probe.client.POST("/v1/me/passkeys", { headers, body: { credential } });

      const { session, options } = await begin(probe, { username, factor: "passkey" }, "passkey");
      const signed = await device.get(options);
      const tokens = await finish(probe, { type: "passkey", session, credential: signed });
      expect(tokens.access_token).toEqual(expect.any(String));
    });
  });
}
