import { expect } from "vitest";
import { documentedOperations } from "../contract-check.ts";
import { expectProblem } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import { head } from "../raw-http.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const paths = [...new Set(documentedOperations.map(({ path }) => path))];

const unknownPaths = [
  "/nope",
  "/v1",
  "/v1/",
  "/v1/sign-in/",
  "/V1/SIGN-IN",
  "/v1//sign-in",
  "/v1/sign-in%00",
  "/v1/sign-in%0d%0aX-Evil:1",
  "/v1/sign-in;a=b",
  "/v1/%73ign-in/x",
  "/v1/__proto__",
  "/.env",
  "/%",
  "/%zz",
  "/%c0%ae",
  "/<script>alert(1)</script>",
];

/** Targets that HTTP clients would mend or refuse before they send them. */
const strangeTargets = [
  "/v1/../v1/session",
  "/v1/%2e%2e/v1/session",
  "/..%2f..%2fetc/passwd",
  "/v1/x/../../v1/session",
  "//evil.example/v1/session",
  "\\v1\\session",
  "/v1/session#fragment",
  "/v1/session\x7f",
  "*",
  "http://evil.example/v1/session",
  "evil.example:443",
];

function documentedMethodsOf(path: string): string[] {
  return documentedOperations.filter((each) => each.path === path).map(({ method }) => method);
}

function allowedOf(headers: Headers): string[] {
  const listed = (headers.get("allow") ?? "").split(",").map((method) => method.trim());
  return listed.filter((method) => methods.includes(method)).sort();
}

export const routing: Family = {
  name: "routing",
  cases: [
    ...unknownPaths.map(
      (path): HttpCase => ({
        name: `knows no ${path}`,
        async run(probe) {
          expectProblem(await probe.send("GET", path), 404, "not_found");
          expectProblem(await probe.post(path, {}), 404, "not_found");
        },
      }),
    ),
    ...paths.map(
      (path): HttpCase => ({
        name: `${path} says which methods it takes`,
        async run(probe) {
          const documented = documentedMethodsOf(path);
          for (const method of methods.filter((each) => !documented.includes(each))) {
            const answer = await probe.send(method, path);
            expectProblem(answer, 405, "method_not_allowed");
            expect(allowedOf(answer.headers), method).toEqual([...documented].sort());
          }
        },
      }),
    ),
    ...paths.map(
      (path): HttpCase => ({
        name: `${path} answers HEAD as GET, and OPTIONS with nothing`,
        async run(probe) {
          const hasGet = documentedMethodsOf(path).includes("GET");
          const [get, asked] = [await probe.send("GET", path), await probe.send("HEAD", path)];
          expect({ status: asked.status, body: asked.body }).toEqual({
            status: hasGet ? get.status : 405,
            body: "",
          });
          expectProblem(await probe.send("OPTIONS", path), 405, "method_not_allowed");
        },
      }),
    ),
    ...strangeTargets.map(
      (target): HttpCase => ({
        name: `gives nothing away for the request target ${JSON.stringify(target)}`,
        async run(probe) {
          const request = head(`GET ${target}`, "Host: localhost", "Connection: close");
          const { statuses, closed, text } = await probe.raw(request);
          expect(closed || statuses.length === 1).toBe(true);
          expect(statuses.filter((status) => ![400, 401, 404, 405].includes(status))).toEqual([]);
          expect(text).not.toContain("evil.example");
        },
      }),
    ),
    ...["TRACE", "CONNECT", "PROPFIND", "get", "X"].map(
      (method): HttpCase => ({
        name: `has no use for the method ${method}`,
        async run(probe) {
          const request = head(`${method} /v1/session`, "Host: localhost", "Connection: close");
          const { statuses, closed } = await probe.raw(request);
          expect(closed || statuses.length === 1).toBe(true);
          expect(statuses.filter((status) => status < 400 || status > 501)).toEqual([]);
        },
      }),
    ),
  ],
};
