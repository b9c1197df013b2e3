import type { AnswerChallengeInput, Ports, RefreshInput, SignInInput } from "../../ports/index.ts";
import { checkNewPassword, normalizeUsername } from "../credentials.ts";
import { IdentityError, isIdentityError } from "../errors.ts";
import { from, type WithCallerAddress } from "../ip-address.ts";
import type { Page, PageRequest } from "../page.ts";
import type { Principal } from "../principal.ts";
import type { SecurityEvent } from "../security-event.ts";
import type { SessionSummary, SignInResult, TokenSet } from "../session.ts";
import { type AuditPorts, audited } from "./audited.ts";
import { type PasswordListPorts, refuseCompromised } from "./compromised-passwords.ts";
import { finishSignIn, type LimitPorts, limited } from "./limits.ts";
import { verifyPromptly } from "./prompt-verification.ts";
import { endingAccess, revokeSession } from "./revocations.ts";

type SessionPorts = Pick<Ports, "identity"> & AuditPorts & LimitPorts;

/** A caller who showed an access token that was verified. */
export interface Caller {
  readonly principal: Principal;
  readonly accessToken: string;
}

/**
 * Begins a sign-in.
 *
 * @throws {IdentityError} as `Sessions.signIn`
 * @throws {IdentityError} `validation_failed` — the factor is `password` and there is none, or there is one for another
 */
export async function signIn(ports: SessionPorts, input: SignInInput): Promise<SignInResult> {
  const attempt = { ...input, username: normalizeUsername(input.username) };
  const factor = input.factor ?? (input.password === undefined ? undefined : "password");
  if ((factor === "password") !== (input.password !== undefined)) {
    const reason = factor === "password" ? "required" : "not_allowed";
    throw new IdentityError("validation_failed", { violations: [{ path: ["password"], reason }] });
  }
  try {
    return await limited(
      ports,
      { action: "sign_in", ...attempt },
      () => audited(ports, "sign_in", () => ports.identity.signIn(attempt), attempt, challengeIn),
      ({ status }) => status === "signed_in",
    );
  } catch (error) {
    if (!isIdentityError(error, "user_not_found")) throw error;
    throw new IdentityError("invalid_credentials", { cause: error });
  }
}

/**
 * Answers a challenge of a sign-in.
 *
 * @throws {IdentityError} `password_compromised` — attackers know the new password; the challenge lives on
 * @throws {IdentityError} as `Sessions.answerChallenge`
 */
export async function answerChallenge(
  ports: SessionPorts & PasswordListPorts,
  input: AnswerChallengeInput,
): Promise<SignInResult> {
  const newPassword = input.answer.type === "new_password" ? input.answer.newPassword : undefined;
  if (newPassword !== undefined) checkNewPassword(newPassword, "newPassword");
  const result = await limited(ports, { action: "code_attempt", ...from(input) }, () =>
    audited(
      ports,
      input.answer.type === "recovery_code" ? "recovery_code_use" : "challenge_answer",
      async () => {
        await refuseCompromised(ports, newPassword, "newPassword");
        return ports.identity.answerChallenge(input);
      },
      {},
      challengeIn,
    ),
  );
  if (result.status === "signed_in") await finishSignIn(ports, { ...result, ...from(input) });
  return result;
}

function challengeIn(result: SignInResult): Pick<SecurityEvent, "challenge"> {
  return result.status === "challenge" ? { challenge: result.challenge.type } : {};
}

/**
 * Sends the code of a challenge again.
 *
 * @throws {IdentityError} as `Sessions.resendChallengeCode`
 */
export async function resendChallengeCode(
  ports: SessionPorts,
  input: { readonly session: string } & WithCallerAddress,
): Promise<void> {
  await limited(ports, { action: "code_sending", ...from(input) }, () =>
    audited(ports, "challenge_code_resend", () => ports.identity.resendChallengeCode(input)),
  );
}

/**
 * Trades a refresh token for new tokens.
 *
 * @throws {IdentityError} as `Sessions.refresh`
 */
export async function refreshTokens(ports: SessionPorts, input: RefreshInput): Promise<TokenSet> {
  const attempt = { action: "token_refresh", token: input.refreshToken, ...from(input) } as const;
  return limited(ports, attempt, () =>
    audited(ports, "token_refresh", () => ports.identity.refresh(input)),
  );
}

/** The session that a sign-out is to end. */
export interface SignOutInput extends WithCallerAddress {
  readonly refreshToken: string;
  /** One of its access tokens. */
  readonly accessToken?: string;
  /** The session as its access tokens name it, where that is known without one. */
  readonly session?: { readonly issuer: string; readonly sessionId?: string };
}

