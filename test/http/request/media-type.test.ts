import { expect, test } from "vitest";
import { isUtf8MediaType } from "../../../src/http/request/media-type.ts";

const form = "application/x-www-form-urlencoded";

test.each([form, form.toUpperCase(), ` ${form} ;charset=UTF-8`, `${form}; charset="utf-8";`])(
  "a form is told by %j",
  (contentType) => {
    expect(isUtf8MediaType(contentType, form)).toBe(true);
  },
);

test.each([
  null,
  "",
  `${form}x`,
  `${form}, text/plain`,
  `${form}; charset=latin1`,
  `text/plain;${form}`,
])("no form is told by %j", (contentType) => {
  expect(isUtf8MediaType(contentType, form)).toBe(false);
});
