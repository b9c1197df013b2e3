// Sends requests over a number of connections to loopback, the next on each as soon as an answer is in, and counts.
// Knows no more HTTP than it needs: a client that parses would be slower than the servers that it is to measure.
// Runs on Bun, whose sockets cost a fraction of Node's: where two processors share a core, what the load does slows the
// server down, and the faster the server, the more.
import { setTimeout as delay } from "node:timers/promises";
import { answerQuestions } from "../answers.ts";
import { quantile } from "../measure.ts";
import { type RequestKind, requestWriter } from "../requests.ts";

/** What to load. */
export interface LoadTarget {
  readonly port: number;
  readonly request: RequestKind;
  readonly connections: number;
}

/** How many answers came, each of them a 200 of the same length, and in what time. */
export interface LoadResult {
  readonly answered: number;
  readonly clockMs: number;
  /** The median of how long each answer took. */
  readonly medianMs: number;
}

interface Lane {
  start(): void;
  /** Sends nothing more, and gives how long each answer took, once the last is in. */
  finish(): Promise<readonly number[]>;
  close(): void;
}

/** As much of Bun as is used here. */
declare const Bun: {
  connect(options: {
    readonly hostname: string;
    readonly port: number;
    readonly socket: {
      data(socket: BunSocket, part: Buffer): void;
      error(socket: BunSocket, error: Error): void;
    };
  }): Promise<BunSocket>;
};

interface BunSocket {
  setNoDelay(noDelay: boolean): void;
  /** Gives how many bytes were taken. */
  write(data: Buffer): number;
  end(): void;
}

let lanes: readonly Lane[] = [];

// Asked in turn to open the connections to a target, and to use them for some milliseconds.
await answerQuestions((question) =>
  typeof question === "number" ? load(question) : open(question as LoadTarget),
);

async function open({ port, request, connections }: LoadTarget): Promise<void> {
  const write = requestWriter(request);
  lanes = await Promise.all(Array.from({ length: connections }, () => openLane(port, write)));
}

async function load(durationMs: number): Promise<LoadResult> {
  const startedAt = performance.now();
  for (const lane of lanes) lane.start();
  await delay(durationMs);
  // What is under way is waited for and counted: a slow server has worked on a good part of it already.
  const times = (await Promise.all(lanes.map((lane) => lane.finish()))).flat();
  const clockMs = performance.now() - startedAt;
  for (const lane of lanes) lane.close();
  return { answered: times.length, clockMs, medianMs: quantile(times, 0.5) };
}

/** Opens a connection; the first answer on it tells how long each is. */
async function openLane(port: number, write: () => Buffer): Promise<Lane> {
  let length = 0;
  let received = 0;
  let sentAt = 0;
  const times: number[] = [];
  let isFinishing = false;
  const first = Promise.withResolvers<void>();
  const last = Promise.withResolvers<readonly number[]>();
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data(_socket, part) {
        if (received === 0) checkStatus(part);
        if (length === 0) {
          length = wholeAnswerLength(part);
          first.resolve();
          return;
        }
        received += part.length;
        if (received < length) return;
        if (received > length) throw new Error("An answer is longer than the first was.");
        received = 0;
        times.push(performance.now() - sentAt);
        if (isFinishing) last.resolve(times);
        else send();
      },
      error(_socket, error) {
        throw error;
      },
    },
  });
  socket.setNoDelay(true);
  send();
  await first.promise;
  return {
    start: send,
    finish() {
      isFinishing = true;
      return last.promise;
    },
    close: () => socket.end(),
  };

  function send(): void {
    const request = write();
    sentAt = performance.now();
    if (socket.write(request) < request.length) throw new Error("A request was not taken whole.");
  }
}

/** Only the status line's last digits: "HTTP/1.1 200". */
function checkStatus(answer: Buffer): void {
  const isOk = answer[9] === 0x32 && answer[10] === 0x30 && answer[11] === 0x30;
  if (!isOk) throw new Error(`The server answers ${answer.toString("latin1").split("\r\n", 1)[0]}`);
}

/** Gives how long an answer is, head and body; small ones come in one piece. */
function wholeAnswerLength(answer: Buffer): number {
  checkStatus(answer);
  const [head = "", body] = answer.toString("latin1").split("\r\n\r\n");
  const declared = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (body?.length !== Number(declared)) throw new Error("The first answer is not in one piece.");
  return answer.length;
}
