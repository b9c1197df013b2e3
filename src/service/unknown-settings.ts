/** The findings about names in an environment that nothing reads. */
export interface UnknownSettings {
  /** One for each name that is a known one but for a typing error. */
  readonly faults: readonly string[];
  /** One for all the names that only look like settings of the service, as other programs have such too. */
  readonly notice?: string;
}

/** The form of a name that could be meant for the service. Whatever else is there is of no interest, and not repeated. */
const settingName = /^[A-Z][A-Z0-9_]*$/;

/** A name that is written otherwise than settings are, as `identity_provider` or `IDENTITY-PROVIDER`. */
const otherName = /^[A-Z][\w-]*$/i;

/** The length from which on a name is none that others have by chance. */
const shortBelow = 8;

/** These are read by other programs of Amazon's as well, and there are many. */
const sharedPrefixes: readonly string[] = ["AWS_"];

/**
 * Looks for names that nothing reads, as a setting that is misspelt counts for nothing: of two edits, of a name as
 * short as `HOST` one, since `HOME` is two away. An edit adds, drops or changes a character, or swaps two neighbours
 * (the Damerau–Levenshtein distance).
 *
 * @param names - all the names that the environment has
 * @param known - the names that are read, whichever provider is chosen
 */
export function findUnknownSettings(
  names: readonly string[],
  known: readonly string[],
): UnknownSettings {
  const read = new Set(known);
  const others = names.filter((name) => settingName.test(name) && !read.has(name)).toSorted();
  const meant = new Map([
    ...others.map((name) => [name, known.find((one) => isMisspelt(name, one))] as const),
    ...otherwiseWritten(names, known),
  ]);
  const prefixes = new Set(known.map((name) => name.slice(0, name.indexOf("_") + 1)));
  for (const prefix of ["", ...sharedPrefixes]) prefixes.delete(prefix);
  const alike = others.filter(
    (name) => meant.get(name) === undefined && [...prefixes].some((one) => name.startsWith(one)),
  );
  return {
    faults: [...meant].flatMap(([name, one]) =>
      one === undefined ? [] : [`${name}: is no setting. Is ${one} meant?`],
    ),
    ...(alike.length > 0 && {
      notice: `Named like settings of this service, but none: ${alike.join(", ")}.`,
    }),
  };
}

/**
 * Finds settings in small letters, with hyphens, or with a blank or a byte order mark at an end, as files of variables
 * bring them along. Not those as short as `HOST`, which are names of other programs then.
 */
function otherwiseWritten(
  names: readonly string[],
  known: readonly string[],
): readonly (readonly [name: string, known: string | undefined])[] {
  const long = known.filter((one) => one.length >= shortBelow);
  const written = names.filter((name) => !settingName.test(name) && otherName.test(name.trim()));
  return written.toSorted().map((name) => {
    const usual = name.trim().toUpperCase().replaceAll("-", "_");
    return [name.trim(), long.find((one) => one === usual || isMisspelt(usual, one))] as const;
  });
}

function isMisspelt(name: string, known: string): boolean {
  return isWithinEdits(known.length < shortBelow ? 1 : 2, name, known);
}

/** Tells whether so many edits make one text of another. */
export function isWithinEdits(edits: number, one: string, other: string): boolean {
  return isWithin(edits, one, 0, other, 0);
}

/** As {@link isWithinEdits}, of each text from some place on. */
function isWithin(edits: number, one: string, from: number, other: string, start: number): boolean {
  if (Math.abs(one.length - from - (other.length - start)) > edits) return false;
  let i = from;
  while (i < one.length && one[i] === other[start + i - from]) i += 1;
  const j = start + i - from;
  if (i === one.length && j === other.length) return true;
  if (edits === 0) return false;
  const isSwapped = one[i] === other[j + 1] && one[i + 1] === other[j];
  return (
    isWithin(edits - 1, one, i + 1, other, j + 1) ||
    isWithin(edits - 1, one, i + 1, other, j) ||
    isWithin(edits - 1, one, i, other, j + 1) ||
    (isSwapped && isWithin(edits - 1, one, i + 2, other, j + 2))
  );
}
