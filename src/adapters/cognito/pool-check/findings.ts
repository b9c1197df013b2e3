import type { SetUpFinding } from "../../shared/settings.ts";

/** A description of Cognito's, of which nothing is known to be there. */
export type Description = Readonly<Record<string, unknown>>;

/** Finds what is wrong, or nothing. */
export type Finding = SetUpFinding | undefined;

/** Says what is wrong where it is, and how to mend it. */
export function findIf(isWrong: boolean, subject: string, message: string): Finding {
  return isWrong ? { subject, outcome: "wrong", message } : undefined;
}

/** Gives the structure that is a member of a description: one with nothing in it where there is none. */
export function structureIn(description: Description, name: string): Description {
  return { ...Object(description[name]) };
}

/** Gives the texts in the list that is a member of a description. */
export function textsIn(description: Description, name: string): readonly string[] {
  const list = description[name];
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}
