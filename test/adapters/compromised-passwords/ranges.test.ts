import { describe, expect, onTestFinished, test } from "vitest";
import { createPasswordRanges } from "../../../src/adapters/compromised-passwords/index.ts";
import { type RangeServer, sha1, startRangeServer } from "./range-server.ts";

const password = "correct horse battery staple";

/** Starts a list over a service, and keeps what the operator heard. */
async function start(...service: Parameters<typeof startRangeServer>) {
  const server = await startRangeServer(...service);
  onTestFinished(server.close);
  const failures: unknown[] = [];
  const list = createPasswordRanges({
    url: server.url,
    timeoutMs: 300,
    onFailure: (failure) => failures.push(failure),
  });
  return { list, server, failures };
}

const asked = ({ requests }: RangeServer) => requests.map(({ method, url }) => `${method} ${url}`);

describe("ranges of digests", () => {
  test("are asked for five digits of a digest, padded, and for nothing else", async () => {
    const { list, server } = await start([password]);

    expect(await list.has(password)).toBe(true);
    expect(asked(server)).toEqual([`GET /range/${sha1(password).slice(0, 5)}`]);
    const [request] = server.requests;
    expect(request?.headers).toMatchObject({ "add-padding": "true", "user-agent": "portico" });
    expect(JSON.stringify(request?.rawHeaders)).not.toContain(sha1(password).slice(5));
  });

  test("say nothing of a password that is only there as padding", async () => {
    const { list, failures } = await start([], (_request, response) => {
      response.end(`${sha1(password).slice(5)}:0`);
    });

    expect(await list.has(password)).toBe(false);
    expect(failures).toEqual([]);
  });

  test("are read in small letters and with plain line ends as well", async () => {
    const { list } = await start([], (_request, response) => {
      response.end(`${sha1("another").slice(5)}:3\n${sha1(password).slice(5).toLowerCase()}:2\n`);
    });

    expect(await list.has(password)).toBe(true);
  });

  const endlessly = Buffer.alloc(65_536, "A");
  test.each<[string, NonNullable<Parameters<typeof startRangeServer>[1]>]>([
    ["is refused", (_request, response) => response.writeHead(503).end()],
    ["is a page", (_request, response) => response.end("<!doctype html><title>Sign in</title>")],
    ["is empty", (_request, response) => response.end()],
    ["leads elsewhere", (_request, response) => response.writeHead(302, { Location: "/" }).end()],
    ["never comes", () => undefined],
    ["never ends", (_request, response) => response.write(`${sha1(password).slice(5)}:9\r\n`)],
    [
      "has no end",
      (_request, response) => {
        const write = () => {
          while (!response.destroyed && response.write(endlessly));
        };
        response.on("drain", write);
        write();
      },
    ],
  ])(
    "take no password for listed where the answer %s, and the operator hears of it",
    async (_what, answer) => {
      const { list, failures } = await start([password], answer);
      const startedAt = performance.now();

      expect(await list.has(password)).toBe(false);
      expect(failures).toHaveLength(1);
      expect(performance.now() - startedAt).toBeLessThan(5000);
      expect(String(failures[0])).not.toContain(sha1(password).slice(0, 5));
    },
  );

  test("are asked for so many at once, and hold nobody up that comes beyond", async () => {
    const { list, server, failures } = await start([password], () => undefined);
    const answers = await Promise.all(Array.from({ length: 200 }, () => list.has(password)));

    expect(new Set(answers)).toEqual(new Set([false]));
    expect(server.requests.length).toBeLessThanOrEqual(32);
    expect(failures).toHaveLength(200);
  });
});
