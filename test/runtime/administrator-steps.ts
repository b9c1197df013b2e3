import { administratorName } from "./administrator.ts";
import { bearer, newAccount, type Probe } from "./probe.ts";
import { expectChallenge, expectTokens, finishSetup } from "./sign-in-steps.ts";

const administrators = new WeakMap<Probe, Promise<string>>();

/** Gives the access token of an administrator, who is the same one each time. */
export function administratorOf(probe: Probe): Promise<string> {
  const known = administrators.get(probe) ?? signUpAdministrator(probe);
  administrators.set(probe, known);
  return known;
}

async function signUpAdministrator(probe: Probe): Promise<string> {
  const { password } = newAccount();
  const username = administratorName;
  const attributes = { email: username, given_name: "Ada" };
  const body = { username, password, attributes };
  const { data: signedUp } = await probe.client.POST("/v1/sign-up", { body });
  if (signedUp?.status === "confirmation_required") {
    const code = await probe.codeFor(username, "sign_up_confirmation");
    await probe.client.POST("/v1/sign-up/confirm", { body: { username, code } });
  }
  await probe.promote(username);
  const { data } = await probe.client.POST("/v1/sign-in", { body: { username, password } });
  if (data?.status !== "challenge") return expectTokens(data).access_token;
  const { access_token } = await finishSetup(probe, expectChallenge(data, "mfa_setup"));
  return access_token;
}

/** Gives what an administrator needs: the client, and the headers of their requests. */
export async function administer(probe: Probe) {
  return { client: probe.client, headers: bearer(await administratorOf(probe)) };
}

/** Gives a user as an administrator sees them. */
export async function recordOf(probe: Probe, username: string) {
  const { client, headers } = await administer(probe);
  const params = { path: { username } };
  const { data } = await client.GET("/v1/admin/users/{username}", { headers, params });
  return data;
}
