import { setTimeout as delay } from "node:timers/promises";
import { layLine } from "../support/line.ts";

/**
 * Makes a store in Redis that is its own: opened as several processes would, over a line that can be cut, and closed with
 * all that was opened.
 *
 * @param open - opens it at an address, under a name that nothing else has
 */
export async function createRedisStore<Opened extends { close(): Promise<void> }>(
  url: string,
  open: (url: string, name: string) => Opened,
) {
  const line = await layLine(url);
  const name = `test:${crypto.randomUUID()}`;
  const all: Opened[] = [];
  let isDown = false;
  const cut = async () => {
    if (!isDown) await line.cut();
    isDown = true;
  };
  return {
    open() {
      const opened = open(line.url, name);
      all.push(opened);
      return opened;
    },
    pass: (seconds: number) => delay(seconds * 1000),
    takeDown: cut,
    async close() {
      for (const opened of all) await opened.close();
      await cut();
    },
  };
}
