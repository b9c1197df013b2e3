import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type BetterAuthIdentityProvider,
  type BetterAuthIdentityProviderOptions,
  createBetterAuthIdentityProvider,
  type PasswordHashing,
} from "../../../src/adapters/better-auth/index.ts";
import type { Challenge } from "../../../src/domain/challenge.ts";
import type { SignInResult, TokenSet } from "../../../src/domain/session.ts";
import type { IdentityProvider, OutboxMessage } from "../../../src/ports/index.ts";
import { type AdjustableClock, adjustableClock } from "../memory/support.ts";

export const ada = { username: "ada@example.com", password: "Correct-Horse-7", attributes: {} };
export const newPassword = "Battery-Staple-8";
export const secret = "a secret of thirty-two characters";

/** A hash that costs nothing, for tests that make many users: of the NFKC form, as Better Auth's own is. */
export const quickHashing: PasswordHashing = {
  hash: async (password) => createHash("sha256").update(password.normalize("NFKC")).digest("hex"),
  verify: async ({ hash, password }) => hash === (await quickHashing.hash(password)),
};

/** A database file that several providers can be started on, as processes would be. */
export async function createDatabaseFile() {
  const folder = await mkdtemp(join(tmpdir(), "portico-better-auth-"));
  const path = join(folder, "users.db");
  return { path, ...sharedDatabase(`file:${path}`, () => rm(folder, { recursive: true })) };
}

/** Gives a way to start providers on one database, which is removed once they are closed. */
export function sharedDatabase(databaseUrl: string, remove: () => Promise<void>) {
  const sent: OutboxMessage[] = [];
  const clock: AdjustableClock = adjustableClock();
  const open: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const close of open) await close();
    await remove();
  });
  return {
    sent,
    clock,
    start(options: Partial<BetterAuthIdentityProviderOptions> = {}) {
      const provider = createBetterAuthIdentityProvider({
        databaseUrl,
        secret,
        sendMessage: (message) => void sent.push(message),
        passwordHashing: quickHashing,
        // However busy the machine is that these tests run on.
        timeoutMs: 30_000,
        clock,
        ...options,
      });
      open.push(provider.close);
      return { ...provider, identity: settling(provider) };
    },
    lastCode: () => sent.at(-1)?.code ?? "",
  };
}

/** Lets each call end only once its messages are sent, which callers do not wait for. */
function settling({ identity, settled }: BetterAuthIdentityProvider): IdentityProvider {
  return new Proxy(identity, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...input: unknown[]) => {
        try {
          return await Reflect.apply(member, target, input);
        } finally {
          await settled();
        }
      };
    },
  });
}

export type SharedDatabase = ReturnType<typeof sharedDatabase>;
export type Provider = ReturnType<SharedDatabase["start"]>;

/** Starts a provider on a database file of its own, with a user who has confirmed the sign-up. */
export async function startWithAda(options: Partial<BetterAuthIdentityProviderOptions> = {}) {
  const file = await createDatabaseFile();
  return { ...file, ...(await startWithAdaOn(file, options)) };
}

/** Starts a provider on a database, with a user who has confirmed the sign-up. */
export async function startWithAdaOn(
  database: SharedDatabase,
  options: Partial<BetterAuthIdentityProviderOptions> = {},
) {
  const provider = database.start(options);
  await provider.identity.signUp(ada);
  await provider.identity.confirmSignUp({ username: ada.username, code: database.lastCode() });
  return { ...database, ...provider, provider };
}

export async function signIn({
  identity,
}: Pick<Provider, "identity">): Promise<Required<TokenSet>> {
  const result = await identity.signIn(ada);
  return tokensOf(result);
}

export function tokensOf(result: SignInResult): Required<TokenSet> {
  if (result.status !== "signed_in") throw new Error(`the sign-in ended with ${result.status}`);
  const { idToken = "", refreshToken = "" } = result.tokens;
  return { ...result.tokens, idToken, refreshToken };
}

export function challengeOf(result: SignInResult): Challenge {
  if (result.status !== "challenge") throw new Error(`the sign-in ended with ${result.status}`);
  return result.challenge;
}

/** Makes a promise of a code, or of "done". */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
}
