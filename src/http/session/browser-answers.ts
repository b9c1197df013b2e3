import type { TokenSet } from "../../domain/session.ts";
import type { Answer } from "../exchange/answer.ts";
import type { Operation } from "../operation.ts";
import type { Output } from "../schemas/registry.ts";
import type { SignInResponse } from "../schemas/sessions.ts";
import type { BrowserRequest } from "./browser-requests.ts";

/** The ways on that an operation has, for a request that keeps its tokens in cookies. */
export interface BrowserSteps {
  /** Serves the request as any other, and gives what it is answered with. */
  readonly serve: (finish: (content: unknown) => unknown) => Answer | Promise<Answer>;
}

const noContent: Answer = { status: 204, body: null };

/**
 * Answers a request that keeps its tokens in cookies: no token is in the answer, and what an operation would be sent in its
 * body comes out of the cookies.
 */
export function answerBrowser(
  browser: BrowserRequest,
  { session, bearer }: Pick<Operation, "session" | "bearer">,
  steps: BrowserSteps,
): Answer | Promise<Answer> {
  try {
    const answer = answered(browser, session, bearer === true, steps);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error) => fail(browser, error));
  } catch (error) {
    return fail(browser, error);
  }
}

function answered(
  browser: BrowserRequest,
  session: Operation["session"],
  isOfCaller: boolean,
  { serve }: BrowserSteps,
): Answer | Promise<Answer> {
  if (session === "starts") {
    return serve((content) => withoutTokens(browser, content as Output<typeof SignInResponse>));
  }
  if (session === "renews") return browser.renew().then(() => noContent);
  if (session === "ends" && !isOfCaller) return browser.end().then(() => noContent);
  return serve((content) => {
    if (session === "ends") browser.clear();
    return content;
  });
}

function fail(browser: BrowserRequest, error: unknown): never {
  browser.take(error);
  throw error;
}

/** Begins the session of a sign-in that has ended well; a challenge is answered as it is. */
async function withoutTokens(
  browser: BrowserRequest,
  content: Output<typeof SignInResponse>,
): Promise<Output<typeof SignInResponse>> {
  if (content.status !== "signed_in") return content;
  const { access_token, id_token, refresh_token, token_type, expires_in } = content.tokens;
  const tokens: TokenSet = {
    accessToken: access_token,
    tokenType: token_type,
    expiresIn: expires_in,
    ...(id_token !== undefined && { idToken: id_token }),
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
  };
  return { status: "session_started", session: { expires_at: await browser.start(tokens) } };
}
