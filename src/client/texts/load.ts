import { late } from "../late.ts";
import type { Catalogue } from "./catalogue.ts";

const languages: Readonly<Record<string, () => Promise<Catalogue>>> = {
  en: async () => (await import("./en.ts")).en,
  de: async () => (await import("./de.ts")).de,
};

/**
 * Loads the texts of the first language that there are any of, English if there are none.
 *
 * Best done when a page starts: what to say without a connection cannot be loaded without one.
 *
 * @param wanted - language tags (BCP 47), the best first: those of the browser if absent
 * @throws {PorticoError} `network_error` — they cannot be loaded
 */
export function loadTexts(
  wanted: readonly string[] = globalThis.navigator?.languages ?? [],
): Promise<Catalogue> {
  const names = wanted.map((tag) => tag.split("-")[0]?.toLowerCase() ?? "");
  const name = names.find((one) => Object.hasOwn(languages, one)) ?? "en";
  const load = languages[name] as () => Promise<Catalogue>;
  return late(load());
}
