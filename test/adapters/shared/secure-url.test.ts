import { describe, expect, it } from "vitest";
import {
  isClusterHttp,
  isLoopback,
  isPrivateAddress,
  isTrustworthyUrl,
} from "../../../src/adapters/shared/secure-url.ts";

describe("an address that is to be trusted", () => {
  it.each([
    "https://issuer.example/keys",
    "https://10.0.0.1",
    "http://localhost:8080",
    "http://[::1]/",
    "http://127.0.0.1",
    "http://127.1",
    "http://127.100.200.255",
    "http://0x7f.1",
  ])("may be %s", (address) => {
    expect(isTrustworthyUrl(new URL(address))).toBe(true);
  });

  it.each([
    "http://issuer.example",
    "http://10.0.0.1",
    "http://localhost.example",
    "http://127.0.0.1.example",
    "http://[::2]",
    "ftp://localhost",
    "ftp://issuer.example",
    "https://ada@issuer.example",
    "https://:pw@issuer.example",
    "https://ada:pw@issuer.example",
    "http://ada@localhost",
    "data:text/plain,localhost",
  ])("is never %s", (address) => {
    expect(isTrustworthyUrl(new URL(address))).toBe(false);
  });

  it.each([
    "http://keycloak",
    "http://keycloak-2:8080/a",
    "http://keycloak.identity.svc",
    "http://a.svc.cluster.local",
    "http://a.svc.k8s.example",
    "http://printer.local",
    "http://a.internal",
    "http://192.168.0.1",
  ])("may be %s inside of a cluster", (address) => {
    expect(isClusterHttp(new URL(address))).toBe(true);
  });

  it.each([
    "https://keycloak",
    "ftp://keycloak",
    "http://ada@keycloak",
    "http://:pw@keycloak",
    "http://issuer.example",
    "http://svc.example",
    "http://a.svcs.example",
    "http://a.local.example",
    "http://alocal.example",
    "http://8.8.8.8",
    "http://a_b",
  ])("is never %s inside of a cluster", (address) => {
    expect(isClusterHttp(new URL(address))).toBe(false);
  });

  it("is this machine's own only as a whole", () => {
    expect(isLoopback({ hostname: "a.127.0.0.1" })).toBe(false);
  });
});

describe("a private address", () => {
  it.each([
    ...["0.0.0.0", "0.255.1.2", "10.0.0.0", "10.255.255.255", "169.254.169.254", "192.168.1.1"],
    ...["172.16.0.1", "172.19.0.1", "172.20.0.1", "172.29.0.1", "172.30.0.1", "172.31.255.255"],
    ...["100.64.0.1", "100.69.0.1", "100.70.0.1", "100.99.0.1", "100.100.0.1", "100.119.0.1"],
    ...["100.120.0.1", "100.127.255.255", "224.0.0.1", "229.1.1.1", "230.1.1.1", "239.1.1.1"],
    ...["240.0.0.1", "249.1.1.1", "250.1.1.1", "255.255.255.255"],
    ...["[::]", "[::ffff:10.0.0.1]", "[::ffff:8.8.8.8]", "[fc00::1]", "[fd12:3456:789a::1]"],
    ...["[::2]", "[::10.0.0.1]", "[::8.8.8.8]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::7]"],
    ...["[2002:a00:1::]", "[2002::1]", "[2001::1]", "[2001:0:a00:1::]", "[fec0::1]", "[feff::1]"],
    ...[
      "[100::]",
      "[100::1]",
      "[100::ab:1]",
      "198.18.0.1",
      "198.19.255.255",
      "192.0.0.8",
      "192.88.99.1",
    ],
    ...["[fe80::1]", "[fe90::1]", "[feaf::1]", "[febf::1]", "[ff00::]", "[ff02::1]"],
  ])("is %s", (host) => {
    expect(isPrivateAddress(new URL(`https://${host}`))).toBe(true);
  });

  it.each([
    ...["1.1.1.1", "9.9.9.9", "11.0.0.1", "126.0.0.1", "128.0.0.1", "110.1.1.1", "210.1.1.1"],
    ...["169.253.0.1", "169.255.0.1", "192.167.0.1", "192.169.0.1", "172.15.0.1", "172.32.0.1"],
    ...["172.1.0.1", "100.63.0.1", "100.128.0.1", "100.6.0.1", "100.200.0.1", "100.12.0.1"],
    ...["22.1.1.1", "25.1.1.1", "223.1.1.1"],
    ...["10.example", "10.1.example", "192.168.example", "0.issuer.example", "issuer.example"],
    ...["[2001:db8::1]", "[fb00::1]", "[fe7f::1]", "[1::]", "[1::ffff:1]"],
    ...["[2001:4860:4860::8888]", "[2003::1]", "[64:ff9a::1]", "[101::1]", "[::1:2:3]"],
    ...["198.17.0.1", "198.20.0.1", "192.0.1.1", "192.88.98.1"],
    ...["fd.example", "ff02.example", "198.18.example"],
    ...["localhost", "127.0.0.1", "127.200.200.200", "[::1]"],
  ])("is not %s", (host) => {
    expect(isPrivateAddress(new URL(`https://${host}`))).toBe(false);
  });
});
