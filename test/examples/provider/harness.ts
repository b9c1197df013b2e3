import { createJwtVerifier } from "../../../src/adapters/jwt/index.ts";
import { createMemoryIdentityProvider } from "../../../src/adapters/memory/index.ts";
import type { IdentityProviderHarness } from "../../../src/testing/index.ts";

export async function startHarness(): Promise<IdentityProviderHarness> {
  const provider = createMemoryIdentityProvider({ hashIterations: 1 });
  const { identity, keys, issuer, clientId, outbox, groups } = provider;
  return {
    identity,
    keys,
    tokens: createJwtVerifier({ issuer, clientIds: [clientId], keys }),
    controls: {
      groups: { create: (name) => void groups.create({ name }) },
      disabling: { disable: (username) => identity.disableUser({ username }) },
    },
    newUser() {
      const email = `${crypto.randomUUID()}@example.com`;
      return { username: email, password: `Aa1!${crypto.randomUUID()}`, attributes: { email } };
    },
    async codeFor(username, purpose) {
      const sent = outbox.messagesFor(username);
      const message = sent.findLast((candidate) => candidate.purpose === purpose);
      if (!message) throw new Error(`no ${purpose} code was sent`);
      return message.code;
    },
    async close() {
      // Nothing is held: no server, no database.
    },
  };
}
