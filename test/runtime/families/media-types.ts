import { expect } from "vitest";
import { expectProblem } from "../expectations.ts";
import type { Family, HttpCase } from "../http-case.ts";
import { headersFor, jsonRequests, nameOf } from "../json-requests.ts";

/** A browser sends the first three from any site without asking, so a body must not count under them. */
const refused = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/vnd.api+json",
  "application/problem+json",
  "application/jsonx",
  "xapplication/json",
  "text/json",
  "application/json, text/plain",
  "application/json; charset=latin1",
  "application/json; charset=utf-16",
  "json",
];

const taken = [
  "application/json",
  "APPLICATION/JSON",
  "application/json; charset=utf-8",
  'application/json;charset="UTF-8"',
];

export const mediaTypes: Family = {
  name: "media types",
  cases: [
    ...jsonRequests.map(
      (request): HttpCase => ({
        name: `${nameOf(request)} takes a body that is called JSON and no other`,
        async run(probe) {
          const { authorization } = await headersFor(probe, request);
          const { method = "POST", path } = request;
          const body = JSON.stringify(request.body);
          for (const type of refused) {
            const headers = { ...(authorization && { authorization }), "content-type": type };
            const answer = await probe.send(method, path, { headers, body });
            expectProblem(answer, 415, "unsupported_media_type");
          }
        },
      }),
    ),
    ...jsonRequests.map(
      (request): HttpCase => ({
        name: `${nameOf(request)} refuses a body without a content type`,
        async run(probe) {
          const { authorization } = await headersFor(probe, request);
          // Bytes, because fetch makes text/plain of a string.
          const body = new TextEncoder().encode(JSON.stringify(request.body));
          const headers: Record<string, string> = authorization ? { authorization } : {};
          const answer = await probe.send(request.method ?? "POST", request.path, {
            headers,
            body,
          });
          expectProblem(answer, 415, "unsupported_media_type");
        },
      }),
    ),
    ...taken.map(
      (type): HttpCase => ({
        name: `takes ${type}`,
        async run(probe) {
          const body = '{"refresh_token":"no-such-token"}';
          const headers = { "content-type": type };
          const answer = await probe.send("POST", "/v1/token/refresh", { headers, body });
          expectProblem(answer, 401, "invalid_refresh_token");
        },
      }),
    ),
    {
      name: "answers a client that accepts nothing that there is",
      async run(probe) {
        const answer = await probe.send("GET", "/health/live", {
          headers: { accept: "image/png" },
        });
        expect([200, 406]).toContain(answer.status);
      },
    },
  ],
};
