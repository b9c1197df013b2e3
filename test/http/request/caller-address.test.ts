import { describe, expect, test } from "vitest";
import { parseIpNetwork } from "../../../src/domain/ip-address.ts";
import {
  callerAddress,
  isTrustedProxy,
  type TrustedProxies,
} from "../../../src/http/request/caller-address.ts";

const networks = ["10.0.0.0/8", "2001:db8:9::/48"].flatMap((text) => parseIpNetwork(text) ?? []);
const listed: TrustedProxies = { networks };
const forwarded = (value: string) => new Headers({ "X-Forwarded-For": value });

describe("where no proxies are named", () => {
  test("the peer is the caller", () => {
    expect(callerAddress(new Headers(), "203.0.113.7", undefined)).toEqual({
      address: "203.0.113.7",
    });
  });

  test("whatever a peer of the internet says it forwards", () => {
    expect(callerAddress(forwarded("198.51.100.1"), "203.0.113.7", undefined)).toEqual({
      address: "203.0.113.7",
    });
  });

  test.each(["X-Forwarded-For", "Forwarded", "X-Real-IP"])(
    "a private peer that sends %s is a proxy that nobody named",
    (name) => {
      const headers = new Headers({ [name]: "198.51.100.1" });

      for (const peer of ["10.0.0.1", "127.0.0.1", "::1", "::ffff:172.16.0.9"])
        expect(callerAddress(headers, peer, undefined)).toEqual({ unknown: "unlisted_proxy" });
    },
  );

  test("a private peer that forwards nothing is the caller", () => {
    expect(callerAddress(new Headers(), "127.0.0.1", undefined)).toEqual({ address: "127.0.0.1" });
  });

  test("nobody is known where the runtime tells no peer, or a path", () => {
    for (const peer of [undefined, "", "/run/portico.sock"])
      expect(callerAddress(forwarded("198.51.100.1"), peer, listed)).toEqual({
        unknown: "no_peer",
      });
  });
});

describe("behind the networks of proxies", () => {
  test.each([
    ["198.51.100.1", "10.0.0.1", "198.51.100.1"],
    ["6.6.6.6, 198.51.100.1", "10.0.0.1", "198.51.100.1"],
    ["198.51.100.1, 10.9.9.9,10.8.8.8", "10.0.0.1", "198.51.100.1"],
    ["198.51.100.1:4711", "10.0.0.1", "198.51.100.1"],
    ["[2001:db8::1]:4711", "2001:db8:9::7", "2001:db8::1"],
    ["2001:db8::1", "10.0.0.1", "2001:db8::1"],
    // Who is no proxy of ours says what it likes.
    ["198.51.100.1", "203.0.113.7", "203.0.113.7"],
    // A proxy that calls by itself.
    ["", "10.0.0.1", "10.0.0.1"],
    ["10.7.7.7", "10.0.0.1", "10.7.7.7"],
  ])("%s over %s is %s", (value, peer, address) => {
    const headers = value === "" ? new Headers() : forwarded(value);

    expect(callerAddress(headers, peer, listed)).toEqual({ address });
  });

  test.each(["unknown", "198.51.100.1, <script>", "_hidden", ","])(
    "nobody is known by %s",
    (value) => {
      expect(callerAddress(forwarded(value), "10.0.0.1", listed)).toEqual({ unknown: "malformed" });
    },
  );

  test("headers that came apart are read as one, the last one nearest", () => {
    const headers = new Headers();
    headers.append("X-Forwarded-For", "6.6.6.6");
    headers.append("X-Forwarded-For", "198.51.100.1");

    expect(callerAddress(headers, "10.0.0.1", listed)).toEqual({ address: "198.51.100.1" });
  });
});

describe("behind a number of proxies", () => {
  test.each([
    [1, "198.51.100.1", "198.51.100.1"],
    [1, "6.6.6.6, 198.51.100.1", "198.51.100.1"],
    [2, "6.6.6.6, 198.51.100.1, 10.0.0.7", "198.51.100.1"],
    // Fewer than there should be: it came around them.
    [2, "6.6.6.6", "203.0.113.7"],
  ])("%i: %s is %s", (hops, value, address) => {
    expect(callerAddress(forwarded(value), "203.0.113.7", { hops })).toEqual({ address });
  });

  test("the peer is the caller where nothing is forwarded", () => {
    expect(callerAddress(new Headers(), "203.0.113.7", { hops: 1 })).toEqual({
      address: "203.0.113.7",
    });
  });
});

test("a peer is a trusted proxy where its network is listed, and every peer where proxies are counted", () => {
  expect(["10.1.2.3", "2001:db8:9::1"].map((peer) => isTrustedProxy(peer, listed))).toEqual([
    true,
    true,
  ]);
  expect(["203.0.113.7", "no address"].map((peer) => isTrustedProxy(peer, listed))).toEqual([
    false,
    false,
  ]);
  expect(isTrustedProxy("203.0.113.7", { hops: 1 })).toBe(true);
  expect(isTrustedProxy("10.1.2.3", undefined)).toBe(false);
});
