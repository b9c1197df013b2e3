import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject, onTestFinished, test } from "vitest";
import { describeWhere } from "../../test/support/describe-where.ts";
import { type GeneratedClient, travel } from "./journey.ts";

const service: string = inject("service");
const here = import.meta.dirname;

const isThere = spawnSync("perl", ["-MOpenAPI::Client", "-e", "1"]).status === 0;
const missing = isThere
  ? undefined
  : "Perl has no OpenAPI::Client: Debian has it as libopenapi-client-perl";
const required = process.env.REQUIRE_PERL === "1";

// It reads OpenAPI 3.0, and makes a method of each operation.
describeWhere("Perl's OpenAPI::Client", { missing, required }, () => {
  test("makes the journey on the document's older form", async () => {
    const { call, stop } = startPerl();
    onTestFinished(stop);

    await travel(clientOf(call), service);
  });
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly status?: string;
    readonly code?: string;
    readonly sub?: string;
    readonly tokens?: { readonly access_token: string; readonly refresh_token?: string };
  };
}

type Call = (operation: string, body?: object, token?: string) => Promise<Answer>;

/** Starts the program that makes the calls, as to read the document takes it a while. */
function startPerl(): { readonly call: Call; readonly stop: () => void } {
  const document = join(here, "generated", "openapi-3.0.json");
  const perl = spawn("perl", [join(here, "calls.pl"), document, service], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const answers = createInterface({ input: perl.stdout })[Symbol.asyncIterator]();
  return {
    async call(operation, body, token) {
      perl.stdin.write(`${JSON.stringify({ operation, body, token })}\n`);
      const { value } = await answers.next();
      return JSON.parse(value ?? "");
    },
    stop: () => perl.stdin.end(),
  };
}

const clientOf = (call: Call): GeneratedClient => ({
  async signUp(user) {
    const { body } = await call("signUp", user);
    return body.code ?? body.status ?? "";
  },
  async confirmSignUp(username, code) {
    const { body } = await call("confirmSignUp", { username, code });
    return body.code ?? body.status ?? "";
  },
  async signIn(user) {
    const { body } = await call("signIn", user);
    if (!body.tokens) return body.code ?? body.status ?? "";
    const { access_token: accessToken, refresh_token: refreshToken = "" } = body.tokens;
    return { accessToken, refreshToken };
  },
  async getSession(token) {
    const { body } = await call("getSession", undefined, token);
    return body.sub ?? body.code ?? "";
  },
  async refreshTokens(refresh_token) {
    const { body } = await call("refreshTokens", { refresh_token });
    return body.tokens?.access_token ?? body.code ?? "";
  },
  async signOut(refresh_token) {
    return (await call("signOut", { refresh_token })).status;
  },
});
