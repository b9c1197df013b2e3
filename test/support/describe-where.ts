import { describe, test } from "vitest";

export interface Requirement {
  /** Why the tests cannot run here; undefined where they can. */
  readonly missing: string | undefined;
  /** Whether that is a failure, as in CI, rather than a skip. */
  readonly required: boolean;
}

/** Describes tests that not every machine can run. What cannot run says why, and never passes for run. */
export function describeWhere(
  title: string,
  { missing, required }: Requirement,
  define: () => void,
): void {
  if (missing === undefined) {
    describe(title, define);
    return;
  }
  describe(title, () => {
    test(`can run: ${missing}`, (context) => {
      if (required) throw new Error(`this must run here, but ${missing}`);
      context.skip(missing);
    });
  });
}
