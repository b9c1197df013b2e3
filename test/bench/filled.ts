import { answerQuestions, processorMs } from "./answers.ts";
import type { Slice } from "./measure.ts";

/** Something with many users in it, and the works that are measured on it, by what is said of them. */
export interface Filled {
  readonly works: Readonly<Record<string, Work>>;
  /** By how much the heap grew for a user, in bytes. */
  readonly userBytes: number;
}

/** The answer of a process about the things that it filled. */
export interface FilledAnswer extends Pick<Filled, "userBytes"> {
  readonly works: readonly string[];
}

/** Does some of a work, and tells how many calls that was. */
export type Work = () => Promise<number>;

/** How often a call is made in a slice: what one takes is less than the clock of processor time tells. */
const batch = 20;

/** Makes a work of a call. It is given the number of times that it was made before. */
export function repeated(call: (index: number) => Promise<unknown>): Work {
  let made = 0;
  return async () => {
    for (const before = made; made < before + batch; made += 1) await call(made);
    return batch;
  };
}

/**
 * Makes a work of a walk over all pages of a listing, of which each is a call.
 *
 * @param getPage - gets a page, and gives the cursor of the next one, unless it was the last
 */
export function walked(getPage: (cursor: string | undefined) => Promise<string | undefined>): Work {
  return async () => {
    let pages = 1;
    let cursor = await getPage(undefined);
    for (; cursor !== undefined; pages += 1) cursor = await getPage(cursor);
    return pages;
  };
}

/** Answers a number with what was filled with so many users, and the name of a work on it with a slice of that. */
export async function answerWorks(fill: (users: number) => Promise<Filled>): Promise<never> {
  let works: Filled["works"] = {};
  return answerQuestions(async (question): Promise<FilledAnswer | Slice> => {
    const work = works[String(question)];
    if (work) return sliceOf(work);
    const filled = await fill(Number(question));
    works = filled.works;
    return { userBytes: filled.userBytes, works: Object.keys(works) };
  });
}

async function sliceOf(work: Work): Promise<Slice> {
  const [clockBefore, processorBefore] = [performance.now(), processorMs()];
  const count = await work();
  const clockMs = performance.now() - clockBefore;
  return { count, clockMs, processorMs: processorMs() - processorBefore };
}
