// Signs users up to the in-memory provider and in, and tells how much memory they and their tokens take.
import process from "node:process";
import { createMemoryIdentityProvider } from "../../../src/adapters/memory/index.ts";
import type { SignInResult } from "../../../src/domain/session.ts";
import { answerQuestions } from "../answers.ts";
import { inLanes } from "../lanes.ts";

/** By how much the process grew, in bytes. */
export interface UserMemory {
  readonly users: number;
  readonly heap: number;
  readonly resident: number;
  /** Before the collector had given back what it held without need. */
  readonly residentAtFirst: number;
}

const users = 10_000;
const password = "Correct-Horse-7";

await answerQuestions(async (): Promise<UserMemory> => {
  // What the code itself takes is no growth.
  await fill(100);
  const before = memoryInUse();
  const filled = await fill(users);
  const residentAtFirst = process.memoryUsage.rss() - before.resident;
  const after = memoryInUse();
  if (filled.signedIn.length !== users) throw new Error("A user could not sign in.");
  const [heap, resident] = [after.heap - before.heap, after.resident - before.resident];
  return { users, heap, resident, residentAtFirst };
});

/** What is given back keeps alive what is measured: the provider, and the tokens that it gave out. */
async function fill(count: number) {
  // How often a password is hashed shows nowhere in what is kept of it.
  const provider = createMemoryIdentityProvider({ hashIterations: 1 });
  const { identity, outbox } = provider;
  const signedIn: SignInResult[] = [];
  const join = async (username: string) => {
    await identity.signUp({ username, password, attributes: { email: username } });
    const code = outbox.messagesFor(username).at(-1)?.code ?? "";
    await identity.confirmSignUp({ username, code });
    const result = await identity.signIn({ username, password });
    if (result.status === "signed_in") signedIn.push(result);
  };
  const names = Array.from({ length: count }, (_, index) => `user-${index}@example.com`);
  await inLanes(names.map((name) => () => join(name)));
  return { provider, signedIn };
}

/** What is left when the collector was made to give back all that it can: by itself it waits for want of memory. */
function memoryInUse() {
  globalThis.gc?.({ type: "major", flavor: "last-resort", execution: "sync" });
  const { heapUsed, external, rss: resident } = process.memoryUsage();
  return { heap: heapUsed + external, resident };
}
