/** Writes a text as the value of a filter, so that it is nothing but that (RFC 4515 section 3). */
export function escapeValue(text: string): string {
  return text.replaceAll(
    /[\\*()\0]/g,
    (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** Puts texts into the places of a filter that are named in braces. */
export function fillFilter(filter: string, values: Readonly<Record<string, string>>): string {
  return filter.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : escapeValue(value);
  });
}

/** Gives the filter of anyone of whom the filter of one name would be: a name is there, whichever. */
export function filterOfAll(filter: string): string {
  return filter.replaceAll("{username}", "*");
}

/** A place where a filter compares a name: the attribute, and the text around the name. */
export interface ComparedName {
  readonly attribute: string;
  readonly pattern: string;
}

/** Finds the places where a filter compares a name. */
export function comparedNames(filter: string): readonly ComparedName[] {
  const places = filter.matchAll(/\(([a-z][\w-]*)=([^()*]*\{username\}[^()*]*)\)/gi);
  return [...places].map(([, attribute = "", pattern = ""]) => ({ attribute, pattern }));
}

/** A name in the form that it counts as the same in: capitals and small letters, and nothing else, as our limits hold. */
export function foldName(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
