import { createJwtVerifier } from "../../../src/adapters/jwt/index.ts";
import type { IdentityProviderHarness } from "../../../src/testing/index.ts";
import { adjustableClock } from "../../adapters/memory/support.ts";
import { newEmailUser } from "../../contract/new-email-user.ts";
import { keysToPublish } from "../../contract/published-keys.ts";
import { createAcmeIdentityProvider, type DirectoryUser } from "./identity-provider.ts";

/** Starts the provider on a directory that the harness fills, on a clock that stands still but for the control. */
export async function startHarness(): Promise<IdentityProviderHarness> {
  const clock = adjustableClock();
  const users = new Map<string, DirectoryUser & { readonly password: string }>();
  const terms = { issuer: "https://directory.example", clientId: "portico", clock };
  const directory = {
    async authenticate(username: string, password: string) {
      const user = users.get(username);
      return user?.password === password ? user : undefined;
    },
    find: async (id: string) => [...users.values()].find((user) => user.id === id),
  };
  const { identity, keys } = createAcmeIdentityProvider(directory, terms);
  const verifierTerms = { issuer: terms.issuer, clientIds: [terms.clientId], clock };
  return {
    identity,
    keys,
    tokens: createJwtVerifier({ ...verifierTerms, keys }),
    controls: {
      clock,
      disabling: { disable: (username) => void users.delete(username) },
      publishedKeys: keysToPublish(verifierTerms, keys),
    },
    newUser: newEmailUser,
    async givenUser() {
      const user = newEmailUser();
      users.set(user.username, { ...user, id: crypto.randomUUID() });
      return user;
    },
    codeFor: () => Promise.reject(new Error("a directory sends no codes")),
    close: async () => undefined,
  };
}
