import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { newAccount } from "./probe.ts";

/** Takes messages, and resets the connection of the ones that are to get lost. */
async function startMailbox() {
  const posted: { readonly destination: string; readonly purpose: string }[] = [];
  let isLost = false;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posted.push(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    if (isLost) request.socket.resetAndDestroy();
    else response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    posted,
    loseAll() {
      isLost = true;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `${runtime} and messages of Better Auth`, () => {
    let folder: string;
    let mailbox: Awaited<ReturnType<typeof startMailbox>>;
    let service: RunningRuntime | undefined;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "portico-message-hook-"));
      mailbox = await startMailbox();
    });
    afterEach(async () => {
      await service?.kill();
      mailbox.close();
      await rm(folder, { recursive: true, force: true });
    });

    // @see https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2
    test("posts each once, where the connection is reset as well", async () => {
      const environment = {
        IDENTITY_PROVIDER: "better-auth",
        DATABASE_URL: `file:${folder}/users.db`,
        BETTER_AUTH_SECRET: "s".repeat(32),
        BETTER_AUTH_MESSAGE_URL: mailbox.url,
      };
      service = await startRuntime(runtime, environment, { denoTask: "start:better-auth" });
      const { url } = service;
      const signUp = async () => {
        const account = { ...newAccount(), attributes: {} };
        const response = await fetch(`${url}/v1/sign-up`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(account),
        });
        return [response.status, account.username] as const;
      };

      // A message goes after the answer.
      const hasPosted = (...destinations: readonly string[]) =>
        vi.waitFor(() => {
          expect(mailbox.posted.map(({ destination }) => destination)).toEqual(destinations);
        }, 5_000);

      const [status, kept] = await signUp();
      expect(status).toBe(201);
      await hasPosted(kept);

      mailbox.loseAll();
      const [, lost] = await signUp();
      await hasPosted(kept, lost);
      // Whatever would be posted again is posted at once.
      await fetch(`${url}/health/live`);
      await hasPosted(kept, lost);
    });
  });
}
