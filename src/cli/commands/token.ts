import { type Command, type Given, UsageError } from "../command.ts";
import { withProgress } from "../progress.ts";
import type { Terminal } from "../terminal.ts";
import { askService } from "../token/ask-service.ts";
import { readToken } from "../token/read-token.ts";
import { summaryOf } from "../token/summary.ts";
import type { Verdict } from "../token/verdict.ts";
import { verifyAgainstIssuer } from "../token/verify.ts";

/** Tells why a token is refused. */
export const token: Command = {
  name: "token",
  summary: "tell why an access token is refused",
  details: `Tells in words why an access token is refused, or that it is good: of an issuer, whose keys are found by its discovery
document, or by a running service. The token is read from a file or from standard input, and never printed.

Ends with 0 where the token is good, 1 where it is refused, and 2 where that could not be found out.`,
  argument: { name: "file", text: "the file that holds the token; standard input else" },
  options: {
    issuer: { value: "url", text: "judge it as an API that takes this issuer's tokens" },
    url: { value: "url", text: "ask this running service, or one behind this address" },
    "client-id": {
      value: "id",
      isList: true,
      text: "with --issuer, a client whose tokens the API takes (any)",
    },
    audience: {
      value: "name",
      isList: true,
      text: "with --issuer, a name of the API, where tokens have to be meant for it (any)",
    },
    algorithm: {
      value: "name",
      isList: true,
      text: "with --issuer, an algorithm that the API takes (RS256)",
    },
  },
  async run(given, terminal) {
    const [issuer, url] = [given.text("issuer"), given.text("url")];
    if ((issuer === undefined) === (url === undefined))
      throw new UsageError("One of --issuer and --url says who is to judge the token.");
    const read = await readToken(given, terminal);
    const work =
      url === undefined
        ? verifyAgainstIssuer(read, { issuer: issuer ?? "", ...listsOf(given) })
        : askService(read, url);
    const verdict = await withProgress(terminal, `Asking ${issuer ?? url}`, work);
    if (given.json) print(verdict, read, terminal);
    else terminal.print(`${openings[verdict.outcome]}${verdict.message}`);
    return statuses[verdict.outcome];
  },
};

const statuses = { accepted: 0, refused: 1, unknown: 2 } as const;

const openings = {
  accepted: "Accepted: ",
  refused: "Refused: ",
  unknown: "Could not be found out: ",
} as const;

function listsOf(given: Given) {
  return {
    clientIds: given.list("client-id"),
    audiences: given.list("audience"),
    algorithms: given.list("algorithm"),
  };
}

function print(verdict: Verdict, read: string, terminal: Terminal): void {
  terminal.print(JSON.stringify({ ...verdict, token: summaryOf(read) }));
}
