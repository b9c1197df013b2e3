import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";

const limit = 4;
const opened = 12;
const bounds = { MAX_CONNECTIONS: String(limit), MAX_CONNECTIONS_PER_PEER: String(limit) };

describeOnRuntime("node", "connections on node", () => {
  let service: RunningRuntime;
  const sockets: Socket[] = [];

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await service?.kill();
  });

  test("beyond the limit are closed, and the log says how many", { timeout: 60_000 }, async () => {
    service = await startRuntime("node", { ...bounds, LOG_LEVEL: "warn" });
    let closed = 0;
    for (let count = 0; count < opened; count++) {
      const socket = await openConnection(service.url);
      socket.on("error", () => undefined).on("close", () => closed++);
      sockets.push(socket);
    }
    await expect.poll(() => closed).toBeGreaterThanOrEqual(opened - limit);
    expect(droppedIn(service.output())).toEqual([{ count: 1, limit }]);

    const dropped = closed;
    for (const socket of sockets.splice(0)) socket.destroy();
    expect(await service.stop()).toBe(0);

    const [first, rest] = droppedIn(service.output());
    expect(first).toEqual({ count: 1, limit });
    // One that the start left open is closed for another as well.
    expect([dropped - 1, dropped]).toContain(rest?.count);
  });

  test("answer again once others have ended", { timeout: 60_000 }, async () => {
    service = await startRuntime("node", { ...bounds, LOG_LEVEL: "silent" });
    for (let count = 0; count < opened; count++) {
      const socket = await openConnection(service.url);
      sockets.push(socket.on("error", () => undefined));
    }

    for (const socket of sockets.splice(0)) socket.destroy();

    const isAnswered = () =>
      fetch(`${service.url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isAnswered).toBe(true);
  });
});

async function openConnection(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, "connect");
  // Else nobody notices that the other side is gone.
  return socket.resume();
}

function droppedIn(output: string): readonly { readonly count: number; readonly limit: number }[] {
  return output
    .split("\n")
    .filter((line) => line.includes('"connections_dropped"'))
    .map((line) => JSON.parse(line))
    .map(({ level, count, limit }) => {
      expect(level).toBe("warn");
      return { count, limit };
    });
}
