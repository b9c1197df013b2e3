#!/usr/bin/env node
import process from "node:process";
import { parseArgs } from "node:util";
import { serve } from "../node.ts";
import { addressOf, listenOrExit } from "../service/listen.ts";
import { createCognitoServer } from "../testing/cognito-server/server.ts";

const usage = `Usage: portico-cognito-server [options]

Answers as Amazon Cognito user pools do, over users in memory. Every code that it would send is printed.
Point an AWS SDK at it by its endpoint; any credentials will do.

  --host <address>       address to listen on (127.0.0.1)
  --port <number>        port to listen on, 0 for any (9230)
  --region <name>        what pool ids begin with (us-east-1)
  --issuer-base <url>    what the issuer of a pool's tokens begins with (where it listens)
  --help                 show this`;

const { values } = readArguments();
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit();
}
const { host, region, "issuer-base": issuerBase } = values;
let endpoint = "";
const { fetch } = createCognitoServer({
  region,
  issuerBase: () => issuerBase ?? endpoint,
  onMessage: ({ medium, destination, purpose, code }) =>
    void process.stdout.write(`${medium} to ${destination}: ${purpose} ${code}\n`),
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
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
    process.exit(2);
  }
}
