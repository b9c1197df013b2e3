import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

export const brokenSessions: readonly BrokenProvider[] = [
  {
    fault: "tells that there is no such user",
    caughtBy: "sessions: refuses an unknown user as a wrong password",
    saying: "expected invalid_credentials, but the call threw user_not_found",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("invalid_credentials", identity.signIn(input), () => fail("user_not_found")),
    })),
  },
  {
    fault: "tells who knows no password that a sign-up waits",
    caughtBy: "sessions: tells only who knows the password that a sign-up waits for confirmation",
    saying: "expected invalid_credentials, but the call threw user_not_confirmed",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("invalid_credentials", identity.signIn(input), () => fail("user_not_confirmed")),
    })),
  },
  {
    fault: "hands the same refresh token out again",
    caughtBy: "sessions: gives a refresh token on refresh only to replace the old",
    saying: "expected whether the refresh gave back the token in hand to be false, but it is true",
    breakParts: breaking((identity) => ({
      refresh: async (input) => ({ ...(await identity.refresh(input)), ...input }),
    })),
  },
  {
    fault: "takes a refresh for a sign-in",
    caughtBy: "sessions: keeps the time of sign-in through a refresh",
    saying: "expected auth_time to be",
    breakParts: ({ tokens }) => ({
      tokens: {
        async verify(accessToken) {
          const principal = await tokens.verify(accessToken);
          return { ...principal, authenticatedAt: principal.issuedAt };
        },
      },
    }),
  },
  {
    fault: "signs nobody out",
    caughtBy: "sessions: kills the refresh token on sign-out",
    saying: "expected invalid_refresh_token, but the call worked",
    breakParts: breaking(() => ({ signOut: async () => undefined })),
  },
  {
    fault: "complains about a token that is dead already",
    caughtBy: "sessions: signs out as often as one likes",
    saying: "expected a step to work, but it threw invalid_refresh_token",
    breakParts: breaking((identity) => ({
      async signOut(input) {
        await identity.refresh(input);
        await identity.signOut(input);
      },
    })),
  },
  {
    fault: "takes an access token for a refresh token",
    caughtBy: "sessions: refuses to sign out with an access token",
    saying: "expected unsupported_token_type, but the call worked",
    breakParts: breaking((identity) => ({
      signOut: (input) =>
        insteadOf("unsupported_token_type", identity.signOut(input), () => undefined),
    })),
  },
  {
    fault: "lets the other sessions go on",
    caughtBy: "sessions: kills every refresh token of the user on sign-out everywhere",
    saying: "expected invalid_refresh_token, but the call worked",
    breakParts: breaking(() => ({ signOutEverywhere: async () => undefined })),
  },
  {
    fault: "throws errors of its own",
    caughtBy: "sessions: refuses a wrong password",
    saying:
      "expected invalid_credentials, but the call threw something that is no IdentityError: TypeError: no user",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("invalid_credentials", identity.signIn(input), () => {
          throw new TypeError("no user");
        }),
    })),
  },
  {
    fault: "goes by a clock that its tokens are not dated by",
    caughtBy: "sessions: date tokens by the clock that the provider tells",
    saying: "expected that the token is of now, to a few seconds, but that is not so",
    breakParts: breaking(({ clock = Date }) => ({ clock: { now: () => clock.now() + 30_000 } })),
  },
];
