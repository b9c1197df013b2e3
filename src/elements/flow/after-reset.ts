import { isPorticoError, type Step } from "../client.ts";
import type { Stage } from "../stage.ts";

/** A little more than the second that tokens tell their time in. */
const nextSecondMs = 1_100;

/**
 * Signs in with a password that was set just now. A reset ends all sessions, and tokens tell no more of when they were issued
 * than the second: those of the reset's own second have ended with it, and are asked for once more in the next.
 */
export async function signInAfterReset(
  { client, signal }: Pick<Stage, "client" | "signal">,
  account: { readonly username: string; readonly password: string },
): Promise<Step> {
  try {
    return await client.signIn(account, { signal });
  } catch (error) {
    if (!isPorticoError(error, "token_revoked")) throw error;
    await new Promise((resolve) => setTimeout(resolve, nextSecondMs));
    return client.signIn(account, { signal });
  }
}
