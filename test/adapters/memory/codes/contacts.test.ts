import { expect, it } from "vitest";
import { mask } from "../../../../src/adapters/memory/codes/contacts.ts";

it.each([
  ["email", "ada@example.com", "a***@e***"],
  ["email", "\u{1f40e}x@example.com", "\u{1f40e}***@e***"],
  ["email", "", "***"],
  ["phone_number", "+4930123456", "+*******3456"],
] as const)("an address of the kind %s shows little: %j is %s", (contact, address, masked) => {
  expect(mask(contact, address)).toBe(masked);
});
