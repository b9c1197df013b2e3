import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { createEngine } from "../../../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../../../src/adapters/memory/identity-provider.ts";
import { ada, lastCode } from "../support.ts";

const users = 10_000;
/** Half of what is allowed with their tokens, which are the callers' to keep. */
const budgetMegabytes = 75;

function heapMegabytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

it("ten thousand users, each signed in, take up half of 150 MB at most", async () => {
  const engine = createEngine({ hashIterations: 1 });
  const identity = identityProviderOf(engine);
  const provider = { outbox: engine.courier };
  const before = heapMegabytes();

  for (let index = 0; index < users; index += 1) {
    const username = `user-${index}@example.com`;
    await identity.signUp({ ...ada, username, attributes: { name: `User number ${index}` } });
    await identity.confirmSignUp({ username, code: lastCode(provider, username) });
    const subject = engine.users.find(username)?.subject ?? "";
    await engine.sessions.begin(subject, engine.client);
  }

  const taken = heapMegabytes() - before;
  expect(engine.users.size).toBe(users);
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThan(budgetMegabytes);
}, 60_000);
