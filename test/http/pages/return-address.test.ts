import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returnAddress } from "../../../src/http/pages/return-address.ts";

const own = "https://id.example.com";
const listed = ["https://app.example.com", "http://localhost:3000"];
const go = (text: string) => returnAddress(text, own, listed);

describe("the address that a page takes the browser back to", () => {
  test.each([
    ["/account", "/account"],
    ["/a/b?c=d#e", "/a/b?c=d#e"],
    ["https://app.example.com", "https://app.example.com/"],
    ["https://app.example.com/x?y=z#w", "https://app.example.com/x?y=z#w"],
    ["HTTPS://APP.example.com:443/x", "https://app.example.com/x"],
    ["http://localhost:3000/", "http://localhost:3000/"],
    ["https://id.example.com/account", "https://id.example.com/account"],
    ["/%2e%2e//evil.example", "/%2e%2e//evil.example"],
  ])("may be %s", (text, address) => {
    expect(go(text)).toBe(address);
  });

  test.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://evil.example",
    "https://app.example.com.evil.example",
    "https://evil.example/https://app.example.com",
    "https://evil.example?https://app.example.com",
    "https://evil.example#https://app.example.com",
    "https://app.example.com@evil.example",
    "https://user@app.example.com",
    "https://user:secret@app.example.com",
    "https://@app.example.com",
    "https://:@app.example.com",
    "http://app.example.com",
    "https://app.example.com:8443",
    "http://localhost:3001",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "blob:https://app.example.com/1",
    "ftp://app.example.com",
    "about:blank",
    "app.example.com",
    "account",
    "./account",
    "",
    " /account",
    "/account ",
    "/\t/evil.example",
    "/\n/evil.example",
    "\u0000/account",
    "https://app.example.com\u3002evil.example",
    "https://аpp.example.com",
    "https://app.example.com/ä",
    "https://app。example.com",
    "／／evil.example",
    `/${"a".repeat(2048)}`,
  ])("is never %j", (text) => {
    expect(go(text)).toBeUndefined();
  });

  test("is of a listed origin whatever is made of it, as a browser reads it on the page", () => {
    const parts = fc.constantFrom(
      ..."/ \\ : @ . ? # % \t \n https: http: javascript: // evil.example app.example.com localhost:3000 %2f %5c .. a".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (texts) => {
        const address = go(texts.join(""));
        if (address === undefined) return;
        const { origin } = new URL(address, `${own}/sign-in`);
        expect([own, ...listed]).toContain(origin);
      }),
      { numRuns: 3000 },
    );
  });
});
