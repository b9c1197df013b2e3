import type { EndedSessions, TokenSet } from "../../../../src/domain/session.ts";
import { type BrokenProvider, breaking, insteadOf } from "../broken-provider.ts";

export const brokenConcurrency: readonly BrokenProvider[] = [
  {
    fault: "lets sign-ups at once all succeed",
    caughtBy: "concurrency: lets one of many sign-ups under one name succeed",
    saying:
      'expected the outcomes to be "no error ×1, username_taken ×49", but it is "no error ×50"',
    breakParts: breaking((identity) => ({
      signUp: (input) =>
        insteadOf("username_taken", identity.signUp(input), () => ({ status: "confirmed" })),
    })),
  },
  {
    fault: "takes a reset code as often as it comes at once",
    caughtBy: "concurrency: takes a reset code once of many times",
    saying: "expected one call to work, but 50 did: no error ×50",
    breakParts: breaking((identity) => ({
      resetPassword: (input) =>
        identity.resetPassword(input).catch((): EndedSessions => ({ ended: "all" })),
    })),
  },
  {
    fault: "finishes refreshes after the sign-out",
    caughtBy:
      "concurrency: refreshes no more once a sign-out is done, though refreshes were under way",
    saying: 'expected a refresh after the end of the session to be "invalid_refresh_token"',
    breakParts: breaking((identity) => {
      const answers = new Map<string, Promise<TokenSet>>();
      return {
        refresh(input) {
          const answer = answers.get(input.refreshToken) ?? identity.refresh(input);
          answers.set(input.refreshToken, answer);
          return answer;
        },
      };
    }),
  },
  {
    fault: "hands a refresh token of its own to each of many refreshes",
    caughtBy: "concurrency: leaves one refresh token that works of refreshes that come at once",
    saying: "expected one call to work, but 50 did: no error ×50",
    breakParts: breaking((identity) => {
      let count = 0;
      return {
        async refresh({ refreshToken }) {
          const tokens = await identity.refresh({
            refreshToken: refreshToken.replace(/^\d+:/, ""),
          });
          count += 1;
          return { ...tokens, refreshToken: `${count}:${tokens.refreshToken}` };
        },
      };
    }),
  },
  {
    fault: "takes another way to write a name for another name",
    caughtBy: "concurrency: lets one of many sign-ups succeed that write one name in several ways",
    saying: "expected the outcomes to be",
    breakParts: breaking((identity) => ({
      signUp: (input) =>
        insteadOf("username_taken", identity.signUp(input), (error) => {
          if (input.username === input.username.toLowerCase()) throw error;
          return { status: "confirmed" };
        }),
    })),
  },
];
