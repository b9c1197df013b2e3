// Sends requests over a number of connections to loopback, the next on each as soon as an answer is in, and counts.
// Knows no more HTTP than it needs: a client that parses would be slower than the servers that it is to measure.
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { answerQuestions } from "../answers.ts";
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
}

interface Lane {
  start(): void;
  answered(): number;
  close(): void;
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
  const clockMs = performance.now() - startedAt;
  const answered = lanes.reduce((sum, lane) => sum + lane.answered(), 0);
  for (const lane of lanes) lane.close();
  return { answered, clockMs };
}

/** Opens a connection; the first answer on it tells how long each is. */
async function openLane(port: number, write: () => Buffer): Promise<Lane> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  socket.write(write());
  const [first = Buffer.alloc(0)]: Buffer[] = await once(socket, "data");
  const length = wholeAnswerLength(first);
  let answered = 0;
  let received = 0;
  socket.on("data", (part: Buffer) => {
    if (received === 0) checkStatus(part);
    received += part.length;
    if (received < length) return;
    if (received > length) throw new Error("An answer is longer than the first was.");
    received = 0;
    answered += 1;
    socket.write(write());
  });
  return {
    start: () => socket.write(write()),
    answered: () => answered,
    close: () => socket.destroy(),
  };
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
