import { expect } from "vitest";
import { expectProblem } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import type { Account, Answer, Probe } from "../probe.ts";
import { trustedOrigin } from "./cors.ts";

/** Sessions whose tokens a browser keeps in cookies, as a page of the service's own uses them. */
export const browserSessions: Family = {
  name: "browser sessions",
  cases: [
    {
      name: "keeps the tokens of a sign-in in cookies, and goes by them until the sign-out",
      async run(probe) {
        const browser = createBrowser(probe, new URL(probe.url).origin);
        const started = await browser.signIn(await probe.register());
        expect(JSON.parse(started.body)).toEqual({
          status: "session_started",
          session: { expires_at: expect.any(Number) },
        });
        for (const line of started.headers.getSetCookie()) expect(line).toMatch(cookieForm);

        expect((await browser.send("GET", "/v1/session")).status).toBe(200);
        expect((await browser.send("GET", "/v1/me")).status).toBe(200);
        const renewed = await browser.send("POST", "/v1/token/refresh");
        expect([renewed.status, renewed.body]).toEqual([204, ""]);
        expect(renewed.headers.getSetCookie()).toHaveLength(2);

        expect((await browser.send("POST", "/v1/sign-out")).status).toBe(204);
        expect(browser.jar.size).toBe(0);
        expectProblem(await browser.send("GET", "/v1/session"), 401, "invalid_token");
      },
    },
    {
      name: "lets pages of a listed origin use a session's cookies, and no others",
      async run(probe) {
        const account = await probe.register();
        const listed = await createBrowser(probe, trustedOrigin).signIn(account);
        expect(listed.status).toBe(200);
        expect(listed.headers.get("access-control-allow-credentials")).toBe("true");
        for (const origin of ["https://evil.example", "null", undefined]) {
          const answer = await createBrowser(probe, origin).signIn(account);
          expectProblem(answer, 403, "origin_not_allowed");
          expect(answer.headers.getSetCookie()).toEqual([]);
        }
      },
    },
    {
      name: "takes no cookie without the header",
      async run(probe) {
        const origin = new URL(probe.url).origin;
        const browser = createBrowser(probe, origin);
        await browser.signIn(await probe.register());
        const headers = { cookie: browser.cookie(), origin };
        expectProblem(await probe.send("GET", "/v1/session", { headers }), 401, "invalid_token");
      },
    },
  ],
};

const cookieForm = /^portico(?:-access)?(?:\.\d)?=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax$/;

/** A browser, as far as its cookies go. */
function createBrowser(probe: Probe, origin: string | undefined) {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  async function send(method: string, path: string, value?: unknown): Promise<Answer> {
    const answer = await probe.send(method, path, {
      headers: {
        "portico-session": "cookie",
        ...(origin !== undefined && { origin }),
        ...(jar.size > 0 && { cookie: cookie() }),
        ...(value !== undefined && { "content-type": "application/json" }),
      },
      ...(value !== undefined && { body: JSON.stringify(value) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", kept = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes("Max-Age=0")) jar.delete(name);
      else jar.set(name, kept);
    }
    return answer;
  }

  return {
    jar,
    cookie,
    send,
    signIn: ({ username, password }: Account) =>
      send("POST", "/v1/sign-in", { username, password }),
  };
}
