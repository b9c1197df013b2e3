import { describe, expect, test, vi } from "vitest";
import { password, username } from "../http/support.ts";
import { codeOf, runFragment } from "../support/page-code.ts";
import { startWithUser } from "./support.ts";

function blockWith(words: string) {
  return (
    codeOf("docs/client.md").find(({ text }) => text.includes(words)) ??
    expect.fail(`no block of docs/client.md has ${words}`)
  );
}

describe("docs/client.md", () => {
  test("shows a sign-in that works", async () => {
    const { browser } = await startWithUser();
    const { open } = browser();
    const log = vi.fn();
    const given = { createClient: () => open(), username, password, console: { log } };

    await runFragment(blockWith("createClient()"), given, []);

    expect(log).toHaveBeenCalledWith(expect.objectContaining({ kind: "user" }));
  });
});
