import { page } from "../docs/page.ts";
import { script } from "../docs/script.ts";
import { style } from "../docs/style.ts";
import type { Answer } from "../exchange/answer.ts";
import { type JsonValue, toYaml } from "../openapi/yaml.ts";
import type { Route } from "../operation-routes.ts";

/** The time that the documents may be kept, in seconds. */
const maxAgeSeconds = 300;

/** A word on what this is, the OpenAPI document in both forms, and the page to read and try it. */
export function documentRoutes(): readonly Route[] {
  return [
    document("/", "application/json", () => JSON.stringify(welcome)),
    document("/openapi.json", "application/json", async () => JSON.stringify(await openApi())),
    document("/openapi.yaml", "application/yaml", async () => toYaml(await openApi())),
    document("/docs", "text/html; charset=utf-8", () => page),
    document("/docs/app.js", "text/javascript; charset=utf-8", () => script),
    document("/docs/style.css", "text/css; charset=utf-8", () => style),
  ];
}

const welcome = {
  name: "Portico",
  description: "An identity service.",
  documentation: "/docs",
  openapi: "/openapi.json",
};

/** The page runs its own script and style and calls this service, and nothing else. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function document(path: string, mediaType: string, content: () => string | Promise<string>): Route {
  let text: string | undefined;
  return {
    method: "GET",
    path,
    async respond(): Promise<Answer> {
      text ??= await content();
      return {
        status: 200,
        body: text,
        headers: {
          "Content-Type": mediaType,
          "Cache-Control": `public, max-age=${maxAgeSeconds}`,
          "Content-Security-Policy": contentSecurityPolicy,
        },
      };
    },
  };
}

/** Loaded when it is first asked for, as a Worker that starts has better things to do. */
async function openApi(): Promise<JsonValue> {
  const { openApiDocument } = await import("../openapi/document.ts");
  return JSON.parse(JSON.stringify(openApiDocument()));
}
