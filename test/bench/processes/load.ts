// Sends requests over a number of connections to loopback, the next on each as soon as an answer is in, and counts.
// Knows no more HTTP than it needs: a client that parses would be slower than the servers that it is to measure.
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { answerQuestions } from "../answers.ts";

/** What to load, and for how long. */
export interface LoadRequest {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly connections: number;
  readonly durationMs: number;
}

/** How many answers came, each of them a 200 of the same length, and in what time. */
export interface LoadResult {
  readonly answered: number;
  readonly clockMs: number;
}

await answerQuestions((question) => load(question as LoadRequest));

async function load(request: LoadRequest): Promise<LoadResult> {
  const bytes = Buffer.from(
    `GET ${request.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${request.token}\r\n\r\n`,
  );
  const length = await answerLength(request, bytes);
  const startedAt = performance.now();
  const lanes = Array.from({ length: request.connections }, () => openLane(request, bytes, length));
  await delay(request.durationMs);
  const clockMs = performance.now() - startedAt;
  const answered = lanes.reduce((sum, lane) => sum + lane.answered(), 0);
  for (const lane of lanes) lane.close();
  return { answered, clockMs };
}

function openLane({ port }: LoadRequest, bytes: Buffer, length: number) {
  const socket = open(port);
  let answered = 0;
  let received = 0;
  socket.write(bytes);
  socket.on("data", (part: Buffer) => {
    if (received === 0) checkStatus(part);
    received += part.length;
    if (received < length) return;
    if (received > length) throw new Error("An answer is longer than the first was.");
    received = 0;
    answered += 1;
    socket.write(bytes);
  });
  return { answered: () => answered, close: () => socket.destroy() };
}

function open(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  return socket;
}

/** Only the status line's last digits: "HTTP/1.1 200". */
function checkStatus(answer: Buffer): void {
  const isOk = answer[9] === 0x32 && answer[10] === 0x30 && answer[11] === 0x30;
  if (!isOk) throw new Error(`The server answers ${answer.toString("latin1").split("\r\n", 1)[0]}`);
}

/** Gives how long an answer is, head and body. */
async function answerLength({ port }: LoadRequest, bytes: Buffer): Promise<number> {
  const socket = open(port);
  socket.write(bytes);
  let answer = "";
  for await (const part of socket) {
    answer += part.toString("latin1");
    const end = answer.indexOf("\r\n\r\n");
    const declared = /\r\ncontent-length: (\d+)\r\n/i.exec(answer)?.[1];
    if (end < 0 || declared === undefined) continue;
    const length = end + 4 + Number(declared);
    if (answer.length >= length) return length;
  }
  throw new Error("The server gave no whole answer.");
}
