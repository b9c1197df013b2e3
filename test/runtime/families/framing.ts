import { expect } from "vitest";
import type { Family, HttpCase } from "../http-case.ts";
import { head } from "../raw-http.ts";

const host = "Host: localhost";
const chunked = "Transfer-Encoding: chunked";
const body = '{"username":"a","password":"hunter2-never-to-be-echoed"}';
const smuggled = head("GET /smuggled", host);
const lastChunk = "0\r\n\r\n";

/**
 * Requests that say two things about where they end, or nothing that makes sense. Servers may answer or hang up, and may
 * not take what was smuggled in for a request of its own.
 */
const ambiguous: Readonly<Record<string, string>> = {
  "both a length and chunks": signIn(lastChunk + smuggled, "Content-Length: 6", chunked),
  "chunks and a length": signIn(lastChunk + smuggled, chunked, "Content-Length: 100"),
  "two lengths that differ": signIn(`{}${smuggled}`, "Content-Length: 2", "Content-Length: 60"),
  "two lengths in one line": signIn(`{}${smuggled}`, "Content-Length: 2, 60"),
  "a length that is no number": signIn(body, "Content-Length: 0x10"),
  "a negative length": signIn(body, "Content-Length: -1"),
  "a length with a plus": signIn(body, `Content-Length: +${body.length}`),
  "an encoding that nobody knows": signIn(body, "Transfer-Encoding: xchunked"),
  "an encoding twice": signIn(lastChunk + smuggled, "Transfer-Encoding: chunked, chunked"),
  "a chunk whose size is no number": signIn(`zz\r\n${body}\r\n${lastChunk}`, chunked),
  "a chunk with a negative size": signIn(`-1\r\n${body}\r\n${lastChunk}`, chunked),
  "a chunk longer than it says": signIn(`2\r\n${body}\r\n${lastChunk}`, chunked),
  "a chunk with an endless size": signIn(`${"f".repeat(64)}\r\n${body}`, chunked),
  "a folded header line": signIn("{}", "X-Folded: a\r\n b", "Content-Length: 2"),
  "white space before the colon": signIn("{}", "Content-Length : 2"),
  "a header line without a colon": head("GET /health/live", host, "NoColon"),
  "a NUL in a header": head("GET /health/live", host, "X-Nul: a\0b"),
  "a bare carriage return in a header": head("GET /health/live", host, "X-Cr: a\rX-Evil: b"),
  "line feeds alone": `GET /health/live HTTP/1.1\n${host}\n\n`,
  "no version": `GET /health/live\r\n${host}\r\n\r\n`,
  "a version of its own": `GET /health/live HTTP/9.9\r\n${host}\r\n\r\n`,
  "no request at all": "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n",
};

function signIn(content: string, ...headers: string[]): string {
  return head("POST /v1/sign-in", host, "Content-Type: application/json", ...headers) + content;
}

export const framing: Family = {
  name: "framing",
  cases: [
    ...Object.entries(ambiguous).map(
      ([what, bytes]): HttpCase => ({
        name: `answers once or hangs up at ${what}`,
        async run(probe) {
          const { statuses, closed, text } = await probe.raw(Buffer.from(bytes, "latin1"));
          expect(closed || statuses.length > 0).toBe(true);
          expect(statuses.length).toBeLessThanOrEqual(1);
          expect(
            statuses.filter((status) => status >= 500 && status !== 501 && status !== 505),
          ).toEqual([]);
          expect(text).not.toMatch(/hunter2|smuggled/);
        },
      }),
    ),
    {
      name: "lets a client hang up in the middle of its request",
      async run(probe) {
        const endless = new ReadableStream({
          start: (body) => body.enqueue(Buffer.from('{"user')),
        });
        const signal = AbortSignal.timeout(100);
        const headers = { "content-type": "application/json" };
        const init = { method: "POST", headers, body: endless, duplex: "half", signal } as const;
        await expect(fetch(`${probe.url}/v1/sign-in`, init)).rejects.toThrow();
      },
    },
    {
      name: "answers requests one after the other on one connection, in order",
      async run(probe) {
        const first = head("GET /health/live", host);
        const second = head("GET /v1/session", host, "Connection: close");
        const { statuses } = await probe.raw(first + second);
        expect(statuses).toEqual([200, 401]);
      },
    },
    {
      name: "refuses a request without a host",
      async run(probe) {
        const { statuses } = await probe.raw(head("GET /health/live", "Connection: close"));
        expect(statuses).toEqual([400]);
      },
    },
    {
      name: "repeats nothing of the hosts that a client names",
      async run(probe) {
        const lines = [
          "Host: evil.example",
          "X-Forwarded-Host: evil.example",
          "Forwarded: host=evil.example",
        ];
        for (const path of ["/v1/session", "/health/live", "/nope", "/openapi.json", "/docs"]) {
          const { text } = await probe.raw(head(`GET ${path}`, ...lines, "Connection: close"));
          expect(text, path).not.toContain("evil.example");
        }
      },
    },
    {
      name: "answers or refuses a request with two hosts, and repeats neither",
      async run(probe) {
        const hosts = ["Host: localhost", "Host: evil.example"];
        const { statuses, text } = await probe.raw(
          head("GET /v1/session", ...hosts, "Connection: close"),
        );
        expect([400, 401]).toContain(statuses[0]);
        expect(text).not.toContain("evil.example");
      },
    },
    {
      name: "refuses a host that is no host",
      async run(probe) {
        for (const name of ["a b", "evil.example/path", "[::1", "a:port", "%00", ""]) {
          const request = head("GET /health/live", `Host: ${name}`, "Connection: close");
          const { statuses, closed, text } = await probe.raw(request);
          expect(closed || statuses.length === 1, name).toBe(true);
          expect([200, 400, undefined], name).toContain(statuses[0]);
          expect(text, name).not.toContain("evil.example");
        }
      },
    },
    {
      name: "takes the path from the request line, whatever the host says",
      async run(probe) {
        for (const name of ["localhost/health/live?", "localhost/health/live#", "a@localhost"]) {
          const request = head("GET /v1/session", `Host: ${name}`, "Connection: close");
          const { statuses } = await probe.raw(request);
          expect([400, 401, undefined], name).toContain(statuses[0]);
        }
      },
    },
  ],
};
