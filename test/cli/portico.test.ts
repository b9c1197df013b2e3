import { describe, expect, test, vi } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { commands } from "../../src/cli/commands.ts";
import { runPortico } from "../support/run-portico.ts";

// Each runs the command as a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const names = Object.keys(commands);

describe("the command portico", () => {
  test("lists its commands, and ends with 2 where it is told none of them", async () => {
    const run = await runPortico([]);
    const help = await runPortico(["--help"]);

    for (const name of names) expect(run.out).toMatch(new RegExp(`^  ${name} `, "m"));
    expect([run.status, help.status]).toEqual([2, 0]);
    expect(help.out).toBe(run.out);
  });

  test("tells its version", async () => {
    expect(await runPortico(["--version"])).toMatchObject({
      status: 0,
      out: `${packageJson.version}\n`,
    });
  });

  test("names the command that was meant", async () => {
    const { status, err } = await runPortico(["chek"]);

    expect(status).toBe(2);
    expect(err).toContain("There is no command of that name. Is check meant?");
  });

  test.each(names)("%s says what it takes, every option of it", async (name) => {
    const { status, out } = await runPortico([name, "--help"]);
    const command = await commands[name]?.();

    expect(status).toBe(0);
    expect(out).toContain(`Usage: portico ${name} [options]`);
    for (const option of Object.keys(command?.options ?? {})) expect(out).toContain(`--${option}`);
  });

  test.each(names)(
    "%s refuses an option that it does not have, and names the nearest",
    async (name) => {
      const { status, err } = await runPortico([name, "--jsno"]);

      expect(status).toBe(2);
      expect(err).toBe(
        `There is no option --jsno. Is --json meant?\nSee portico ${name} --help.\n`,
      );
    },
  );

  test("a program is told the same as JSON", async () => {
    const { status, out, err } = await runPortico(["check", "--env", "--json"]);

    expect([status, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({
      error: "usage",
      message: "There is no option --env. Is --env-file meant?",
    });
  });

  test("repeats no argument that is too many, as it may be a secret", async () => {
    const { status, err } = await runPortico(["check", "a-secret"]);

    expect(status).toBe(2);
    expect(err).toContain("an argument too many");
    expect(err).not.toContain("a-secret");
  });
});
