import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import { IdentityError, type IdentityErrorCode } from "../../../src/domain/errors.ts";
import type { MachinePrincipal, Principal } from "../../../src/domain/principal.ts";
import type { Caller } from "../../../src/domain/use-cases/sessions.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { createMemoryPorts } from "../../support/memory-ports.ts";

export const username = "ada@example.com";
export const password = "Correct-Horse-7";
export const newPassword = "Another-Horse-8";
export const account = { username, password, attributes: { given_name: "Ada" } };

/** The ports on the in-memory provider, with what a use case is tested by; `change` breaks one on purpose. */
export function createCore(
  options: MemoryIdentityProviderOptions = {},
  change?: (ports: Ports) => Partial<Ports>,
) {
  const { memory, ports, events, list } = createMemoryPorts(options);
  const { identity, outbox } = memory;

  const lastCode = (name = username) => outbox.messagesFor(name).at(-1)?.code ?? "";

  /** A user who can sign in. */
  async function signedUp(name = username): Promise<void> {
    await identity.signUp({ ...account, username: name });
    await identity.confirmSignUp({ username: name, code: lastCode(name) });
  }

  /** Another sign-in of a user, and its tokens. */
  async function signedIn(name = username): Promise<Caller & { readonly refreshToken: string }> {
    const result = await identity.signIn({ username: name, password });
    if (result.status !== "signed_in") throw new Error("the user was not signed in");
    const { accessToken, refreshToken = "" } = result.tokens;
    return { principal: await ports.tokens.verify(accessToken), accessToken, refreshToken };
  }

  return {
    memory,
    ports: { ...ports, ...change?.(ports) },
    events,
    lastCode,
    signedUp,
    signedIn,
    /** A user who is signed in, with nothing recorded so far. */
    caller: async () => {
      await signedUp();
      return signedIn();
    },
    /** Everything that is on the list of revocations. */
    revoked: async () => (await list.read()).revocations,
  };
}

/** The session that the access token of a sign-in names. */
export function sessionOf({ principal }: Caller): string | undefined {
  return principal.kind === "user" ? principal.sessionId : undefined;
}

/** The part of a principal that a program has as well: no name, no groups and no session. */
export function claimsOf(principal: Principal): Omit<MachinePrincipal, "kind"> {
  const { issuer, subject, clientId, scopes, issuedAt, expiresAt } = principal;
  return { issuer, subject, clientId, scopes, issuedAt, expiresAt };
}

/** A verifier that refuses every token alike. */
export function refusingWith(code: IdentityErrorCode) {
  return ({ tokens }: Ports): Partial<Ports> => ({
    tokens: { ...tokens, verify: () => Promise.reject(new IdentityError(code)) },
  });
}

/** Keeps each user name that the provider is asked for, as it is asked: it would find the account by other forms too. */
export function keepingNames(names: string[]) {
  return ({ identity }: Ports): Partial<Ports> => ({
    identity: new Proxy(identity, {
      get(target, method) {
        const member: unknown = Reflect.get(target, method);
        if (typeof member !== "function" || method === "clock") return member;
        return (input: { readonly username?: string }) => {
          if (input.username !== undefined) names.push(input.username);
          return Reflect.apply(member, target, [input]);
        };
      },
    }),
  });
}

/** One name, as it may be typed and as providers are to see it. */
export const typed = "rene\u0301@example.com";
export const normal = "ren\u00e9@example.com";
