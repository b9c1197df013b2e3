import type { SetUpFinding } from "../../adapters/shared/settings.ts";
import { systemClock } from "../../adapters/system/clock.ts";
import { readEnvironment, SettingsError } from "../../service/settings.ts";
import type { Command, ExitStatus } from "../command.ts";
import { envFileOption, readEnvFiles } from "../environment.ts";
import { withProgress } from "../progress.ts";
import type { Terminal } from "../terminal.ts";

/** Checks the settings, and how the provider that they name is set up. */
export const check: Command = {
  name: "check",
  summary: "check the settings, and the user pool that they name",
  details: `Reads the settings as the service does, then looks at how the user pool and its app client are set up, and tells
what does not fit the service or its users' safety, each with its mend. It changes nothing.
With Cognito it needs AWS credentials that allow cognito-idp:DescribeUserPool and cognito-idp:DescribeUserPoolClient.

Ends with 0 where all is well, 1 with findings or settings at fault, and 2 where it could not look at all of it.`,
  options: { "env-file": envFileOption },
  async run(given, terminal) {
    const environment = readEnvFiles(given, terminal);
    const { print, tell } = terminal;
    try {
      const settings = readEnvironment(environment);
      const look = findingsOf(settings);
      const findings = await withProgress(terminal, "Looking at the provider", look);
      const status = statusOf(findings);
      const { notice } = settings;
      if (given.json) {
        const warnings = notice === undefined ? [] : notice.split("\n");
        print(JSON.stringify({ status: words[status], findings: findings ?? [], warnings }));
      } else {
        if (notice !== undefined) print(`WARNING  ${notice}`);
        report(findings, terminal);
      }
      return status;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const { message, faults } = error;
      if (given.json) print(JSON.stringify({ error: "settings", message, faults }));
      else tell(message);
      return 1;
    }
  },
};

/** The statuses in words, for programs. */
const words = { 0: "well", 1: "wrong", 2: "not_checked" } as const;

/** Gives the findings about the provider; none at all where it has no settings but the service's. */
async function findingsOf(
  settings: ReturnType<typeof readEnvironment>,
): Promise<readonly SetUpFinding[] | undefined> {
  // Made without the rest of the service, which would open connections of its own.
  const { checkSetUp } = settings.provider({
    clock: systemClock,
    isRevoked: () => false,
    print: () => undefined,
  });
  return checkSetUp?.();
}

function statusOf(findings: readonly SetUpFinding[] = []): ExitStatus {
  if (findings.some(({ outcome }) => outcome === "wrong")) return 1;
  return findings.length > 0 ? 2 : 0;
}

function report(findings: readonly SetUpFinding[] | undefined, { print }: Terminal): void {
  print("The settings are well.");
  if (findings === undefined) {
    print("The provider has no settings elsewhere that could be looked at.");
  } else if (findings.length === 0) print("The provider is set up as it should be.");
  for (const { outcome, subject, message } of findings ?? [])
    print(`${outcome === "wrong" ? "WRONG" : "NOT CHECKED"}  ${subject}: ${message}`);
}
