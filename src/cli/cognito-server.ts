#!/usr/bin/env node
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { serve } from "../node.ts";
import { addressOf, listenOrExit } from "../service/listen.ts";
import {
  type CognitoTrigger,
  triggerNames,
} from "../testing/cognito-server/pool/trigger-functions.ts";
import { createCognitoServer } from "../testing/cognito-server/server.ts";
import { httpTrigger } from "../testing/cognito-server/triggers/http-trigger.ts";
import { triggerOfModule } from "../testing/cognito-server/triggers/lambda-handler.ts";

const usage = `Usage: portico-cognito-server [options]

Answers as Amazon Cognito user pools do, over users in memory. Every code that it would send is printed.
Point an AWS SDK at it by its endpoint; any credentials will do.

  --host <address>       address to listen on (127.0.0.1)
  --port <number>        port to listen on, 0 for any (9230)
  --region <name>        what pool ids begin with (us-east-1)
  --issuer-base <url>    what the issuer of a pool's tokens begins with (where it listens)
  --trigger <name>=<what>
                         what a trigger of LambdaConfig calls, whatever ARN it names: a module that exports a handler, such as
                         PreSignUp=./pre-sign-up.ts, or an address that events are posted to, such as
                         PreSignUp=http://127.0.0.1:9000/2015-03-31/functions/function/invocations
  --help                 show this`;

const { values } = readArguments();
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit();
}
const { host, region, "issuer-base": issuerBase } = values;
let endpoint = "";
const triggers = await readTriggers(values.trigger);
const { fetch } = createCognitoServer({
  region,
  triggers,
  issuerBase: () => issuerBase ?? endpoint,
  onMessage: ({ medium, destination, purpose, code, text }) => {
    process.stdout.write(`${medium} to ${destination}: ${purpose} ${code}\n`);
    if (text !== undefined) process.stdout.write(`  ${text}\n`);
  },
  onFault: (error) => console.error(error),
});
const place = { host, port: Number(values.port) };
const listen = () => serve({ fetch, ...place });
const { port, close } = await listenOrExit(place, listen, process.exit);
endpoint = addressOf(host, port);
process.stdout.write(`Cognito user pools at ${endpoint}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void close());

function readArguments() {
  try {
    return parseArgs({
      options: {
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "9230" },
        region: { type: "string", default: "us-east-1" },
        "issuer-base": { type: "string" },
        trigger: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

async function readTriggers(given: readonly string[]) {
  const triggers: Partial<Record<(typeof triggerNames)[number], CognitoTrigger>> = {};
  for (const one of given) {
    const [, word = "", what = ""] = /^(\w+)=(.+)$/.exec(one) ?? [];
    const name = triggerNames.find((candidate) => candidate === word);
    if (!name)
      return refuse(`--trigger takes <name>=<what>, with a name of ${triggerNames.join(", ")}`);
    triggers[name] = await triggerOf(what);
  }
  return triggers;
}

async function triggerOf(what: string): Promise<CognitoTrigger> {
  if (/^https?:/.test(what)) return httpTrigger(what);
  try {
    return triggerOfModule(await import(pathToFileURL(resolve(what)).href));
  } catch (error) {
    return refuse(`${what}: ${error instanceof Error ? error.message : error}`);
  }
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n\n${usage}\n`);
  process.exit(2);
}
