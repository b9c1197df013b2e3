import * as base64url from "jose/base64url";
import { completeIdentityProvider } from "../../../src/adapters/shared/not-supported.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import { createAttempts } from "./attempts.ts";
import { createTokenIssuer, type TokenTerms } from "./token-issuer.ts";

/** A directory: it keeps the users, tells whether a password is right, and does nothing else. */
export interface Directory {
  authenticate(username: string, password: string): Promise<DirectoryUser | undefined>;
  /** Gives the user who has an id, unless the account is gone or disabled. */
  find(id: string): Promise<DirectoryUser | undefined>;
}

export interface DirectoryUser {
  readonly id: string;
  readonly username: string;
}

const sessionMs = 30 * 24 * 3_600_000;

/** Makes an identity provider of a directory, which signs in and refreshes, by tokens of its own. */
export function createAcmeIdentityProvider(directory: Directory, terms: TokenTerms) {
  const { clock } = terms;
  const { keys, issue } = createTokenIssuer(terms);
  const attempts = createAttempts(clock);
  const sessions = new Map<string, { readonly userId: string; readonly signedInAt: number }>();

  const identity = completeIdentityProvider({
    capabilities: new Set(),

    async signIn({ username, password, factor = "password" }) {
      if (factor !== "password" || password === undefined) throw new IdentityError("not_supported");
      attempts.admit(username);
      const user = await directory.authenticate(username, password);
      if (!user) throw new IdentityError("invalid_credentials");
      attempts.forgive(username);
      const refreshToken = base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
      const signedInAt = clock.now();
      sessions.set(refreshToken, { userId: user.id, signedInAt });
      return { status: "signed_in", tokens: { ...(await issue(user, signedInAt)), refreshToken } };
    },

    async refresh({ refreshToken }) {
      const { userId, signedInAt } = sessions.get(refreshToken) ?? { userId: "", signedInAt: 0 };
      const isAlive = clock.now() < signedInAt + sessionMs;
      const user = isAlive ? await directory.find(userId) : undefined;
      if (!user) throw new IdentityError("invalid_refresh_token");
      return issue(user, signedInAt);
    },
  });
  return { identity, keys };
}
