import { expect } from "vitest";
import { expectBlames, expectProblem } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { head } from "../raw-http.ts";

const json = { "content-type": "application/json" };

/** What the service reads of a body when it is told nothing else, in bytes. */
const largestBody = 65_536;
const tooLarge = 16 * largestBody;

const chunkedHead = head(
  "POST /v1/sign-in",
  "Host: localhost",
  "Content-Type: application/json",
  "Transfer-Encoding: chunked",
);

function chunkOf(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** A good sign-in of so many bytes, each of its characters one byte. */
function bodyOf(bytes: number): string {
  const start = '{"username":"a","password":"';
  return `${start}${"x".repeat(bytes - start.length - 2)}"}`;
}

export const sizes: Family = {
  name: "sizes",
  cases: [
    {
      name: "refuses a body whose length is said to be too large",
      async run(probe) {
        // No more than fits into a socket's buffers: a server may hang up on whoever is still sending after its answer.
        const body = bodyOf(2 * largestBody);
        const answer = await probe.send("POST", "/v1/sign-in", { headers: json, body });
        expectProblem(answer, 413, "payload_too_large");
      },
    },
    {
      // @see https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1
      name: "refuses a body that is too large by its own word before it comes",
      async run(probe) {
        const declared = ["Content-Type: application/json", `Content-Length: ${tooLarge}`];
        const start = performance.now();
        for (const lines of [[], ["Expect: 100-continue"]]) {
          const answer = await probe.raw(
            head("POST /v1/sign-in", "Host: localhost", ...declared, ...lines),
          );
          // Some servers tell the client to go on before anybody is asked.
          expect(answer.statuses.filter((status) => status !== 100)).toEqual([413]);
          expect(answer.text).toContain('"code":"payload_too_large"');
        }
        expect(performance.now() - start).toBeLessThan(5_000);
      },
    },
    {
      name: "asks a client that waits for its body, and reads it",
      async run(probe) {
        const lines = ["Content-Type: application/json", "Content-Length: 2"];
        const request = head(
          "POST /v1/sign-in",
          "Host: localhost",
          "Expect: 100-continue",
          ...lines,
        );
        const next = head("GET /v1/session", "Host: localhost", "Connection: close");
        const { statuses, closed } = await probe.raw(request, "", "", "{}", "", next);
        expect(statuses.slice(0, 2)).toEqual([100, 400]);
        expect(closed || statuses[2] === 401).toBe(true);
      },
    },
    {
      name: "refuses a body that turns out too large while it comes in chunks",
      async run(probe) {
        // In one write, for the same reason.
        const body = bodyOf(2 * largestBody);
        const answer = await probe.raw(`${chunkedHead}${chunkOf(body)}0\r\n\r\n`);
        expect(answer.statuses).toEqual([413]);
        expect(answer.text).toContain('"code":"payload_too_large"');
      },
    },
    {
      name: "counts bytes and not characters",
      async run(probe) {
        const characters = "é".repeat(largestBody / 2);
        const taken = `{"username":"a","password":"${characters.slice(100)}"}`;
        const refused = `{"username":"a","password":"${characters}"}`;
        const send = (body: string) => probe.send("POST", "/v1/sign-in", { headers: json, body });
        expectBlames(await send(taken), "/password");
        expectProblem(await send(refused), 413, "payload_too_large");
      },
    },
    {
      name: "reads a body that is as large as can be",
      async run(probe) {
        const send = (body: string) => probe.send("POST", "/v1/sign-in", { headers: json, body });
        expectBlames(await send(bodyOf(largestBody)), "/password");
        expectProblem(await send(bodyOf(largestBody + 1)), 413, "payload_too_large");
      },
    },
    {
      name: "refuses an endless body long before its end",
      async run(probe) {
        const chunk = chunkOf("x".repeat(largestBody / 4));
        const answer = await probe.raw(chunkedHead, ...Array.from({ length: 40 }, () => chunk));
        expect(answer.statuses).toEqual([413]);
      },
    },
    {
      name: "answers or hangs up on a head that is too large",
      async run(probe) {
        const line = `X-Long: ${"x".repeat(128 * 1024)}`;
        const answer = await probe.raw(head("GET /health/live", "Host: localhost", line));
        expect(answer.closed || answer.statuses.length === 1).toBe(true);
        expect(answer.statuses.filter((status) => status >= 500)).toEqual([]);
      },
    },
    {
      name: "answers a path that is too long",
      async run(probe) {
        const answer = await probe.send("GET", `/v1/${"x".repeat(8_000)}`);
        expectProblem(answer, 404, "not_found");
      },
    },
  ],
};
