import { expect } from "vitest";
import { expectProblem } from "../expectations.ts";
import type { Family } from "../http-case.ts";
import { head } from "../raw-http.ts";

const json = { "content-type": "application/json" };
const tooLarge = 1024 * 1024;
const chunkBytes = 16 * 1024;

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
        const body = bodyOf(tooLarge);
        const answer = await probe.send("POST", "/v1/sign-in", { headers: json, body });
        expectProblem(answer, 413, "payload_too_large");
      },
    },
    {
      name: "refuses a body that turns out too large while it comes in chunks",
      async run(probe) {
        const body = new Blob([bodyOf(tooLarge)]).stream();
        const answer = await probe.send("POST", "/v1/sign-in", { headers: json, body });
        expectProblem(answer, 413, "payload_too_large");
      },
    },
    {
      name: "counts bytes and not characters",
      async run(probe) {
        const limit = await limitOf((bytes) =>
          probe.send("POST", "/v1/sign-in", { headers: json, body: bodyOf(bytes) }),
        );
        const characters = Math.ceil(limit / 2);
        const body = `{"username":"a","password":"${"é".repeat(characters)}"}`;

        const answer = await probe.send("POST", "/v1/sign-in", { headers: json, body });

        expect(body.length).toBeLessThan(limit);
        expectProblem(answer, 413, "payload_too_large");
      },
    },
    {
      name: "refuses an endless body long before its end",
      async run(probe) {
        const chunk = `${chunkBytes.toString(16)}\r\n${"x".repeat(chunkBytes)}\r\n`;
        const request = head(
          "POST /v1/sign-in",
          "Host: localhost",
          "Content-Type: application/json",
          "Transfer-Encoding: chunked",
        );
        const answer = await probe.raw(request, ...Array.from({ length: 40 }, () => chunk));
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

/** Finds the size limit: the answer to one byte more is 413. */
async function limitOf(
  answerTo: (bytes: number) => Promise<{ readonly status: number }>,
): Promise<number> {
  let [taken, refused] = [1_024, tooLarge];
  while (refused - taken > 1) {
    const middle = Math.floor((taken + refused) / 2);
    if ((await answerTo(middle)).status === 413) refused = middle;
    else taken = middle;
  }
  return taken;
}
