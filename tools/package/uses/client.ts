// The calls that a page makes of the client, by its types.
import { createClient, isPorticoError } from "portico-client";

const auth = createClient({ url: "https://id.example.com" });

export async function signIn(username: string, password: string, code: string): Promise<boolean> {
  try {
    let step = await auth.signIn({ username, password });
    if (step.type === "totp") step = await step.answer({ code });
    return step.type === "signed_in";
  } catch (error) {
    if (isPorticoError(error)) return false;
    throw error;
  }
}

// @ts-expect-error Types that were not found would take anything.
export const wrong: number = auth;
