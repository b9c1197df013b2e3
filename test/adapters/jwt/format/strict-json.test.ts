import { describe, expect, it } from "vitest";
import { readHeader } from "../../../../src/adapters/jwt/format/header.ts";
import { parseObject } from "../../../../src/adapters/jwt/format/strict-json.ts";

const parse = (text: string) => parseObject(new TextEncoder().encode(text));

const refused = (rejection: string) =>
  expect.objectContaining({ code: "invalid_token", rejection }) as Error;

const nested = (depth: number, open: string, close: string, inner = "1") =>
  `{"a":${open.repeat(depth)}${inner}${close.repeat(depth)}}`;

describe("a JSON object", () => {
  it.each([
    "{}",
    '{"a":1}',
    '{"a":null,"b":[],"c":{}}',
    '{"a":{"a":{"a":1}},"b":{"a":1}}',
    '{"list":[{"a":1},{"a":[{"a":2}]},[[]],null]}',
    '{"a:b":"c:d","{":"[","\\"":"\\":","\\\\":"}"}',
    '{"a":"\\\\","b":"\\":\\\\"}',
    '{"":1}',
    ' {"a" : 1 , "b" : [ 1, 2 ] } ',
    '{"é":"\\u00e9"}',
    `{"a":[${"1".repeat(64)},-${"1".repeat(64)},1.${"3".repeat(64)},1e-5]}`,
    `{"${"1".repeat(65)}":"${"1".repeat(65)}"}`,
    nested(31, "[", "]"),
    nested(31, '{"b":', "}"),
    `{"a":[${"[],".repeat(40)}{}],"b":[${"{},".repeat(40)}[]]}`,
  ])("is read from %j", (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    "",
    "{",
    "[]",
    '[{"a":1}]',
    "null",
    "7",
    '"a:b"',
    "{a:1}",
    '{"a":1,}',
    '{"a":1}:',
    '{"a":1',
    '{"a',
    '{"a\\',
    '\ufeff{"a":1}',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a":{"b":1,"b":1}}',
    '{"a":[{"b":1,"b":1}]}',
    '{"a":[[{"b":1},{"b":1,"b":{}}]]}',
    '{"a":"\\"","a":1}',
    '{"a":"\\\\","a":1}',
    '{"__proto__":1,"__proto__":2}',
    '{"__proto__":1}',
    '{"constructor":1}',
    '{"a":[{"b":{"constructor":{}}}]}',
    `{"a":${"1".repeat(65)}}`,
    `{"a":[1,-${"1".repeat(65)}]}`,
    `{"a":0.${"3".repeat(65)}}`,
    nested(32, "[", "]"),
    nested(32, '{"b":', "}"),
    nested(16, '[{"b":', "}]"),
  ])("is not read from %j", (text) => {
    expect(() => parse(text)).toThrow(refused("malformed"));
  });

  it("is UTF-8", () => {
    const bytes = new TextEncoder().encode('{"a":"b"}');
    bytes[6] = 0xff;

    expect(() => parseObject(bytes)).toThrow(refused("malformed"));
  });
});

describe("a token's header", () => {
  const read = (header: object) => readHeader(new TextEncoder().encode(JSON.stringify(header)));

  it("names algorithm, key and kind", () => {
    expect(read({ alg: "RS256", kid: "a b", typ: "JWT", x5t: "any" })).toEqual({
      algorithm: "RS256",
      keyId: "a b",
      keyName: "RS256 a b",
      type: "application/jwt",
      namesKeyAddress: false,
    });
  });

  it("may name no key, or an address of one", () => {
    expect(read({ alg: "RS256", jku: "https://issuer.example/keys" })).toEqual({
      algorithm: "RS256",
      keyId: undefined,
      keyName: "RS256",
      type: undefined,
      namesKeyAddress: true,
    });
  });

  it("says what the payload is, which is no token", () => {
    expect(read({ alg: "RS256", kid: "a", cty: "json" })).toMatchObject({ keyId: "a" });
  });

  it.each([
    [{ kid: "a" }, "unsupported_algorithm"],
    [{ alg: ["RS256"], kid: "a" }, "unsupported_algorithm"],
    [{ alg: "RS256", kid: 1 }, "unknown_key"],
    [{ alg: "RS256", kid: null }, "unknown_key"],
    [{ alg: "RS256", kid: "a", jwk: {} }, "malformed"],
    [{ alg: "RS256", kid: "a", x5u: "" }, "malformed"],
    [{ alg: "RS256", kid: "a", x5c: [] }, "malformed"],
    [{ alg: "RS256", kid: "a", cty: "JWT" }, "malformed"],
    [{ alg: "RS256", kid: "a", cty: "JWT ; v=1" }, "malformed"],
    [{ alg: "RS256", kid: "a", crit: [] }, "malformed"],
    [{ alg: "RS256", kid: "a", b64: true }, "malformed"],
    [{ alg: "RS256", kid: "a", zip: "DEF" }, "malformed"],
    [{ alg: "RS256", kid: "a", enc: "A256GCM" }, "malformed"],
  ])("is refused of %j", (header, rejection) => {
    expect(() => read(header)).toThrow(refused(rejection));
  });
});
