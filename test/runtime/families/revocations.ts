import { expect } from "vitest";
import { administratorOf } from "../administrator-steps.ts";
import { expectProblem } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { bearer, type Probe } from "../probe.ts";

/** Access tokens that stop before their time, at the service that ended their session. */
export const revocations: Family = {
  name: "revocations",
  cases: [
    {
      name: "takes no access token of a session whose sign-out it was shown at",
      async run(probe) {
        const { accessToken, refreshToken } = await probe.signIn(await probe.register());
        await expectTaken(probe, accessToken);

        const body = { refresh_token: refreshToken };
        const { status } = await probe.post("/v1/sign-out", body, accessToken);

        expect(status).toBe(204);
        await expectRevoked(probe, accessToken);
      },
    },
    {
      name: "takes no access token of a user who signed out everywhere",
      async run(probe) {
        const account = await probe.register();
        const [one, other] = [await probe.signIn(account), await probe.signIn(account)];

        const headers = bearer(one.accessToken);
        const { status } = await probe.send("POST", "/v1/sign-out/everywhere", { headers });

        expect(status).toBe(204);
        await expectRevoked(probe, one.accessToken);
        await expectRevoked(probe, other.accessToken);
      },
    },
    {
      name: "takes no access token of a user whom an administrator disabled",
      async run(probe) {
        const administrator = await administratorOf(probe);
        const { accessToken, username } = await probe.signIn(await probe.register());
        await expectTaken(probe, accessToken);

        const path = `/v1/admin/users/${encodeURIComponent(username)}/disable`;
        const headers = bearer(administrator);
        const { status } = await probe.send("POST", path, { headers });

        expect(status).toBe(204);
        await expectRevoked(probe, accessToken);
        await expectTaken(probe, administrator);
      },
    },
  ],
};

async function expectTaken(probe: Probe, accessToken: string): Promise<void> {
  expect((await askWith(probe, accessToken)).status).toBe(200);
}

async function expectRevoked(probe: Probe, accessToken: string): Promise<void> {
  expectProblem(await askWith(probe, accessToken), 401, "token_revoked");
}

function askWith(probe: Probe, accessToken: string) {
  return probe.send("GET", "/v1/session", { headers: bearer(accessToken) });
}
