import {
  type AuthenticatorApp,
  createAuthenticatorApp,
  totpAt,
} from "../../src/testing/identity-provider/steps/authenticator-app.ts";

const stepMs = 30_000;

/**
 * An authenticator app on the system's clock that has time: its codes are good for half a minute at least, where those of
 * the step before, which the kit begins with, can be too old by the time that a busy machine looks at them. It gives two
 * codes at one time.
 */
export function createTotpApp(secret: string): AuthenticatorApp {
  let lastStep = 0;
  return {
    async nextCode() {
      const current = Math.floor(Date.now() / stepMs);
      lastStep = Math.max(lastStep + 1, current);
      if (lastStep > current + 1) throw new RangeError("the app has given two codes already");
      return totpAt(secret, lastStep * stepMs);
    },
    wrongCode: () => createAuthenticatorApp(secret, undefined).wrongCode(),
  };
}
