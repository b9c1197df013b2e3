import { type ClientOptions, createClient } from "../../../src/client.ts";

/** In a page with no options: at the page's own origin, with the session in cookies that no script sees. */
export function createAccounts(options?: ClientOptions) {
  const auth = createClient(options);
  return {
    signUp: (username: string, password: string) => auth.signUp({ username, password }),
    confirm: (username: string, code: string) => auth.confirmSignUp({ username, code }),
    async signIn(username: string, password: string, askForCode: () => Promise<string>) {
      let step = await auth.signIn({ username, password });
      if (step.type === "totp") step = await step.answer({ code: await askForCode() });
      return step.type === "signed_in";
    },
    profile: async () => (await auth.account()).profile(),
    fetchOrders: (url: string) => auth.fetch(url),
    signOut: () => auth.signOut(),
  };
}
