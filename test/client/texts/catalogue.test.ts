import { describe, expect, test } from "vitest";
import { de } from "../../../src/client/texts/de.ts";
import { en } from "../../../src/client/texts/en.ts";
import { type Catalogue, faultTextOf, PorticoError, textOf } from "../../../src/client.ts";
import { filesOf, textOf as sourceOf } from "../../support/import-graph.ts";

const fault = (reason: string) => ({ pointer: "/password", reason });

describe("the text of an error", () => {
  test("is the one of its code", () => {
    const error = new PorticoError("code_mismatch", { status: 422 });

    expect(textOf(error, en)).toBe("This code is wrong, or not valid any more.");
    expect(textOf(error, de)).toBe("Dieser Code ist falsch oder nicht mehr gültig.");
  });

  test.each([
    [30, "in 30 seconds", "in 30 Sekunden"],
    [119, "in 2 minutes", "in 2 Minuten"],
    [7_000, "in 2 hours", "in 2 Stunden"],
    [undefined, "later", "später"],
  ])("says when to try again: after %s seconds", (retryAfter, english, german) => {
    const error = new PorticoError("too_many_attempts", { status: 429, retryAfter });

    expect(textOf(error, en)).toBe(`There were too many attempts. Please try again ${english}.`);
    expect(textOf(error, de)).toContain(` ${german} `);
  });

  test.each([
    [429, en.errors.rate_limited.replace("{when}", "later")],
    [418, en.errors.malformed_request],
    [507, en.errors.internal_error.replace("{when}", "later")],
  ])("of a newer service, with status %i, is that of a relative", (status, text) => {
    const error = new PorticoError("brand_new" as "conflict", { status });

    expect(textOf(error, en)).toBe(text);
  });

  test("does not blame the user for what is no error of ours", () => {
    expect(textOf(new RangeError("a bug"), en)).toBe(
      "Something went wrong on our side. Please try again later.",
    );
  });
});

describe("the text of a fault", () => {
  test("is the one of its reason, and a general one where that is new", () => {
    expect(faultTextOf(fault("missing_digit"), en)).toBe("It needs a digit.");
    expect(faultTextOf(fault("brand_new"), de)).toBe("Das ist nicht gültig.");
  });
});

describe.each<Catalogue>([en, de])("the texts in $language", (catalogue) => {
  test("are sentences", () => {
    const texts = [...Object.values(catalogue.errors), ...Object.values(catalogue.faults)];

    expect(texts.filter((text) => !/^[A-ZÄÖÜ].*\.$/.test(text))).toEqual([]);
    expect(texts.filter((text) => /_|[A-Z]{4}|\bAPI\b/.test(text))).toEqual([]);
  });

  test("say when to try again where the English ones do", () => {
    const codes = Object.keys(en.errors) as (keyof typeof en.errors)[];
    const unlike = codes.filter(
      (code) => catalogue.errors[code].includes("{when}") !== en.errors[code].includes("{when}"),
    );

    expect(unlike).toEqual([]);
  });

  test("have one for every reason that the source gives", () => {
    const given = filesOf("src/{domain,http,adapters}/**/*.ts").flatMap((file) =>
      [
        ...sourceOf(file).matchAll(
          /(?:\breason: |\b(?:invalid|weak)\((?:[^()]*, )?|^ {2}\[\/.*\/i, )"([a-z]+(?:_[a-z]+)*)"[\s,)\]}]/gm,
        ),
      ].map(([, reason = ""]) => reason),
    );
    const known = Object.keys(catalogue.faults);
    const logged = ["lost_entries", "second_factor"];

    expect(given).toEqual(expect.arrayContaining(["dot_segment", "missing_digit", "too_deep"]));
    expect([...new Set(given)].filter((reason) => ![...known, ...logged].includes(reason))).toEqual(
      [],
    );
  });
});
