import type { ProviderSetUp } from "../../../../src/domain/set-up.ts";
import { type BrokenProvider, breaking } from "../broken-provider.ts";

/** Makes a provider that tells something else of how it is set up. */
function telling(change: (setUp: ProviderSetUp) => ProviderSetUp): BrokenProvider["breakParts"] {
  return breaking((identity) => ({
    setUp: async () => change((await identity.setUp?.()) ?? {}),
  }));
}

const rules = { minLength: 8, maxLength: 256, requires: [] } as const;
let times = 0;

/** Providers that tell what is not so of how they are set up. */
export const brokenSetUps: readonly BrokenProvider[] = [
  {
    fault: "tells another set-up each time",
    caughtBy: "set-up: is told whoever asks, and again",
    saying: "the set-up, asked again",
    breakParts: telling((setUp) => {
      times += 1;
      return { ...setUp, password: { ...rules, minLength: times } };
    }),
  },
  {
    fault: "says that nobody may sign up",
    caughtBy: "set-up: says that anyone may sign up where anyone may",
    saying: "told to be closed",
    breakParts: telling((setUp) => ({ ...setUp, signUp: { isOpen: false } })),
  },
  {
    fault: "tells no kind of character that a password has to have",
    caughtBy: "set-up: tells each kind of character that a password has to have, and no other",
    saying: "password_policy_violation",
    breakParts: telling((setUp) => ({ ...setUp, password: rules })),
  },
  {
    fault: "tells a longer password than it asks for",
    caughtBy: "set-up: tells the length that a password has to have",
    saying: "password_policy_violation",
    breakParts: telling((setUp) => ({ ...setUp, password: { ...rules, minLength: 12 } })),
  },
];
