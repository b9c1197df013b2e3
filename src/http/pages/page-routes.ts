import { IdentityError } from "../../domain/errors.ts";
import type { Answer } from "../exchange/answer.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Route } from "../operation-routes.ts";
import { badLinkPage, type PageLanguage, type PageName, page, pageLanguages } from "./page.ts";
import { returnAddress } from "./return-address.ts";

/** The pages of the service, as they are set up. */
export interface Pages {
  /** The origins that a page may take the browser back to, besides the service's own. @default none */
  readonly returnOrigins?: readonly string[];
  /**
   * Whether they show the messages of a provider that sends none, codes and all: for development. Nobody gets more by it
   * than `/dev/outbox` gives. @default false
   */
  readonly showsOutbox?: boolean;
}

const names: readonly PageName[] = ["sign-in", "sign-up", "recover", "account"];

/**
 * The sign-in pages, and their script and style, whose names change with what is in them, so that browsers may keep them.
 *
 * @param own - the origin of the service, where it was told
 */
export function pageRoutes(pages: Pages, own: string | undefined): readonly Route[] {
  return [
    ...names.map((name) => pageRoute(name, pages, own)),
    { method: "GET", path: "/assets/{name}", respond: asset },
  ];
}

/**
 * The script and style are the service's own, and so is all that they ask for; pictures are those in the style and the
 * script. Texts never become markup: no part of the page may write any (Trusted Types).
 */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

function pageRoute(
  name: PageName,
  { returnOrigins = [], showsOutbox = false }: Pages,
  own: string | undefined,
): Route {
  return {
    method: "GET",
    path: `/${name}`,
    async respond({ request }) {
      const { script, style } = await import("./assets.ts");
      const language = languageOf(request);
      const { origin, searchParams } = new URL(request.url);
      const [wanted, ...more] = searchParams.getAll("return_to");
      const returnTo =
        wanted === undefined ? undefined : returnAddress(wanted, own ?? origin, returnOrigins);
      if ((wanted !== undefined && returnTo === undefined) || more.length > 0) {
        return html(400, badLinkPage({ language, style }));
      }
      return html(200, page({ name, language, script, style, returnTo, showsOutbox }));
    },
  };
}

/** No page is kept, as the next version of the service has other names for its script and style. */
function html(status: 200 | 400, body: string): Answer {
  return {
    status,
    body,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": contentSecurityPolicy,
    },
  };
}

/** Loaded when they are first asked for, as a start has better things to do. */
async function asset({ request }: Exchange): Promise<Answer> {
  const { assets } = await import("./assets.ts");
  const name = new URL(request.url).pathname.split("/").at(-1) ?? "";
  const body = new Map<string, string>(Object.entries(assets)).get(name);
  if (body === undefined) throw new IdentityError("not_found");
  const type = name.endsWith(".css") ? "text/css" : "text/javascript";
  return {
    status: 200,
    body,
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Cache-Control": "public, max-age=31536000, immutable",
    },
  };
}

/** Picks the language that the browser asks for first among ours (RFC 9110 section 12.5.4); weights aside, it lists them in order. */
function languageOf(request: Exchange["request"]): PageLanguage {
  const asked = (request.header("Accept-Language") ?? "").toLowerCase().split(",");
  const first = asked.map((range) => range.trim().slice(0, 2));
  const found = first.flatMap((tag) => pageLanguages.filter((language) => language === tag));
  return found[0] ?? pageLanguages[0];
}
