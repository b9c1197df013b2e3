import type { ProviderParts } from "../../adapters/shared/settings.ts";
import type { Log } from "../../adapters/system/json-lines.ts";

/** Logs what is wrong with how a provider is set up, and what could not be looked at. Never rejects. */
export async function reportSetUp(
  log: Log,
  { checkSetUp }: Pick<ProviderParts, "checkSetUp">,
): Promise<void> {
  const event = "provider_set_up";
  try {
    for (const { outcome, subject, message } of (await checkSetUp?.()) ?? [])
      log(outcome === "wrong" ? "warn" : "info", { event, outcome, subject, message });
  } catch (error) {
    const reason = error instanceof Error ? error.name : "unknown";
    log("info", { event, outcome: "not_checked", reason });
  }
}
