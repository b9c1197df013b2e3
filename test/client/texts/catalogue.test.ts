import { describe, expect, expectTypeOf, test } from "vitest";
import { de } from "../../../src/client/texts/de.ts";
import { en } from "../../../src/client/texts/en.ts";
import {
  type Catalogue,
  type FaultReason,
  faultTextOf,
  PorticoError,
  textOf,
} from "../../../src/client.ts";
import { reasons } from "../../../src/http/schemas/reasons.ts";

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
    for (const code of ["brand_new", "constructor"]) {
      expect(textOf(new PorticoError(code as "conflict", { status }), en)).toBe(text);
    }
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
});

test("every reason of the service has a text", () => {
  expectTypeOf<keyof typeof reasons>().toExtend<FaultReason>();
  expect(Object.keys(en.faults)).toEqual(expect.arrayContaining(Object.keys(reasons)));
});
