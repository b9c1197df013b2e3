import * as z from "zod/mini";
import {
  type Environment,
  listOf,
  oneOf,
  type ReadSettings,
  readSettings,
} from "../adapters/shared/settings.ts";
import { isPageOrigin } from "./setting-forms.ts";

const fields = z.object({
  PAGES: z.optional(oneOf(["on", "off"])),
  RETURN_TO_ORIGINS: z._default(
    listOf(
      (text) => isPageOrigin(text) && !text.includes("*"),
      "must be https origins such as https://app.example.com, or http on this machine, with commas between",
    ),
    [],
  ),
});

/** The sign-in pages of the service, as the settings have them. */
export interface PageSettings {
  /** The pages, where they are served. */
  readonly pages?: {
    /** The origins that a page may take the browser back to, besides the service's own. */
    readonly returnOrigins: readonly string[];
    /** Whether they show the messages of a provider that sends none: in development, on this machine. */
    readonly showsOutbox: boolean;
  };
  /** A notice on where to try them, for whoever starts the service in development. */
  readonly notice?: string;
}

const tryThem =
  "  The sign-in pages are at /sign-in, and show the codes that nobody is sent (PAGES).";

/** Every variable that {@link readPageSettings} can look at. */
export function pageSettingNames(): readonly string[] {
  return Object.keys(fields.shape);
}

/**
 * Reads whether the service has pages, and where they may take the browser.
 *
 * @param isDevelopment - whether users are in memory, and nobody but this machine reaches the service
 */
export function readPageSettings(
  environment: Environment,
  isDevelopment: boolean,
): ReadSettings<PageSettings> {
  const read = readSettings(fields, environment);
  if (!read.ok) return read;
  const { PAGES = isDevelopment ? "on" : "off", RETURN_TO_ORIGINS: returnOrigins } = read.value;
  if (PAGES === "off") return { ok: true, value: {} };
  // A sign-in on the pages ends in a session in cookies, and those have to be sealed.
  if (!isDevelopment && !environment.SESSION_SECRETS) {
    return { ok: false, faults: ["SESSION_SECRETS: is required where PAGES is on"] };
  }
  const pages = { returnOrigins, showsOutbox: isDevelopment };
  return { ok: true, value: { pages, ...(isDevelopment && { notice: tryThem }) } };
}
