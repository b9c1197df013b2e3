import { describe, expect, test } from "vitest";
import {
  addressBlock,
  isInNetworks,
  isPrivateNetwork,
  parseIpAddress,
  parseIpNetwork,
} from "../../src/domain/ip-address.ts";

describe("parseIpAddress", () => {
  test.each([
    ["192.0.2.1", [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]],
    ["::ffff:192.0.2.1", [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]],
    ["::ffff:c000:201", [0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201]],
    ["::", [0, 0, 0, 0, 0, 0, 0, 0]],
    ["::1", [0, 0, 0, 0, 0, 0, 0, 1]],
    ["2001:DB8::a:0:1", [0x2001, 0xdb8, 0, 0, 0, 0xa, 0, 1]],
    ["1:2:3:4:5:6:7:8", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["2001:db8::", [0x2001, 0xdb8, 0, 0, 0, 0, 0, 0]],
    ["fe80::1%eth0", [0xfe80, 0, 0, 0, 0, 0, 0, 1]],
  ])("reads %s", (text, groups) => {
    expect(parseIpAddress(text)).toEqual(groups);
  });

  test.each([
    "",
    "1.2.3",
    "256.1.1.1",
    "1.2.3.4.5",
    "0x7f.1",
    "localhost",
    ":::",
    "1::2::3",
    "g::1",
    "[::1]",
    "::1]/x",
  ])("refuses %s", (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });
});

describe("networks", () => {
  test.each([
    ["10.0.0.0/8", "10.255.0.1", true],
    ["10.0.0.0/8", "11.0.0.1", false],
    ["10.0.0.0/8", "::ffff:10.1.1.1", true],
    ["192.0.2.128/25", "192.0.2.127", false],
    ["192.0.2.128/25", "192.0.2.129", true],
    ["192.0.2.1", "192.0.2.1", true],
    ["192.0.2.1", "192.0.2.2", false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["0.0.0.0/0", "203.0.113.9", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["::/0", "203.0.113.9", true],
    ["::ffff:10.0.0.0/104", "10.9.9.9", true],
  ])("%s has %s: %s", (network, address, isIn) => {
    const parsed = parseIpNetwork(network);

    expect(parsed && isInNetworks(parseIpAddress(address) ?? [], [parsed])).toBe(isIn);
  });

  test.each([
    "10.0.0.0/33",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0.0/-1",
    "10/8",
    "",
    "/8",
  ])("refuses %s", (text) => {
    expect(parseIpNetwork(text)).toBeUndefined();
  });

  test.each([
    "10.1.1.1",
    "172.31.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "::1",
    "fd00::1",
    "fe80::1",
    "100.64.0.1",
    "169.254.1.1",
  ])("%s is private", (text) => {
    expect(isPrivateNetwork(parseIpAddress(text) ?? [])).toBe(true);
  });

  test.each([
    "9.255.255.255",
    "11.0.0.0",
    "172.32.0.1",
    "192.169.0.1",
    "128.0.0.1",
    "::2",
    "2001:db8::1",
    "100.128.0.1",
  ])("%s is not", (text) => {
    expect(isPrivateNetwork(parseIpAddress(text) ?? [])).toBe(false);
  });
});

describe("addressBlock", () => {
  test.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::", "2001:db8:1:3::/64"],
    ["::1", "0:0:0:0::/64"],
    ["no address", "no address"],
  ])("names %s as %s", (text, block) => {
    expect(addressBlock(text)).toBe(block);
  });
});
