// Refreshes one session again and again, each time when the time before is over, alone or in a flood of passwords for
// names that nobody has.
//   refreshes-in-flood.ts <how many sign-ins are under way all the time>
import process from "node:process";
import { createMemoryIdentityProvider } from "../../../src/adapters/memory/index.ts";
import { answerQuestions, processorMs } from "../answers.ts";
import { quantile, type Slice } from "../measure.ts";

const refreshesPerSlice = 100;

const [, , guessers = "0"] = process.argv;
const { identity } = createMemoryIdentityProvider({ autoConfirm: true });
const user = { username: "ada@example.com", password: "Correct-Horse-7" };
await identity.signUp({ ...user, attributes: {} });
const signedIn = await identity.signIn(user);
const refreshToken = signedIn.status === "signed_in" ? (signedIn.tokens.refreshToken ?? "") : "";

let isFlooded = false;

async function guess(guesser: number): Promise<void> {
  for (let guessed = 0; isFlooded; guessed += 1) {
    const username = `nobody-${guesser}-${guessed}@example.com`;
    await identity.signIn({ ...user, username }).catch(() => undefined);
    // Whoever is refused at once comes back at once: over a socket, not before others have had a turn.
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

await answerQuestions(async (): Promise<Slice> => {
  isFlooded = true;
  const flood = Array.from({ length: Number(guessers) }, (_, guesser) => guess(guesser));
  const times: number[] = [];
  const processorBefore = processorMs();
  for (let count = 0; count < refreshesPerSlice; count += 1) {
    const startedAt = performance.now();
    await identity.refresh({ refreshToken });
    times.push(performance.now() - startedAt);
  }
  const used = (processorMs() - processorBefore) / refreshesPerSlice;
  isFlooded = false;
  await Promise.all(flood);
  return { count: 1, clockMs: quantile(times, 0.99), processorMs: used };
});
