import { IdentityError, type IdentityErrorCode, identityErrorCodes } from "../../domain/errors.ts";
import type { Route } from "../operation-routes.ts";

/** The time that a page may be kept, in seconds. */
const maxAgeSeconds = 300;

/** The pages that tell people what a problem is about, which answers point to. */
export function problemPageRoutes(): readonly Route[] {
  let policy: Promise<string> | undefined;
  return [
    {
      method: "GET",
      path: "/problems/{code}",
      async respond({ request }) {
        const code = new URL(request.url).pathname.split("/").at(-1) ?? "";
        if (!isCode(code)) throw new IdentityError("not_found");
        // Loaded when it is first asked for, as a start has better things to do.
        const { problemPage, problemStyle } = await import("./problem-page.ts");
        policy ??= contentSecurityPolicy(problemStyle);
        return {
          status: 200,
          body: problemPage(code),
          headers: {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": await policy,
            "Cache-Control": `public, max-age=${maxAgeSeconds}`,
          },
        };
      },
    },
  ];
}

/** Gives the address of the page on a problem, for the header `Link` (RFC 8288 section 3). */
export function problemLink(code: IdentityErrorCode): string {
  return `</problems/${code}>; rel="help"`;
}

function isCode(text: string): text is IdentityErrorCode {
  const codes: readonly string[] = identityErrorCodes;
  return codes.includes(text);
}

/** Nothing but the page's one style, by its digest (Content Security Policy Level 3, section 2.3.1). */
async function contentSecurityPolicy(style: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
