import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A question that came, as its form says. */
export type Question = Readonly<Record<string, string>>;

/** A service that speaks `siteverify`, on loopback. */
export interface SiteverifyServer {
  readonly url: string;
  readonly questions: readonly Question[];
  /** The targets that were asked for, as they may end up in logs. */
  readonly targets: readonly string[];
  /** Passes a captcha as a person would on a page, and gives the token. */
  pass(about?: { readonly hostname?: string; readonly action?: string }): string;
  close(): Promise<void>;
}

type Answer = (question: Question, response: ServerResponse) => void;

const type = "application/x-www-form-urlencoded";

/** Starts a service that knows some secrets, and takes each token once, as the real ones do. */
export async function startSiteverifyServer(
  secrets: readonly string[],
  answer?: Answer,
): Promise<SiteverifyServer> {
  const passed = new Map<string, object>();
  const questions: Question[] = [];
  const targets: string[] = [];
  const verdict = ({ secret = "", response: token = "" }: Question) => {
    if (!secrets.includes(secret)) return refusal("invalid-input-secret");
    const about = passed.get(token);
    if (!about) return refusal("invalid-input-response");
    if ("isSpent" in about) return refusal("timeout-or-duplicate");
    passed.set(token, { isSpent: true });
    return { success: true, "error-codes": [], challenge_ts: new Date().toISOString(), ...about };
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const isForm = request.method === "POST" && request.headers["content-type"]?.startsWith(type);
    const question = Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString()));
    questions.push(question);
    targets.push(request.url ?? "");
    if (answer) answer(question, response);
    else response.end(JSON.stringify(isForm ? verdict(question) : refusal("bad-request")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/siteverify`,
    questions,
    targets,
    pass({ hostname = "app.example.com", action = "" } = {}) {
      const token = `passed-${crypto.randomUUID()}`;
      passed.set(token, { hostname, action });
      return token;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refusal(word: string) {
  return { success: false, "error-codes": [word] };
}
