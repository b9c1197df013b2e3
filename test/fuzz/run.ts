import * as fc from "fast-check";
import type { FuzzAnswer } from "./document.ts";
import { type Credentials, type Step, sequences } from "./steps.ts";
import { Known } from "./values.ts";
import { createWorld, type World } from "./world.ts";

/** The service that is asked, wherever it runs. */
export interface FuzzTarget {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly url: string;
  readonly codesFor: (username: string) => Promise<readonly string[]>;
  readonly now: () => number;
  /** The access token of an administrator. */
  readonly administrator: string;
  /** Credentials of the client that may introspect and revoke, as HTTP Basic has them. */
  readonly client: string;
}

/** How far a run goes. */
export interface FuzzOptions {
  readonly seed: number;
  /** The least that are sent. */
  readonly requests: number;
}

/** The findings of a run. */
export interface FuzzResult {
  readonly requests: number;
  /** How many answers there were, by operation and status. */
  readonly answers: ReadonlyMap<string, number>;
}

/** The statuses that mean that something is wrong, as nothing here is broken or slow. */
const faults = [500, 502, 503, 504];

/** The sequences between two looks at how many requests there were. */
const batch = 20;

/**
 * Sends sequences of requests to a service and holds each answer against the document.
 *
 * @throws {Error} with the shortest sequence found that ends in an answer which is not declared, and the seed
 */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzResult> {
  const answers = new Map<string, number>();
  let requests = 0;
  let sequence = 0;
  async function play(steps: readonly Step[]): Promise<void> {
    const nonce = `${options.seed.toString(36)}-${sequence++}`;
    const world = createWorld({ nonce, codesFor: target.codesFor, now: target.now });
    const done: string[] = [];
    for (const step of steps) {
      const request = await requestOf(target, world, step);
      if (!request) continue;
      requests += 1;
      const sent = await request.clone().text();
      const response = await target.fetch(request);
      const { status, headers } = response;
      const text = await response.text();
      const key = `${step.operation.operationId} ${status}`;
      answers.set(key, (answers.get(key) ?? 0) + 1);
      done.push(`${key} ${sent.slice(0, 500)}`);
      const found = faultsIn(step, { status, headers, text });
      if (found.length > 0) {
        const transcript = done.join("\n  ");
        throw new Error(
          `${key}: ${found.join("; ")}\n${text.slice(0, 2_000)}\nafter\n  ${transcript}\nin full\n  ${sent}`,
        );
      }
      world.learn(text);
    }
  }
  for (let round = 0; requests < options.requests; round++) {
    const seed = options.seed + round;
    await fc.assert(fc.asyncProperty(sequences, play), { seed, numRuns: batch }).catch((error) => {
      // All of the sequence is in the cause, and the requests that it came to.
      const [first = ""] = String(error.message).split("\n");
      const { message = "" } = error.cause ?? {};
      throw new Error(`seed ${options.seed}, round ${round}: ${first}\n${message}`);
    });
  }
  return { requests, answers };
}

function faultsIn({ operation }: Step, answer: FuzzAnswer): readonly string[] {
  if (faults.includes(answer.status)) return [`status ${answer.status}, where nothing is broken`];
  if (!answer.headers.has("x-request-id")) return ["no X-Request-Id"];
  return operation.faultsOf(answer);
}

/** Fills a step with what is known, or gives nothing where no client could send it. */
async function requestOf(
  target: FuzzTarget,
  world: World,
  step: Step,
): Promise<Request | undefined> {
  const { operation } = step;
  const query = new URLSearchParams();
  let path = operation.path;
  for (const parameter of operation.parameters) {
    const value = await world.fill(step.parameters[parameter.name]);
    if (value === undefined) continue;
    const text = (typeof value === "string" ? value : JSON.stringify(value)).toWellFormed();
    // Dots alone, or nothing, are another path.
    if (parameter.in === "path" && /^(?:\.{0,2})$/.test(text)) return undefined;
    if (parameter.in === "query") query.append(parameter.name, text);
    else path = path.replace(`{${parameter.name}}`, () => encodeURIComponent(text));
  }
  const headers = new Headers(await authorization(target, world, step.credentials));
  const [mediaType] = operation.body ?? [];
  const filled = await world.fill(step.body);
  const body = filled === undefined ? undefined : bodyOf(filled, mediaType);
  if (body !== undefined)
    headers.set("content-type", step.isMislabelled ? "text/plain" : (mediaType ?? ""));
  const search = query.size > 0 ? `?${query}` : "";
  return new Request(`${target.url}${path}${search}`, {
    method: operation.method,
    headers,
    ...(body !== undefined && { body }),
  });
}

function bodyOf(value: unknown, mediaType: string | undefined): string {
  if (mediaType !== "application/x-www-form-urlencoded") return JSON.stringify(value) ?? "";
  const form = new URLSearchParams();
  for (const [name, member] of Object.entries(Object(value)))
    form.append(name, typeof member === "string" ? member : String(JSON.stringify(member)));
  return form.toString();
}

async function authorization(
  { administrator, client }: FuzzTarget,
  world: World,
  credentials: Credentials,
): Promise<Record<string, string>> {
  if (credentials === "none") return {};
  if (credentials === "client") return { authorization: `Basic ${client}` };
  if (credentials === "garbage") return { authorization: "Bearer e30.e30.AA" };
  if (credentials === "administrator") return { authorization: `Bearer ${administrator}` };
  return {
    authorization: `Bearer ${await world.fill(new Known(credentials.kind, credentials.pick))}`,
  };
}
