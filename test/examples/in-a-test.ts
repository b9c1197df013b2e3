import { createApp } from "../../src/index.ts";
import { createJwtVerifier } from "../../src/jwt.ts";
import { createMemoryIdentityProvider } from "../../src/memory.ts";

/** A whole identity service inside of a test: its requests go through no network. */
export function createService() {
  const { identity, keys, issuer, clientId, outbox } = createMemoryIdentityProvider();
  const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys });
  const clock = { now: () => Date.now() };
  const events = { record: () => undefined };
  const app = createApp({ identity, tokens, keys, events, clock });

  const signUp = (username: string, password: string) =>
    app.request("/v1/sign-up", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username, password }),
    });
  return { app, signUp, outbox };
}