/**
 * Ends the session of a refresh token, and the access tokens of the session that an access token names: a refresh token
 * names none. That the access token is not good any more is no error, as there is nothing left to end then.
 *
 * @throws {IdentityError} `rate_limited` — the limit of the address is used up: nobody is signed in who asks for it
 * @throws {IdentityError} as `Sessions.signOut`
 * @throws {IdentityError} `keys_unavailable` — the refresh token is dead, but the access token cannot be read now
 * @throws {IdentityError} `provider_unavailable` — the refresh token is dead, but the access token may not be
 */
export async function signOut(
  ports: SessionPorts & Pick<Ports, "tokens" | "revocations">,
  { refreshToken, accessToken, session, ...caller }: SignOutInput,
): Promise<void> {
  const end = async () => {
    await ports.identity.signOut({ refreshToken });
    if (session) await revokeSession(ports, session);
    if (accessToken === undefined || !ports.revocations) return;
    const principal = await unlessRefused(() => ports.tokens.verify(accessToken));
    if (principal?.kind === "user") await revokeSession(ports, principal);
  };
  await limited(ports, { action: "sign_out", ...from(caller) }, () =>
    audited(ports, "sign_out", end),
  );
}

/**
 * Ends every session of the caller, and every access token.
 *
 * @throws {IdentityError} `provider_unavailable` — the sessions have ended, but the access tokens may not have
 * @throws {IdentityError} as `Sessions.signOutEverywhere`
 */
export async function signOutEverywhere(
  ports: SessionPorts & Pick<Ports, "revocations">,
  { principal, accessToken }: Caller,
): Promise<void> {
  const end = () =>
    endingAccess(ports, principal, () => ports.identity.signOutEverywhere({ accessToken }));
  await audited(ports, "sign_out_everywhere", end, { subject: principal.subject });
}

/**
 * Tells whom an access token speaks for: without a promise where nothing has to be waited for.
 *
 * @throws {IdentityError} as `TokenVerifier.verify`
 */
export function authenticate(
  ports: Pick<Ports, "tokens"> & AuditPorts,
  accessToken: string,
): Caller | Promise<Caller> {
  const verified = verifyPromptly(ports.tokens, accessToken);
  return "then" in verified
    ? authenticateLater(ports, verified, accessToken)
    : { principal: verified, accessToken };
}

async function authenticateLater(
  ports: AuditPorts,
  verified: Promise<Principal>,
  accessToken: string,
): Promise<Caller> {
  try {
    return { principal: await verified, accessToken };
  } catch (error) {
    if (isIdentityError(error)) {
      const at = ports.clock.now();
      const { code, rejection, rejectionReason } = error;
      ports.events.record({
        type: "token_rejection",
        outcome: "failure",
        at,
        code,
        ...(rejection && { rejection }),
        ...(rejectionReason && { rejectionReason }),
      });
    }
    throw error;
  }
}

/**
 * Tells a resource server whom an access token speaks for: nobody, if anything is wrong with it.
 *
 * @throws {IdentityError} as `TokenVerifier.verify`, where whether the token is good cannot be told
 */
export async function introspect(
  ports: Pick<Ports, "tokens"> & AuditPorts,
  accessToken: string,
): Promise<Principal | undefined> {
  return unlessRefused(async () => (await authenticate(ports, accessToken)).principal);
}

/**
 * Lists the caller's sessions, a page at a time.
 *
 * @throws {IdentityError} as `Sessions.listSessions`
 */
export async function listSessions(
  ports: Pick<Ports, "identity">,
  { accessToken }: Caller,
  page: PageRequest,
): Promise<Page<SessionSummary>> {
  return ports.identity.listSessions({ ...page, accessToken });
}

/**
 * Ends one of the caller's sessions, and its access tokens.
 *
 * @throws {IdentityError} as `Sessions.endSession`
 * @throws {IdentityError} `provider_unavailable` — the session has ended, but its access tokens may not have
 */
export async function endSession(
  ports: SessionPorts & Pick<Ports, "revocations">,
  { accessToken, principal: { subject, issuer } }: Caller,
  sessionId: string,
): Promise<void> {
  const end = async () => {
    await ports.identity.endSession({ accessToken, sessionId });
    await revokeSession(ports, { issuer, sessionId });
  };
  await audited(ports, "session_end", end, { subject });
}

/** Gives the outcome of a verification, or nothing where the token is not good. */
async function unlessRefused(verify: () => Promise<Principal>): Promise<Principal | undefined> {
  try {
    return await verify();
  } catch (error) {
    if (isIdentityError(error, "invalid_token", "token_expired", "token_revoked")) return undefined;
    throw error;
  }
}
