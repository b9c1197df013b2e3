import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

export const brokenSignIns: readonly BrokenProvider[] = [
  ...caughtByEach(
    {
      fault: "lets passwords be guessed for ever",
      breakParts: breaking((identity) => ({
        signIn: (input) =>
          insteadOf("too_many_attempts", identity.signIn(input), () => fail("invalid_credentials")),
      })),
    },
    [
      "sessions: refuses even the right password after too many wrong ones",
      "expected too_many_attempts at some point, but: invalid_credentials ×30",
    ],
    [
      "concurrency: counts wrong passwords that come at once",
      "expected a limit to guessing, but: invalid_credentials ×50",
    ],
  ),
  {
    fault: "locks an account for ever",
    caughtBy: "sessions: lets a user in again a while after too many wrong passwords",
    saying: "expected a step to work, but it threw too_many_attempts",
    breakParts: breaking((identity) => {
      const locked = new Set<string>();
      return {
        async signIn(input) {
          if (locked.has(input.username)) return fail("too_many_attempts");
          return insteadOf("too_many_attempts", identity.signIn(input), ({ code }) => {
            locked.add(input.username);
            return fail(code);
          });
        },
      };
    }),
  },
  {
    fault: "hands out no refresh token",
    caughtBy: "sessions: hands out a set of tokens",
    saying: "expected a refresh token, but there is none",
    breakParts: breaking(() => ({ signIn: async () => welcome })),
  },
  {
    fault: "tells a life of its access tokens that is not theirs",
    caughtBy: "sessions: tells how long the access token lives",
    saying: "expected that expiresIn is the life of the access token, in seconds",
    breakParts: ({ tokens }) => ({
      tokens: {
        async verify(accessToken) {
          const principal = await tokens.verify(accessToken);
          return { ...principal, expiresAt: principal.expiresAt + 60 };
        },
      },
    }),
  },
  {
    fault: "tells anyone that an account is disabled",
    caughtBy: "sessions: tells at most who knows the password that an account is disabled",
    saying: "expected invalid_credentials, but the call threw user_disabled",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("invalid_credentials", identity.signIn(input), () => fail("user_disabled")),
    })),
  },
  {
    fault: "tells anyone that a password must be reset",
    caughtBy: "sessions: tells only who knows the password that it must be reset",
    saying: "expected invalid_credentials, but the call threw password_reset_required",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("invalid_credentials", identity.signIn(input), () =>
          fail("password_reset_required"),
        ),
    })),
  },
  {
    fault: "takes an ID token for a refresh token",
    caughtBy: "sessions: refuses to sign out with an ID token",
    saying: "expected unsupported_token_type, but the call worked",
    breakParts: breaking((identity) => ({
      signOut: (input) =>
        insteadOf("unsupported_token_type", identity.signOut(input), () => undefined),
    })),
  },
  {
    fault: "complains about a token that it never gave out",
    caughtBy: "sessions: signs out with an unknown token as with a dead one",
    saying: "expected a step to work, but it threw invalid_refresh_token",
    breakParts: breaking((identity) => ({
      async signOut(input) {
        await identity.refresh(input);
        await identity.signOut(input);
      },
    })),
  },
];
