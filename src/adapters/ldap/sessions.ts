import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import type { SignInResult, TokenSet } from "../../domain/session.ts";
import type { IdentityProvider, RefreshInput, SignInInput } from "../../ports/index.ts";
import type { Engine } from "./engine.ts";
import type { Person } from "./entries.ts";

type Facet = Pick<IdentityProvider, "signIn" | "refresh" | "signOut" | "signOutEverywhere">;

/** A sign-in that failed is told no earlier than so many milliseconds after it began: no sooner of a name that nobody has. */
const failureMs = 250;

/** Makes the sessions facet of the port. */
export function createSessions(engine: Engine): Facet {
  const { sessions, byToken } = engine;
  return {
    signIn: (input) => signIn(engine, input),
    refresh: (input) => refresh(engine, input),
    signOut: ({ refreshToken }) => sessions.end(refreshToken),
    async signOutEverywhere({ accessToken }) {
      await sessions.endAll((await byToken(accessToken)).subject);
    },
  };
}

async function signIn(engine: Engine, input: SignInInput): Promise<SignInResult> {
  const { username, password, factor = "password" } = input;
  if (factor !== "password" || password === undefined) throw new IdentityError("not_supported");
  const { whileGuessesLast, sessions, issue } = engine;
  const person = await whileGuessesLast(username, () => authenticate(engine, username, password));
  if (!person.isEnabled) throw new IdentityError("user_disabled");
  const session = await sessions.begin(person.subject, person.passwordMark);
  const { refreshToken } = session;
  return { status: "signed_in", tokens: { ...(await issue(person, session)), refreshToken } };
}

async function authenticate(
  { directory }: Engine,
  username: string,
  password: string,
): Promise<Person> {
  const began = performance.now();
  try {
    const person = await directory.byName(username);
    await directory.authenticate(person, password);
    if (!person) throw new IdentityError("invalid_credentials");
    return person;
  } catch (error) {
    const left = Math.max(0, began + failureMs - performance.now());
    if (isIdentityError(error, "invalid_credentials"))
      await new Promise((resolve) => setTimeout(resolve, left));
    throw error;
  }
}

async function refresh(
  { sessions, directory, issue }: Engine,
  { refreshToken }: RefreshInput,
): Promise<TokenSet> {
  const session = await sessions.find(refreshToken);
  const person = session && (await directory.bySubject(session.subject));
  if (!session || !person?.isEnabled || person.passwordMark !== session.mark)
    throw new IdentityError("invalid_refresh_token");
  const tokens = await issue(person, session);
  // It may have ended while the directory was asked.
  if (!(await sessions.find(refreshToken))) throw new IdentityError("invalid_refresh_token");
  return tokens;
}
