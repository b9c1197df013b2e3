import type { SetUpFinding } from "../../adapters/shared/settings.ts";
import type { Log } from "../../adapters/system/json-lines.ts";

/** Something that the service stands on, and can be looked at when it starts. */
export interface CheckedPart {
  /** The name that it has in the log. */
  readonly event: string;
  readonly checkSetUp?: (() => Promise<readonly SetUpFinding[]>) | undefined;
  /** Whether what is wrong with it keeps people out. @default "warn" */
  readonly level?: "warn" | "error";
}

/** Logs what is wrong with how a part is set up, and what could not be looked at. Never rejects. */
export async function reportSetUp(
  log: Log,
  { event, checkSetUp, level = "warn" }: CheckedPart,
): Promise<void> {
  try {
    for (const { outcome, subject, message } of (await checkSetUp?.()) ?? [])
      log(outcome === "wrong" ? level : "info", { event, outcome, subject, message });
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown";
    log("info", { event, outcome: "not_checked", reason });
  }
}
