import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { CompromisedPasswords } from "../../../src/ports/index.ts";
import {
  ContractFailure,
  compromisedPasswordsContract,
  type PasswordListHarness,
  remoteCompromisedPasswordsContract,
} from "../../../src/testing/index.ts";

const listed = "correct horse battery staple";

/** A way to the list: whether it is cut, and how often the operator has heard of it. */
interface Line {
  isDown: boolean;
  reports: number;
}

/** A list that breaks one rule, and the case that sees it. */
interface BrokenList {
  readonly fault: string;
  readonly caughtBy: string;
  readonly saying: string;
  readonly breakList: (list: CompromisedPasswords, line: Line) => CompromisedPasswords;
}

const brokenLists: readonly BrokenList[] = [
  {
    fault: "finds a password the first time alone",
    caughtBy: "list: finds a password that is in it, every time",
    saying: "expected the next one to be true, but it is false",
    breakList({ has }) {
      const asked = new Set<string>();
      return {
        async has(password) {
          const isFirst = !asked.has(password);
          asked.add(password);
          return isFirst && (await has(password));
        },
      };
    },
  },
  {
    fault: "finds what begins like a password that is in it",
    caughtBy: "list: finds none that is not",
    saying: "expected the answer to be false, but it is true",
    breakList: () => ({ has: async (password) => password.startsWith(listed) }),
  },
  {
    fault: "answers all who ask at once about the last of them",
    caughtBy: "list: answers many who ask at once",
    saying: "expected the answers to be",
    breakList({ has }) {
      let asked = "";
      return {
        async has(password) {
          asked = password;
          await setImmediate();
          return has(asked);
        },
      };
    },
  },
  {
    fault: "throws at half of a pair of surrogates",
    caughtBy: "list: takes any text, and throws at none",
    saying: "URIError",
    breakList: ({ has }) => ({
      has: async (password) => has(decodeURIComponent(encodeURIComponent(password))),
    }),
  },
  {
    fault: "takes every password for one that is listed in an outage",
    caughtBy: "outage: takes a password for none, and tells the operator",
    saying: "expected the answer to be false, but it is true",
    breakList: ({ has }, line) => ({
      has: async (password) => line.isDown || (await has(password)),
    }),
  },
  {
    fault: "says nothing of an outage",
    caughtBy: "outage: takes a password for none, and tells the operator",
    saying: "expected the reports to be 1, but it is 0",
    breakList: ({ has }, line) => ({
      has: async (password) => (line.isDown ? false : await has(password)),
    }),
  },
];

/** A list of one password behind a line that can be cut, with a rule broken or none. */
function harnessOf(breakList: BrokenList["breakList"] = (list) => list): PasswordListHarness {
  return {
    async create() {
      const line: Line = { isDown: false, reports: 0 };
      const list: CompromisedPasswords = {
        async has(password) {
          if (!line.isDown) return password === listed;
          line.reports += 1;
          return false;
        },
      };
      return {
        list: breakList(list, line),
        listed,
        async takeDown() {
          line.isDown = true;
          return () => line.reports;
        },
        close: async () => undefined,
      };
    },
  };
}

describe("compromisedPasswordsContract", () => {
  const cases = [...compromisedPasswordsContract, ...remoteCompromisedPasswordsContract];

  test.each(brokenLists)("catches a list that $fault", async ({ breakList, ...rest }) => {
    const listCase = cases.find(({ name }) => name === rest.caughtBy);

    const failure = await listCase?.run(harnessOf(breakList)).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ContractFailure);
    expect(failure).toHaveProperty("message", expect.stringContaining(rest.caughtBy));
    expect(failure).toHaveProperty("message", expect.stringContaining(rest.saying));
  });

  test.each(cases)("finds no fault in one that breaks no rule: $name", async ({ run }) => {
    await expect(run(harnessOf())).resolves.toBeUndefined();
  });

  test("has a broken list for every case, each of a name of its own", () => {
    const names = cases.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(brokenLists.map(({ caughtBy }) => caughtBy))).toEqual(new Set(names));
  });
});
