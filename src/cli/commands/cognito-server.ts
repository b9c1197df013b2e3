import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { serve } from "../../node.ts";
import { addressOf, listenOrExit } from "../../service/listen.ts";
import {
  type CognitoTrigger,
  triggerNames,
} from "../../testing/cognito-server/pool/trigger-functions.ts";
import { createCognitoServer } from "../../testing/cognito-server/server.ts";
import { httpTrigger } from "../../testing/cognito-server/triggers/http-trigger.ts";
import { triggerOfModule } from "../../testing/cognito-server/triggers/lambda-handler.ts";
import { type Command, type Given, UsageError } from "../command.ts";
import type { Terminal } from "../terminal.ts";

/** Starts the strict Cognito server. */
export const cognitoServer: Command = {
  name: "cognito-server",
  summary: "start a server that answers as Amazon Cognito user pools do",
  details: `Answers as Amazon Cognito user pools do, over users in memory. Every code that it would send is printed.
Point an AWS SDK at it by its endpoint; any credentials will do.`,
  options: {
    host: { value: "address", usual: "127.0.0.1", text: "address to listen on" },
    port: { value: "number", usual: "9230", text: "port to listen on, 0 for any" },
    region: { value: "name", usual: "us-east-1", text: "what pool ids begin with" },
    "issuer-base": {
      value: "url",
      text: "what the issuer of a pool's tokens begins with (where it listens)",
    },
    trigger: {
      value: "name>=<what",
      isList: true,
      text: `what a trigger of LambdaConfig calls, whatever ARN it names: a module that exports
a handler, such as PreSignUp=./pre-sign-up.ts, or an address that events are posted to,
such as PreSignUp=http://127.0.0.1:9000/2015-03-31/functions/function/invocations`,
    },
  },
  async run(given, terminal) {
    const { host, port } = placeOf(given);
    let endpoint = "";
    const { fetch } = createCognitoServer({
      region: given.text("region") ?? "",
      triggers: await readTriggers(given, terminal),
      issuerBase: () => given.text("issuer-base") ?? endpoint,
      onMessage: messagePrinter(given, terminal),
      onFault: (error) => console.error(error),
    });
    const listen = () => serve({ fetch, host, port });
    const server = await listenOrExit({ host, port }, listen, terminal.exit);
    endpoint = addressOf(host, server.port);
    terminal.print(
      given.json
        ? JSON.stringify({ event: "listening", url: endpoint })
        : `Cognito user pools at ${endpoint}`,
    );
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => void server.close());
    return undefined;
  },
};

function placeOf(given: Given) {
  const port = given.text("port") ?? "";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new UsageError("--port takes a port number, or 0.");
  return { host: given.text("host") ?? "", port: Number(port) };
}

type OnMessage = NonNullable<NonNullable<Parameters<typeof createCognitoServer>[0]>["onMessage"]>;

function messagePrinter({ json }: Given, { print }: Terminal): OnMessage {
  if (json) return (message) => print(JSON.stringify({ event: "message", ...message }));
  return ({ medium, destination, purpose, code, text }) => {
    print(`${medium} to ${destination}: ${purpose} ${code}`);
    if (text !== undefined) print(`  ${text}`);
  };
}

async function readTriggers(given: Given, terminal: Terminal) {
  const triggers: Partial<Record<(typeof triggerNames)[number], CognitoTrigger>> = {};
  for (const one of given.list("trigger")) {
    const [, word = "", what = ""] = /^(\w+)=(.+)$/.exec(one) ?? [];
    const name = triggerNames.find((candidate) => candidate === word);
    if (!name)
      throw new UsageError(
        `--trigger takes <name>=<what>, with a name of ${triggerNames.join(", ")}`,
      );
    triggers[name] = await triggerOf(what, terminal);
  }
  return triggers;
}

async function triggerOf(what: string, { folder }: Terminal): Promise<CognitoTrigger> {
  if (/^https?:/.test(what)) return httpTrigger(what);
  try {
    return triggerOfModule(await import(pathToFileURL(resolve(folder, what)).href));
  } catch (error) {
    throw new UsageError(`${what}: ${error instanceof Error ? error.message : error}`);
  }
}
