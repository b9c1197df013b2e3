import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

export const brokenHashing: readonly BrokenProvider[] = [
  {
    fault: "hashes nothing for who does not exist, and so has room for them",
    caughtBy:
      "hashing: says overloaded where there is no room to wait, whether or not there is such a user",
    saying: "expected overloaded, but the call threw invalid_credentials",
    breakParts: breaking((identity) => {
      const known = new Set<string>();
      return {
        async signUp(input) {
          known.add(input.username);
          return identity.signUp(input);
        },
        signIn: async (input) =>
          known.has(input.username) ? identity.signIn(input) : fail("invalid_credentials"),
      };
    }),
  },
  {
    fault: "takes a password that it had no room for as a wrong one",
    caughtBy: "hashing: counts no guess that there was no room for",
    saying: 'expected the outcome once there is to be "no error", but it is "too_many_attempts"',
    breakParts: breaking((identity) => {
      let refused = 0;
      return {
        async signIn(input) {
          if (refused >= 30) return fail("too_many_attempts");
          return insteadOf("overloaded", identity.signIn(input), ({ code }) => {
            refused += 1;
            return fail(code);
          });
        },
      };
    }),
  },
  {
    fault: "spends a code before it finds no room for the password",
    caughtBy: "hashing: leaves a code alive that came with a password there was no room for",
    saying: 'expected the outcome once there is to be "no error", but it is "code_mismatch"',
    breakParts: breaking((identity) => {
      const spent = new Set<string>();
      return {
        async resetPassword(input) {
          if (spent.has(input.code)) return fail("code_mismatch");
          return insteadOf("overloaded", identity.resetPassword(input), ({ code }) => {
            spent.add(input.code);
            return fail(code);
          });
        },
      };
    }),
  },
  {
    fault: "works on one thing at a time of an account, its password included",
    caughtBy: "hashing: lets no session wait for guesses at its user's password",
    saying: "expected the session to go on, but it waits",
    breakParts: breaking((identity) => {
      let last: Promise<unknown> = Promise.resolve();
      const inTurn = <T>(call: () => Promise<T>): Promise<T> => {
        const turn = last.then(call, call);
        last = turn;
        return turn;
      };
      return {
        signIn: (input) => inTurn(() => identity.signIn(input)),
        refresh: (input) => inTurn(() => identity.refresh(input)),
      };
    }),
  },
];
