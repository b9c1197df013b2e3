import { expect } from "vitest";
import { expectRefusal } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { bearer, type Probe } from "../probe.ts";
import { answer, begin, finish } from "../sign-in-steps.ts";
import { newTypedDevice } from "../typed-device.ts";

const needs = ["passkeys"] as const;

/** Passkeys of a browser on one of the provider's pages. */
export const passkeys: Family = {
  name: "passkeys",
  world: "equipped",
  cases: [
    {
      name: "takes a user from the registration of a passkey to a sign-in with it",
      needs,
      async run(probe) {
        const { device, username, headers } = await registerWithPasskey(probe);

        const { data: listed } = await probe.client.GET("/v1/me/passkeys", { headers });
        const { session, options } = await begin(probe, { username, factor: "passkey" }, "passkey");
        const credential = await device.get(options);
        const { access_token } = await finish(probe, { type: "passkey", session, credential });
        const again = await answer(probe, { type: "passkey", session, credential });

        expect(listed?.passkeys.map(({ id }) => id)).toEqual(device.ids);
        expectRefusal(again, 401, "challenge_expired");
        const { data } = await probe.client.GET("/v1/session", { headers: bearer(access_token) });
        expect(data?.kind).toBe("user");
      },
    },
    ...(["bad_signature", "other_origin", "other_challenge", "counter_back"] as const).map(
      (flaw) => ({
        name: `signs nobody in with a passkey's answer that has the flaw ${flaw}`,
        needs,
        async run(probe: Probe) {
          const { device, username } = await registerWithPasskey(probe);
          const ask = () => begin(probe, { username, factor: "passkey" }, "passkey");
          const first = await ask();
          const good = await device.get(first.options);
          await finish(probe, { type: "passkey", session: first.session, credential: good });

          const { session, options } = await ask();
          const credential = await device.get(options, flaw);

          const refused = await answer(probe, { type: "passkey", session, credential });
          expectRefusal(refused, 422, "passkey_rejected");
        },
      }),
    ),
    {
      name: "registers no passkey that was made on another site's page",
      needs,
      async run(probe) {
        const { accessToken } = await probe.signIn(await probe.register());
        const headers = bearer(accessToken);
        const started = await probe.client.POST("/v1/me/passkeys/registration", { headers });
        const { options } = started.data ?? expect.fail("the registration begins");
        const credential = await newTypedDevice().create(options, "other_origin");

        const refused = await probe.client.POST("/v1/me/passkeys", {
          headers,
          body: { credential },
        });

        expectRefusal(refused, 422, "passkey_rejected");
        const { data } = await probe.client.GET("/v1/me/passkeys", { headers });
        expect(data?.passkeys).toEqual([]);
      },
    },
    {
      name: "signs nobody in with a passkey that was removed",
      needs,
      async run(probe) {
        const { device, username, headers } = await registerWithPasskey(probe);
        const { session, options } = await begin(probe, { username, factor: "passkey" }, "passkey");
        const credential = await device.get(options);
        const params = { path: { id: device.ids[0] ?? "" } };

        const removed = await probe.client.DELETE("/v1/me/passkeys/{id}", { headers, params });
        const gone = await probe.client.DELETE("/v1/me/passkeys/{id}", { headers, params });

        expect(removed.response.status).toBe(204);
        expectRefusal(gone, 404, "not_found");
        const late = await answer(probe, { type: "passkey", session, credential });
        expect([401, 422]).toContain(late.response.status);
      },
    },
  ],
};

async function registerWithPasskey(probe: Probe) {
  const { username, accessToken } = await probe.signIn(await probe.register());
  const headers = bearer(accessToken);
  const device = newTypedDevice();
  const { data } = await probe.client.POST("/v1/me/passkeys/registration", { headers });
  const { options } = data ?? expect.fail("the registration begins");
  const body = { credential: await device.create(options) };
  const { response } = await probe.client.POST("/v1/me/passkeys", { headers, body });
  expect(response.status).toBe(204);
  return { device, username, headers };
}
