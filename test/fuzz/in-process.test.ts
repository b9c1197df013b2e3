import { expect, test } from "vitest";
import { operations } from "./document.ts";
import { fuzzing } from "./fuzzing.ts";
import { fuzz } from "./run.ts";
import { inProcess, targetOf } from "./targets.ts";

/** The parts of all requests, by what a request takes. */
const shares: Readonly<Record<string, number>> = {
  memory: 0.58,
  "memory with limits": 0.22,
  cognito: 0.09,
  "better-auth": 0.03,
};

for (const [name, open] of Object.entries(inProcess)) fuzzing(name, shares[name] ?? 0.1, open);

test.each([
  ["a status that is not declared", () => new Response(null, { status: 418 })],
  ["a fault", () => Response.json({}, { status: 500 })],
  ["a body that is not as declared", () => Response.json({ status: "surprised" })],
])("%s is found, and told with the seed", async (_what, answer) => {
  const headers = { "x-request-id": crypto.randomUUID() };
  const fetch = () => {
    const response = answer();
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };

  await expect(fuzz(targetOf(fetch), { seed: 7, requests: 100 })).rejects.toThrow(
    /seed 7, round 0/,
  );
});

test("a run with the same seed asks the same", async () => {
  const asked = async () => {
    const urls: string[] = [];
    const fetch = (request: Request) => {
      urls.push(`${request.method} ${request.url}`);
      return Response.json({}, { status: 418 });
    };
    await fuzz(targetOf(fetch), { seed: 7, requests: 100 }).catch(() => undefined);
    return urls;
  };

  const first = await asked();

  expect(first.length).toBeGreaterThan(0);
  expect(await asked()).toEqual(first);
  expect(operations.length).toBeGreaterThan(45);
});
