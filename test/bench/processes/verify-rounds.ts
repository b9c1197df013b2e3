// Runs one verifier for a slice each time it is asked.
// Runs on Node, Deno and Bun.
//   verify-rounds.ts <module of the verifier> <seen | sequential | concurrent> <fixture>
import { Buffer } from "node:buffer";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { answerQuestions, processorMs } from "../answers.ts";
import { type Fixture, readFixture } from "../fixture.ts";
import { inLanes } from "../lanes.ts";
import type { Slice } from "../measure.ts";

/** What a verifier's module exports. */
export interface VerifierModule {
  /** Makes a verifier that has its keys and has seen no token. */
  createVerifier(fixture: Fixture): Promise<PrepareCalls>;
}

/** Does for some tokens what need not be timed, and gives one call for each. */
export type PrepareCalls = (tokens: readonly string[]) => Promise<readonly VerifyCall[]>;

/** Verifies: fails, or gives `false`, now or later, where the token is not to be believed. */
export type VerifyCall = () => unknown;

type Pass = (calls: readonly VerifyCall[]) => Promise<void>;

/** How long a slice is, in milliseconds, without what prepares it. */
const sliceMs = 150;

/** How many tokens are seen before, each as often as there are spellings of it in a batch. */
const seenCount = 64;
const spellings = 8;

const [, , modulePath = "", how = "", fixturePath = ""] = process.argv;
const { createVerifier }: VerifierModule = await import(pathToFileURL(modulePath).href);
const fixture = await readFixture(fixturePath);
const tokenBytes = fixture.tokens.map((token) => Buffer.from(token, "latin1"));

const slices: Readonly<Record<string, () => Promise<Slice>>> = {
  seen: async () => {
    const prepare = await createVerifier(fixture);
    const seen = tokenBytes.slice(0, seenCount);
    // A cache may keep what comes again rather than what comes once.
    for (let times = 0; times < 2; times++) await oneAtATime(await prepare(freshStrings(seen)));
    const batch = Array.from({ length: spellings }, () => seen).flat();
    return timed(() => prepare(freshStrings(batch)), oneAtATime);
  },
  sequential: () => timed(() => neverSeenCalls(256), oneAtATime),
  concurrent: () => timed(() => neverSeenCalls(2048), inLanes),
};

await checkVerifier();
const slice = slices[how];
if (!slice) throw new Error(`No way to run a verifier is called ${how}.`);
await answerQuestions(slice);

/** A contender that lets a forged token pass has no figure. */
async function checkVerifier(): Promise<void> {
  const [good = "", other = ""] = fixture.tokens;
  const forged = [...good.split(".").slice(0, 2), other.split(".")[2]].join(".");
  const prepare = await createVerifier(fixture);
  await oneAtATime(await prepare([good]));
  const isAccepted = await oneAtATime(await prepare([forged])).then(
    () => true,
    () => false,
  );
  if (isAccepted) throw new Error(`${modulePath} accepts a forged token.`);
}

/** A new verifier each time, so that the same tokens are new to it; its key is imported by a token of its own. */
async function neverSeenCalls(count: number): Promise<readonly VerifyCall[]> {
  const prepare = await createVerifier(fixture);
  await oneAtATime(await prepare(freshStrings(tokenBytes.slice(0, 1))));
  return prepare(freshStrings(tokenBytes.slice(1, 1 + count)));
}

/** As from a request's header: no string that was hashed or compared before. */
function freshStrings(texts: readonly Buffer[]): readonly string[] {
  return texts.map((bytes) => bytes.toString("latin1"));
}

async function timed(prepare: () => Promise<readonly VerifyCall[]>, pass: Pass): Promise<Slice> {
  const slice = { count: 0, clockMs: 0, processorMs: 0 };
  while (slice.clockMs < sliceMs) {
    const calls = await prepare();
    const startedAt = performance.now();
    const processorBefore = processorMs();
    await pass(calls);
    slice.processorMs += processorMs() - processorBefore;
    slice.clockMs += performance.now() - startedAt;
    slice.count += calls.length;
  }
  return slice;
}

/** A contender that answers at once is not made to wait. */
async function oneAtATime(calls: readonly VerifyCall[]): Promise<void> {
  for (const call of calls) {
    const answer = call();
    if ((answer instanceof Promise ? await answer : answer) === false)
      throw new Error("A token was refused.");
  }
}
