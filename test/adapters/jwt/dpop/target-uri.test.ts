import { describe, expect, it } from "vitest";
import {
  baseUri,
  expectedTarget,
  targetUri,
} from "../../../../src/adapters/jwt/dpop/target-uri.ts";

describe("the URI in a proof", () => {
  it.each([
    ["https://api.example/orders", "https://api.example/orders"],
    ["https://api.example", "https://api.example/"],
    ["HTTPS://API.example:443/a", "https://api.example/a"],
    ["http://localhost:80/a", "http://localhost/a"],
    ["https://api.example:8443/a", "https://api.example:8443/a"],
    ["https://api.example/a?b=c#d", "https://api.example/a"],
    ["https://api.example/a/../b/./c", "https://api.example/b/c"],
    ["https://api.example/%7Eada%2d%41%5f%2E", "https://api.example/~ada-A_."],
    ["https://api.example/a%2fb%c3%a9", "https://api.example/a%2Fb%C3%A9"],
    ["https://api.example/a~:@!$&'()*+,;=b", "https://api.example/a~:@!$&'()*+,;=b"],
    ["https://[::1]/a", "https://[::1]/a"],
  ])("%j is %j", (text, uri) => {
    expect(targetUri(text)).toBe(uri);
  });

  it.each([
    "",
    "/orders",
    "ftp://api.example/orders",
    "xhttps://api.example/orders",
    "https:/api.example/orders",
    "https://",
    "https://api.example/or ders",
    "https://api.example/orders\n",
    "https://api.example\\orders",
    'https://api.example/"',
    "https://api.example/é",
    "https://ada@api.example/orders",
    "https://:pw@api.example/orders",
    "https://ada:pw@api.example/orders",
    "https://api.example:99999/",
    "https://[::1/",
  ])("is never %j", (text) => {
    expect(targetUri(text)).toBeUndefined();
  });
});

describe("the URI of a request", () => {
  it.each([
    ["https://api.example/", "https://api.example"],
    ["https://api.example/shop/", "https://api.example/shop"],
    ["https://api.example/shop/a", "https://api.example/shop/a"],
    ["https://api.example/a|b", "https://api.example/a%7Cb"],
  ])("below %j begins with %j", (url, base) => {
    expect(baseUri(new URL(url))).toBe(base);
  });

  it.each([
    ["http://internal/orders?a=b", "https://api.example/shop/orders"],
    ["http://internal", "https://api.example/shop/"],
    ["http://internal/a|b^c%7c", "https://api.example/shop/a%7Cb%5Ec%7C"],
    ["http://internal/%7Eada", "https://api.example/shop/~ada"],
  ])("%j is %j", (url, uri) => {
    expect(expectedTarget("https://api.example/shop", url)).toBe(uri);
  });
});
