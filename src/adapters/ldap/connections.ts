import { withinDeadline } from "../shared/deadline.ts";
import { createWorkQueue } from "../shared/work-queue.ts";
import { type Connection, createConnection } from "./connection.ts";
import { resultOf, timedOut, translate } from "./errors.ts";
import type { DirectorySettings } from "./settings.ts";

/** Connections to the directory: so many at once, and each task within its time. */
export interface Connections {
  /** Runs a task as whoever searches. It may run twice, where a connection that was kept turns out to have ended. */
  asService<T>(task: (connection: Connection) => Promise<T>): Promise<T>;
  /** Runs a task on a connection of its own that is nobody's yet. */
  asNobody<T>(task: (connection: Connection) => Promise<T>): Promise<T>;
  /** Ends those that are kept. */
  close(): void;
}

/** A connection that nobody uses is kept for so long: not as long as directories and firewalls leave one alone. */
const keptMs = 10_000;

/** Makes the connections. They are opened when they are needed, and those of whoever searches are used again. */
export function createConnections(settings: DirectorySettings): Connections {
  const queue = createWorkQueue({
    atOnce: settings.connections,
    longestWaitMs: settings.timeoutMs / 2,
  });
  const kept = new Map<Connection, ReturnType<typeof setTimeout>>();

  function take(): Connection | undefined {
    const [connection] = [...kept.keys()].slice(-1);
    if (!connection) return undefined;
    clearTimeout(kept.get(connection));
    kept.delete(connection);
    connection.renew();
    return connection.isOpen() ? connection : take();
  }

  function keep(connection: Connection): void {
    const end = () => {
      kept.delete(connection);
      connection.close();
    };
    kept.set(connection, setTimeout(end, keptMs));
  }

  /** Runs a task in its turn and time. What it has opened ends with it if it fails, so that nothing goes on unseen. */
  async function run<T>(
    task: (use: (connection: Connection) => Connection) => Promise<T>,
  ): Promise<T> {
    const used: Connection[] = [];
    let isOver = false;
    const use = (connection: Connection) => {
      if (isOver) throw timedOut();
      used.push(connection);
      return connection;
    };
    const work = queue.run(() => (isOver ? Promise.reject(timedOut()) : task(use)));
    try {
      return await withinDeadline(work, settings.timeoutMs);
    } catch (error) {
      isOver = true;
      for (const connection of used) connection.destroy();
      throw translate(error);
    }
  }

  return {
    asService: (task) =>
      run(async (use) => {
        const old = take();
        if (old) {
          const done = await task(use(old)).then(
            (value) => ({ value }),
            (error: unknown) => {
              if (resultOf(error) !== undefined || old.isOpen()) throw error;
            },
          );
          if (done) keep(old);
          if (done) return done.value;
        }
        const connection = use(await createConnection(settings));
        await connection.open();
        await connection.client.bind(settings.bindDn, settings.bindPassword);
        const value = await task(connection);
        keep(connection);
        return value;
      }),

    asNobody: (task) =>
      run(async (use) => {
        const connection = use(await createConnection(settings));
        await connection.open();
        const value = await task(connection);
        connection.close();
        return value;
      }),

    close() {
      for (const [connection, timer] of kept) {
        clearTimeout(timer);
        connection.close();
      }
      kept.clear();
    },
  };
}
