import { describe, expect, test } from "vitest";
import { isPlainAddress } from "../../src/domain/plain-address.ts";

describe("an address that a mail is sent to", () => {
  test.each([
    "ada@example.com",
    "a.b+c@mail.example.co.uk",
    "o'neil@example.org",
    "ä@bücher.example",
  ])("can be %s", (address) => {
    expect(isPlainAddress(address)).toBe(true);
  });

  test.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@example.com\r\nBcc: all@example.com",
    "ada@example.com\n",
    "ada@example.com, eve@example.com",
    "ada@example.com;eve@example.com",
    "Ada <ada@example.com>",
    "<ada@example.com>",
    "ada@example.com (eve)",
    '"ada b"@example.com',
    "ada b@example.com",
    "ada@exa mple.com",
    "ada@eve@example.com",
    "@relay:ada@example.com",
    "ada@[127.0.0.1]",
    "ada\u0000@example.com",
    "ada\u2028@example.com",
    "ada\u202e@example.com",
    "ada..b@example.com",
    "ada@-example.com",
    `${"a".repeat(65)}@example.com`,
  ])("cannot be %j", (text) => {
    expect(isPlainAddress(text)).toBe(false);
  });
});
