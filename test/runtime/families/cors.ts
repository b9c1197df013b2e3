import { expect } from "vitest";
import type { Family, HttpCase } from "../http-case.ts";
import type { Probe } from "../probe.ts";

/** The one origin that the service under test is told to trust. */
export const trustedOrigin = "https://app.example.com";

const strangers = [
  "https://evil.example",
  "null",
  "http://app.example.com",
  "https://app.example.com.evil.example",
  "https://evilapp.example.com",
  "https://app.example.com:8443",
  "https://app.example.com/",
  "HTTPS://APP.EXAMPLE.COM",
];

export const cors: Family = {
  name: "cross-origin requests",
  cases: [
    {
      name: "lets a listed origin read answers and send requests",
      async run(probe) {
        const answer = await ask(probe, "GET", trustedOrigin);
        const preflight = await ask(probe, "OPTIONS", trustedOrigin);
        expect(answer.headers.get("access-control-allow-origin")).toBe(trustedOrigin);
        expect(answer.headers.get("vary")).toMatch(/\borigin\b/i);
        expect(preflight.status).toBe(204);
        expect(preflight.headers.get("access-control-allow-origin")).toBe(trustedOrigin);
        expect(preflight.headers.get("access-control-allow-headers")).toMatch(/content-type/i);
      },
    },
    ...strangers.map(
      (origin): HttpCase => ({
        name: `lets ${origin} read nothing`,
        async run(probe) {
          for (const method of ["GET", "OPTIONS"]) {
            const { headers } = await ask(probe, method, origin);
            expect(headers.get("access-control-allow-origin"), method).toBeNull();
            expect(headers.get("vary"), method).toMatch(/\borigin\b/i);
          }
        },
      }),
    ),
  ],
};

function ask(probe: Probe, method: string, origin: string) {
  const preflight = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type,authorization",
  };
  const headers = { origin, ...(method === "OPTIONS" && preflight) };
  return probe.send(method, "/v1/sign-in", { headers });
}
