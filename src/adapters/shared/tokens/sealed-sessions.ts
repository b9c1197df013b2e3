import * as base64url from "jose/base64url";
import { IdentityError } from "../../../domain/errors.ts";
import type { UserPrincipal } from "../../../domain/principal.ts";
import type { Clock, RevocationList, Seal } from "../../../ports/index.ts";

/** A sign-in, as its refresh token holds it. */
export interface SealedSession {
  readonly id: string;
  readonly subject: string;
  /** In milliseconds since the epoch. */
  readonly signedInAt: number;
  /**
   * The second that it counts as begun in, for what ends all sessions up to some second: the next one where the present one has
   * ended so. Its tokens are dated no earlier.
   */
  readonly since: number;
  /** A text of the provider's own. */
  readonly mark: string;
}

/** The parts that sessions which nobody keeps are made of. */
export interface SealedSessionTerms {
  readonly clock: Clock;
  readonly seal: Seal;
  readonly issuer: string;
  readonly clientId: string;
  /** The life of a session from the sign-in on, in seconds. */
  readonly sessionSeconds: number;
  /** The life of its access tokens, in seconds, which may outlive it by as much. */
  readonly accessSeconds: number;
  readonly isRevoked: (principal: UserPrincipal) => boolean | Promise<boolean>;
  /** Where sessions are told that have ended. */
  readonly revocations: Pick<RevocationList, "add">;
}

/** Sessions of a provider that has nowhere to keep any: the refresh token is the session, and a list names those that ended. */
export interface SealedSessions {
  begin(subject: string, mark: string): Promise<SealedSession & { readonly refreshToken: string }>;
  /** Gives the session of a refresh token that was made here, unless it is over or has ended. */
  find(refreshToken: string): Promise<SealedSession | undefined>;
  /**
   * Ends the session of a refresh token, if there is one.
   *
   * @throws {IdentityError} `unsupported_token_type` — it is a JWT, as access and ID tokens are
   */
  end(refreshToken: string): Promise<void>;
  /** Ends all sessions that a user has by now. */
  endAll(subject: string): Promise<void>;
}

/** Makes the sessions. */
export function createSealedSessions(terms: SealedSessionTerms): SealedSessions {
  const { clock, seal, issuer, clientId, sessionSeconds, accessSeconds } = terms;
  const { isRevoked, revocations } = terms;
  const purpose = `refresh_token of ${issuer}`;
  const seconds = () => Math.floor(clock.now() / 1000);
  const until = () => seconds() + sessionSeconds + accessSeconds;

  const hasEnded = ({ id, subject, since }: Pick<SealedSession, "id" | "subject" | "since">) =>
    isRevoked({
      ...{ kind: "user", issuer, clientId, subject, username: subject, sessionId: id },
      ...{ scopes: [], groups: [], issuedAt: since, expiresAt: until() },
    });

  /** The first second from now on that no session has ended up to: one of a sign-in is not ended by what was before it. */
  async function openSecond(subject: string): Promise<number> {
    const begun = seconds();
    for (let second = begun; second < begun + 10; second += 1) {
      if (!(await hasEnded({ id: "", subject, since: second }))) return second;
    }
    return begun;
  }

  async function open(refreshToken: string): Promise<SealedSession | undefined> {
    const text = await seal.open(purpose, refreshToken);
    const session: SealedSession | undefined = text === undefined ? undefined : JSON.parse(text);
    const isOver = !session || clock.now() >= session.signedInAt + sessionSeconds * 1000;
    return isOver ? undefined : session;
  }

  return {
    async begin(subject, mark) {
      const since = await openSecond(subject);
      const session = { id: crypto.randomUUID(), subject, signedInAt: clock.now(), since, mark };
      return { ...session, refreshToken: await seal.seal(purpose, JSON.stringify(session)) };
    },

    async find(refreshToken) {
      const session = await open(refreshToken);
      return session && !(await hasEnded(session)) ? session : undefined;
    },

    async end(refreshToken) {
      if (isJwt(refreshToken)) throw new IdentityError("unsupported_token_type");
      const session = await open(refreshToken);
      if (!session) return;
      await revocations.add({ kind: "session", issuer, sessionId: session.id, until: until() });
    },

    async endAll(subject) {
      const issuedUntil = await openSecond(subject);
      await revocations.add({ kind: "user", issuer, subject, issuedUntil, until: until() });
    },
  };
}

/** Access and ID tokens are JWTs, in three parts of which the first is a JSON object; refresh tokens have five. */
function isJwt(token: string): boolean {
  const [header = "", ...rest] = token.split(".");
  if (rest.length !== 2) return false;
  try {
    return typeof JSON.parse(new TextDecoder().decode(base64url.decode(header))) === "object";
  } catch {
    return false;
  }
}
