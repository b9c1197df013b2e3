import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { parse } from "yaml";
import { checkAnswer } from "../http/contract-check.ts";

/** openapi.yaml as it is checked in. */
export const openApiYaml = readFileSync(new URL("../../openapi.yaml", import.meta.url), "utf8");

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
  readonly security?: readonly object[];
}

const { paths }: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> } =
  parse(openApiYaml);

/** Every operation that openapi.yaml describes. */
export const documentedOperations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    takesJson: "application/json" in (operation.requestBody?.content ?? {}),
    needsBearer: needsBearer(operation),
  })),
);

/** A browser's session stands for its token; an alternative that asks for nothing makes the token a choice. */
function needsBearer({ security = [] }: Operation): boolean {
  return (
    security.some((alternative) => "accessToken" in alternative) &&
    security.every((alternative) => Object.keys(alternative).length > 0)
  );
}

/** Whoever is sent away with one of these is told when to come back. */
const retryStatuses = [429, 502, 503, 504];

/** Holds an answer against openapi.yaml, and against what every answer of the service must have. */
export function checkAgainstContract(
  { method, url }: Request,
  response: Response,
  body: string,
): void {
  const path = new URL(url).pathname;
  const exchanged = `${method} ${path} → ${response.status}`;
  checkHeaders(path, response.headers, exchanged);
  if (response.status >= 400) checkProblem(response, body, exchanged);
  // A HEAD is answered as its GET without the content (RFC 9110 section 9.3.2), so there is nothing to look at.
  if (method === "HEAD") {
    expect(body, exchanged).toBe("");
    return;
  }
  checkAnswer(method, path, response, body);
  const isDocumented = documentedOperations.some(
    (operation) => operation.path === path && operation.method === method,
  );
  if (path in paths && !isDocumented && method !== "OPTIONS") {
    expect(response.status, exchanged).toBe(405);
  }
}

function checkHeaders(path: string, headers: Headers, exchanged: string): void {
  const has = (name: string) => expect(headers.get(name), `${name} of ${exchanged}`);
  has("x-request-id").toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  has("x-content-type-options").toBe("nosniff");
  has("referrer-policy").toBe("no-referrer");
  has("strict-transport-security").toMatch(/^max-age=(3[2-9]|[4-9]\d)\d{6}\b/);
  has("content-security-policy").toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
  has("x-powered-by").toBeNull();
  // Answers that may be kept say so for themselves: keys, documents and capabilities, which are the same for everyone.
  const isOfOne = path.startsWith("/v1/") && path !== "/v1/capabilities";
  if (isOfOne || !headers.get("cache-control")?.startsWith("public, ")) {
    has("cache-control").toBe("no-store");
  }
}

function checkProblem({ status, headers }: Response, body: string, exchanged: string): void {
  expect(headers.get("content-type"), exchanged).toBe("application/problem+json");
  expect(headers.get("cache-control"), exchanged).toBe("no-store");
  if (retryStatuses.includes(status)) {
    expect(headers.get("retry-after"), exchanged).toMatch(/^\d+$/);
  }
  if (body !== "") expect(JSON.parse(body).status, exchanged).toBe(status);
}
