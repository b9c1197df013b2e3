import type { ElementsOptions, Texts } from "../options.ts";

/** Words that were loaded, and the language that they are of. */
export interface LoadedTexts extends Texts {
  readonly language: string;
}

/** Our own, each loaded where it is wanted. */
const ours: Readonly<Record<string, () => Promise<Texts>>> = {
  async en() {
    const [{ en: labels }, { en: errors }] = await Promise.all([
      import("./en.ts"),
      import("../../client/texts/en.ts"),
    ]);
    return { labels, errors };
  },
  async de() {
    const [{ de: labels }, { de: errors }] = await Promise.all([
      import("./de.ts"),
      import("../../client/texts/de.ts"),
    ]);
    return { labels, errors };
  },
};

/**
 * Loads the words of a language: of exactly that tag, of its language, or in English, an application's own before ours.
 *
 * @param tag - as BCP 47 has it
 */
export async function loadTexts(
  tag: string,
  own: NonNullable<ElementsOptions["texts"]>,
): Promise<LoadedTexts> {
  const all = new Map<string, Texts | (() => Promise<Texts>)>([
    ...Object.entries(ours),
    ...Object.entries(own),
  ]);
  const [short = "en"] = tag.split("-");
  for (const language of [tag, short.toLowerCase(), "en"]) {
    const found = all.get(language);
    if (!found) continue;
    const texts = typeof found === "function" ? await found() : found;
    // Dates are written as the country has it where the words are of its language.
    return { ...texts, language: language === "en" && short !== "en" ? "en" : tag || language };
  }
  throw new TypeError("There are no texts.");
}
