import { Buffer } from "node:buffer";
import type { Fixture } from "./fixture.ts";

const length = 1_000_000;

/** Tokens of a megabyte, each made to keep another part of a verifier busy. */
export function hostileTokens({ tokens: [valid = ""] }: Fixture): Readonly<Record<string, string>> {
  const [header = "", payload = "", signature = ""] = valid.split(".");
  const nested = Buffer.from("[".repeat((length * 3) / 4)).toString("base64url");
  const longHeader = JSON.parse(Buffer.from(header, "base64url").toString());
  longHeader.note = "a".repeat((length * 3) / 4);
  return {
    "one letter over and over": "A".repeat(length),
    "dots only": ".".repeat(length),
    "no ASCII": "\u20ac".repeat(length),
    "a long header": `${Buffer.from(JSON.stringify(longHeader)).toString("base64url")}.${payload}.${signature}`,
    "a nested payload": `${header}.${nested}.${signature}`,
    "a long signature": `${header}.${payload}.${"A".repeat(length)}`,
  };
}
