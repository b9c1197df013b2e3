import { expect } from "vitest";
import type { components } from "../../src/client/generated/api.ts";
import type { AuthenticatorApp } from "../../src/testing/identity-provider/steps/authenticator-app.ts";
import { type Account, bearer, type Probe } from "./probe.ts";
import { createTotpApp } from "./totp-app.ts";

/** A user with an authenticator app. */
export interface AccountWithApp extends Account {
  readonly accessToken: string;
  readonly app: AuthenticatorApp;
}

/** Registers a user, and makes an authenticator app the one second factor. */
export async function registerWithApp(probe: Probe): Promise<AccountWithApp> {
  const user = await probe.signIn(await probe.register());
  const app = await addApp(probe, user.accessToken);
  await setSecondFactors(probe, user.accessToken, { enabled: ["totp"], preferred: "totp" });
  return { ...user, app };
}

/** Gives a user an authenticator app that is confirmed. */
export async function addApp({ client }: Probe, accessToken: string): Promise<AuthenticatorApp> {
  const headers = bearer(accessToken);
  const { data } = await client.POST("/v1/me/mfa/totp", { headers });
  const app = createTotpApp(data?.secret ?? expect.fail("a secret comes"));
  const body = { code: await app.nextCode(), device_name: "phone" };
  const { response } = await client.POST("/v1/me/mfa/totp/confirm", { headers, body });
  expect(response.status).toBe(204);
  return app;
}

/** Switches second factors on, and off what is not among them. */
export async function setSecondFactors(
  { client }: Probe,
  accessToken: string,
  body: components["schemas"]["SetMfaRequest"],
): Promise<void> {
  const { response } = await client.PUT("/v1/me/mfa", { headers: bearer(accessToken), body });
  expect(response.status).toBe(204);
}

/** Gives a user a telephone number that is proven. */
export async function addPhone(
  { client, codeFor, secrets }: Probe,
  { username, accessToken }: Pick<AccountWithApp, "username" | "accessToken">,
): Promise<string> {
  const headers = bearer(accessToken);
  // NANPA keeps 555-01XX free, and area code 999 is not in use.
  const phone = `+1999${String(crypto.getRandomValues(new Uint32Array(1))[0])
    .padStart(10, "0")
    .slice(-7)}`;
  secrets.add(phone);
  const changed = await client.PATCH("/v1/me", {
    headers,
    body: { attributes: { phone_number: phone } },
  });
  expect(changed.response.status).toBe(200);
  const code = await codeFor(username, "attribute_verification");
  const params = { path: { name: "phone_number" as const } };
  const path = "/v1/me/attributes/{name}/verification/confirm";
  const proven = await client.POST(path, { headers, params, body: { code } });
  expect(proven.response.status).toBe(204);
  return phone;
}
