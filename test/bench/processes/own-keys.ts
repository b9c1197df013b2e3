// Sends requests to a protected route whose keys are the in-memory provider's, as it publishes them or fetched.
//   own-keys.ts <own | remote>
import process from "node:process";
import { Hono } from "hono";
import { createMemoryIdentityProvider } from "../../../src/adapters/memory/index.ts";
import { bearerAuth } from "../../../src/hono.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../../src/jwt.ts";
import { answerQuestions, processorMs } from "../answers.ts";
import type { Slice } from "../measure.ts";

const requestsPerVerifier = 1000;
/** How long a slice is, in milliseconds, without the setting up. */
const sliceMs = 100;

const isRemote = process.argv[2] === "remote";
const { identity, keys, issuer, clientId } = createMemoryIdentityProvider({ autoConfirm: true });
const ada = { username: "ada@example.com", password: "Correct-Horse-7" };
await identity.signUp({ ...ada, attributes: { email: ada.username } });
const result = await identity.signIn(ada);
if (result.status !== "signed_in") throw new Error(`The sign-in ends with ${result.status}.`);
const headers = { authorization: `Bearer ${result.tokens.accessToken}` };

await answerQuestions(async (): Promise<Slice> => {
  const slice = { count: 0, clockMs: 0, processorMs: 0 };
  while (slice.clockMs < sliceMs) {
    const send = createRoute();
    // The one that a key is imported for, and fetched.
    await send();
    const startedAt = performance.now();
    const processorBefore = processorMs();
    for (let index = 0; index < requestsPerVerifier; index++) await send();
    slice.processorMs += processorMs() - processorBefore;
    slice.clockMs += performance.now() - startedAt;
    slice.count += requestsPerVerifier;
  }
  return slice;
});

/** Makes a route with a verifier of its own, and gives a way to ask for it. */
function createRoute(): () => Promise<void> {
  const verifier = createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys: isRemote ? fetchedKeys() : keys,
  });
  const app = new Hono().get(
    "/protected",
    bearerAuth({ verifier }, (c) => c.json({ subject: c.get("principal").subject })),
  );
  return async () => {
    const { status } = await app.fetch(new Request("http://127.0.0.1/protected", { headers }));
    if (status !== 200) throw new Error(`A request ends with ${status}.`);
  };
}

/** A network would be no part of what is compared. */
function fetchedKeys() {
  const fetch = async () => Response.json(await keys.current());
  return createRemoteKeySet({ uri: "https://keys.example/jwks.json", fetch });
}
