import type { TokenSet } from "../../../../src/domain/session.ts";
import type { IdentityProviderHarness } from "../../../../src/testing/index.ts";
import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

type Principal = Awaited<ReturnType<IdentityProviderHarness["tokens"]["verify"]>>;

/** Changes what the verifier says of a token that it takes. */
export function reading(change: (principal: Principal, token: string) => Principal) {
  return ({ tokens }: IdentityProviderHarness): Partial<IdentityProviderHarness> => ({
    tokens: { verify: async (token) => change(await tokens.verify(token), token) },
  });
}

export const brokenRefreshes: readonly BrokenProvider[] = [
  {
    fault: "gives the tokens of another user",
    caughtBy: "sessions: trades a refresh token for tokens of the same user",
    saying: "expected the subject to be",
    breakParts: reading((principal, token) => ({ ...principal, subject: token })),
  },
  {
    fault: "refreshes an access token that its own operations do not take",
    caughtBy: "sessions: hands out access tokens on refresh that work",
    saying: "expected a step to work, but it threw invalid_token",
    breakParts: breaking((identity) => ({
      refresh: async (input) => ({ ...(await identity.refresh(input)), accessToken: "any" }),
    })),
  },
  {
    fault: "hands out access tokens on refresh that nobody takes",
    caughtBy: "concurrency: hands out usable tokens to refreshes that come at once",
    saying: "expected a step to work, but it threw invalid_token",
    breakParts: breaking((identity) => ({
      refresh: async (input) => ({ ...(await identity.refresh(input)), accessToken: "any" }),
    })),
  },
  {
    fault: "refreshes a session once",
    caughtBy: "sessions: goes on refreshing with the token in hand or its replacement",
    saying: "expected a step to work, but it threw invalid_refresh_token",
    breakParts: breaking((identity) => {
      let isRefreshed = false;
      return {
        async refresh(input) {
          if (isRefreshed) return fail("invalid_refresh_token");
          isRefreshed = true;
          return identity.refresh(input);
        },
      };
    }),
  },
  {
    fault: "gives the first access token again",
    caughtBy: "sessions: refreshes after the access token has expired",
    saying: "expected a step to work, but it threw token_expired",
    breakParts: breaking((identity) => {
      let first: TokenSet | undefined;
      return {
        async signIn(input) {
          const result = await identity.signIn(input);
          if (result.status === "signed_in") first = result.tokens;
          return result;
        },
        refresh: async (input) => first ?? identity.refresh(input),
      };
    }),
  },
  {
    fault: "replaces a refresh token and keeps the new one",
    caughtBy: "sessions: gives a new refresh token on every refresh where it replaces them",
    saying: "expected a new refresh token, but there is none",
    breakParts: breaking((identity) => ({
      async refresh(input) {
        const { refreshToken: _kept, ...tokens } = await identity.refresh(input);
        return tokens;
      },
    })),
  },
  {
    fault: "does not tell a stolen refresh token from an old one",
    caughtBy: "sessions: tells that a refresh token was replaced before",
    saying: "expected refresh_token_reused, but the call threw invalid_refresh_token",
    breakParts: breaking((identity) => ({
      refresh: (input) =>
        insteadOf("refresh_token_reused", identity.refresh(input), () =>
          fail("invalid_refresh_token"),
        ),
    })),
  },
];
