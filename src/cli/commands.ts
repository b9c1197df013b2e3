import type { Command } from "./command.ts";

/** The commands by name, each loaded when it is called. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./commands/serve.ts")).serve,
  check: async () => (await import("./commands/check.ts")).check,
  token: async () => (await import("./commands/token.ts")).token,
  "cognito-server": async () => (await import("./commands/cognito-server.ts")).cognitoServer,
  init: async () => (await import("./commands/init.ts")).init,
};
