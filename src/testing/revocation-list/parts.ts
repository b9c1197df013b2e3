import { expectThat } from "../expectations.ts";
import { addAll, listCase, ofSession, readParts, texts } from "./list-case.ts";

/** The longest that a part may be, in revocations. */
const mostInPart = 1000;

/** The promises of the parts that a list is read in: one case, as it takes long to add so many. */
export const partCases = [
  listCase("parts: are short, can be had again, and give all that is added once", async (list) => {
    const [reader, writer] = [list.open(), list.open()];
    const added = Array.from({ length: mostInPart + 100 }, () => ofSession(list));
    await addAll(writer, added);
    const first = await reader.read();
    await reader.read(first.cursor);
    const late = ofSession(list);
    await writer.add(late);

    const rest = await readParts(reader, first.cursor);
    const next = await readParts(reader, rest.at(-1)?.cursor);

    const parts = [first, ...rest].map(({ revocations }) => revocations);
    for (const part of parts)
      expectThat("no part has more than a thousand", part.length <= mostInPart);
    expectThat("few are given twice", parts.flat().length <= added.length * 1.1);
    const given = [...parts, ...next.map(({ revocations }) => revocations)].flat();
    const found = new Set(texts(given));
    expectThat(
      "each is given",
      texts([...added, late]).every((text) => found.has(text)),
    );
  }),
] as const;
