import { stolen } from "../account/passwords.ts";
import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  type Identity,
  insteadOf,
} from "../broken-provider.ts";

/** Ends the sessions of everybody who has signed in, as soon as one call is about anybody's. */
function endsEverybody(identity: Identity): Partial<Identity> {
  const tokens = new Set<string>();
  const endAll = async () => {
    for (const accessToken of tokens)
      await identity.signOutEverywhere({ accessToken }).catch(() => undefined);
  };
  const after =
    <Input, Result>(call: (input: Input) => Promise<Result>) =>
    async (input: Input): Promise<Result> => {
      const result = await call(input);
      await endAll();
      return result;
    };
  return {
    async signIn(input) {
      const result = await identity.signIn(input);
      if (result.status === "signed_in") tokens.add(result.tokens.accessToken);
      return result;
    },
    deleteAccount: after(identity.deleteAccount),
    resetPassword: after(identity.resetPassword),
    changePassword: after(identity.changePassword),
    signOutEverywhere: after(identity.signOutEverywhere),
    signOut: after(identity.signOut),
    endSession: after(identity.endSession),
  };
}

const goesOn = 'expected a refresh after the end of the session to be "invalid_refresh_token"';
const throwsRevoked = "expected a step to work, but it threw token_revoked";

export const brokenSessionEnds: readonly BrokenProvider[] = [
  ...caughtByEach(
    { fault: "ends the sessions of everybody", breakParts: breaking(endsEverybody) },
    ["passwords: leaves other users signed in by a reset", throwsRevoked],
    ["passwords: leaves other users signed in by a change", throwsRevoked],
    ["sessions: leaves other users alone on sign-out everywhere", throwsRevoked],
    ["sessions: leaves other sessions alone on sign-out", throwsRevoked],
    ["session list: leaves other sessions alone when one is ended", throwsRevoked],
    ["profiles: leaves other accounts alone when one is deleted", throwsRevoked],
  ),
  ...caughtByEach(
    {
      fault: "lets whoever is in stay, by a session of somebody else's",
      breakParts: breaking(stolen),
    },
    [
      "concurrency: refreshes no more once a sign-out everywhere is done, though refreshes were under way",
      goesOn,
    ],
    [
      "concurrency: refreshes no more once an account is deleted, though refreshes were under way",
      goesOn,
    ],
    [
      "concurrency: refreshes no more once a password was reset, though refreshes were under way",
      goesOn,
    ],
    [
      "concurrency: refreshes no more once a password was changed elsewhere, though refreshes were under way",
      goesOn,
    ],
    ["profiles: kills every refresh token of a deleted account", "but the call worked"],
    ["sessions: refreshes nothing for a disabled account", "but the call worked"],
    ["sessions: refuses an altered refresh token", "but the call worked"],
    ["sessions: refuses a refresh token that it never gave out", "but the call worked"],
    ["sessions: refuses access and ID tokens as refresh tokens", "but the call worked"],
    ["sessions: refuses a refresh token past its time", "but the call worked"],
  ),
  ...caughtByEach(
    {
      fault: "goes on with access tokens of sessions that have ended",
      breakParts: breaking((identity) => ({
        getProfile: (input) =>
          insteadOf("token_revoked", identity.getProfile(input), () => ({
            subject: "anyone",
            username: "anyone",
            attributes: {},
          })),
      })),
    },
    [
      "sessions: kills the access tokens of the session on sign-out, for the provider's operations",
      "expected token_revoked, but the call worked",
    ],
    [
      "sessions: kills every access token of the user on sign-out everywhere, for the provider's operations",
      "expected token_revoked, but the call worked",
    ],
    [
      "profiles: kills every access token of a deleted account, for the provider's operations",
      "expected token_revoked, but the call worked",
    ],
    [
      "profiles: brings no token back to life when a deleted name is taken again",
      "expected token_revoked, but the call worked",
    ],
    [
      "administration: deletes a user with all tokens",
      "expected token_revoked, but the call worked",
    ],
  ),
];
