import { totpAt } from "../../../src/adapters/shared/totp.ts";
import type { MfaPreferences } from "../../../src/ports/index.ts";
import { ada, createProvider, signUpAndIn, type TestProvider } from "./support.ts";

/** A code of an authenticator app, so many steps of thirty seconds from now. */
export function appCode({ clock }: Pick<TestProvider, "clock">, secret: string, steps = 0) {
  return totpAt(secret, clock.now() + steps * 30_000);
}

/** A code that the app does not show now, just before or just after. */
export async function wrongAppCode(provider: Pick<TestProvider, "clock">, secret: string) {
  const codes = await Promise.all([-1, 0, 1].map((step) => appCode(provider, secret, step)));
  return ["000000", "111111", "222222", "333333"].find((code) => !codes.includes(code)) ?? "";
}

/** Signs a user up who has an authenticator app, and lets time go by until its code has not been used. */
export async function signUpWithApp(
  provider: TestProvider = createProvider(),
  preferences: MfaPreferences = { enabled: ["totp"] },
) {
  const { accessToken } = await signUpAndIn(provider);
  const { secret } = await provider.identity.startTotp({ accessToken });
  const code = await appCode(provider, secret);
  await provider.identity.confirmTotp({ accessToken, code, deviceName: "phone" });
  await provider.identity.setMfa({ accessToken, ...preferences });
  provider.clock.advance(60);
  return { provider, secret, accessToken, signIn: () => provider.identity.signIn(ada) };
}
