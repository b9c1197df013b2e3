import { isText, unexpectedAnswer } from "./unexpected-answer.ts";

/** A part of a list, and what the next one is asked for with. */
export interface AnswerPage {
  readonly items: unknown;
  readonly next: unknown;
}

/** Most parts that are asked for: far beyond any list that a user has, and an end to one that has none. */
const maximumPages = 10;

/** Gets a whole list, part by part. */
export async function allPages(
  getPage: (token: string | undefined) => Promise<AnswerPage>,
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let token: string | undefined;
  for (let page = 0; page < maximumPages; page += 1) {
    const { items, next } = await getPage(token);
    all.push(...requireList(items));
    if (!isText(next)) return all;
    token = next;
  }
  throw unexpectedAnswer("end of the list");
}

/** Reads a list of an answer that has to have it. */
export function requireList(items: unknown): readonly unknown[] {
  if (!Array.isArray(items)) throw unexpectedAnswer("list");
  return items;
}
