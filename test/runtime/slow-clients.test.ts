import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { openSocket, type WatchedSocket } from "../support/sockets.ts";
import { timed } from "../support/timed.ts";
import { head } from "./raw-http.ts";

const host = "Host: localhost";
const post = head(
  "POST /v1/sign-in",
  host,
  "Content-Type: application/json",
  "Content-Length: 4000",
);
const flood = 1_000;
const settings = { IDENTITY_PROVIDER: "memory", LOG_LEVEL: "warn" };
const patiently = { timeout: 60_000 };

let service: RunningRuntime;
let sockets: WatchedSocket[] = [];

afterEach(async () => {
  for (const { socket } of sockets) socket.destroy();
  sockets = [];
  await service?.kill();
});

async function open(localAddress?: string): Promise<WatchedSocket> {
  const opened = await openSocket(service.url, localAddress);
  sockets.push(opened);
  return opened;
}

/** Opens as many as a bound may leave. */
async function openFlood(localAddress?: string, says = ""): Promise<void> {
  for (let count = 0; count < flood; count++) {
    const { socket } = await open(localAddress);
    if (says !== "") socket.write(says);
  }
}

/** Sends a byte twice a second, as a client does that wants to be waited for. */
function drip({ socket }: WatchedSocket, byte: string): void {
  const timer = setInterval(() => socket.writable && socket.write(byte), 500);
  socket.once("close", () => clearInterval(timer));
}

/** The seconds until the server hangs up on a client that does as it is told. */
async function secondsUntilClosed(begin: (socket: WatchedSocket) => void): Promise<number> {
  const opened = await open();
  begin(opened);
  return (await opened.closed) / 1_000;
}

describeOnRuntime("node", "slow clients on node", () => {
  test(
    "have 10 s for their headers and 15 s for a request, drop by drop or not",
    patiently,
    async () => {
      service = await startRuntime("node", settings);
      const [silent, heads, stalled, bodies] = await Promise.all([
        secondsUntilClosed(() => undefined),
        secondsUntilClosed((opened) => {
          opened.socket.write(`GET /health/live HTTP/1.1\r\n${host}\r\nX-Drip: `);
          drip(opened, "a");
        }),
        secondsUntilClosed(({ socket }) => socket.write(`${post}{`)),
        secondsUntilClosed((opened) => {
          opened.socket.write(`${post}{`);
          drip(opened, " ");
        }),
      ]);

      for (const seconds of [silent, heads]) expect(seconds).toBeGreaterThan(9);
      for (const seconds of [silent, heads]) expect(seconds).toBeLessThan(14);
      for (const seconds of [stalled, bodies]) expect(seconds).toBeGreaterThan(14);
      for (const seconds of [stalled, bodies]) expect(seconds).toBeLessThan(19);
      expect(sockets.map(({ text }) => text().slice(0, 12))).toEqual(
        sockets.map(() => "HTTP/1.1 408"),
      );
      for (const { text } of sockets) {
        expect(text()).toMatch(/^strict-transport-security: max-age=63072000/im);
        expect(text()).toMatch(/^content-type: application\/problem\+json/im);
        expect(text()).toContain('"status":408');
      }
    },
  );

  test(
    "of one address keep nobody else out, though a request of theirs is under way on each connection",
    patiently,
    async () => {
      service = await startRuntime("node", { ...settings, MAX_CONNECTIONS: "1000" });
      await openFlood("127.0.0.2", `${post}{`);

      expect(await answersWithin(1_000)).toBe(true);
      const mine = await open("127.0.0.2");
      mine.socket.write(head("GET /health/live", host));
      await mine.closed;
      expect(mine.text()).toBe("");
    },
  );

  test("of a proxy that is listed may have every connection", patiently, async () => {
    const proxy = { MAX_CONNECTIONS_PER_PEER: "5", TRUSTED_PROXIES: "127.0.0.2" };
    service = await startRuntime("node", { ...settings, ...proxy });
    for (let count = 0; count < 20; count++) (await open("127.0.0.2")).socket.write(`${post}{`);
    const another = await open("127.0.0.2");
    another.socket.write(head("GET /health/live", host, "Connection: close"));
    await another.closed;

    expect(another.text()).toMatch(/^HTTP\/1\.1 200 /);
    expect(sockets.filter(({ socket }) => socket.destroyed)).toEqual([another]);
  });
});

/** Bun has one deadline for all of it. */
describeOnRuntime("bun", "slow clients on bun", () => {
  test("have some 10 s for their headers, and as long for a body", patiently, async () => {
    service = await startRuntime("bun", settings);
    const seconds = await Promise.all([
      secondsUntilClosed(() => undefined),
      secondsUntilClosed((opened) => {
        opened.socket.write(`GET /health/live HTTP/1.1\r\n${host}\r\nX-Drip: `);
        drip(opened, "a");
      }),
      secondsUntilClosed(({ socket }) => socket.write(`${post}{`)),
    ]);

    for (const each of seconds) expect(each).toBeGreaterThan(7);
    for (const each of seconds) expect(each).toBeLessThan(17);
  });
});

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `unruly clients on ${runtime}`, () => {
    test(
      "that hold a thousand connections and say nothing keep nobody waiting",
      patiently,
      async () => {
        service = await startRuntime(runtime, settings);
        await openFlood();

        expect(await answersWithin(1_000)).toBe(true);
        expect(await answersWithin(1_000)).toBe(true);
      },
    );

    test("that close their half of the connection are answered", timed, async () => {
      service = await startRuntime(runtime, settings);
      const opened = await open();
      opened.socket.end(head("GET /health/live", host));

      await expect.poll(opened.text, { timeout: 5_000 }).toMatch(/^HTTP\/1\.1 200 /);
    });

    test(
      "that send garbage after a request get the answer to the request first",
      timed,
      async () => {
        service = await startRuntime(runtime, settings);
        const opened = await open();
        opened.socket.write(`${head("GET /health/live", host)}\0\x01garbage\r\n\r\n`);

        await Promise.race([opened.closed, delay(5_000)]);
        const statuses = [...opened.text().matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(
          ([, code]) => code,
        );
        expect(statuses[0]).toBe("200");
        expect(statuses.slice(1).filter((status) => status !== "400")).toEqual([]);
        expect(opened.socket.destroyed).toBe(true);
        expect(await answersWithin(1_000)).toBe(true);
      },
    );
  });
}

/** Whether a client that comes now is answered in time. */
function answersWithin(ms: number): Promise<boolean> {
  return fetch(`${service.url}/health/live`, {
    signal: AbortSignal.timeout(ms),
    headers: { connection: "close" },
  }).then(
    ({ ok }) => ok,
    () => false,
  );
}
