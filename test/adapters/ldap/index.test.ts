import { describe, expect, test } from "vitest";
import { ldapFromEnv } from "../../../src/adapters/ldap/index.ts";

const settings = {
  LDAP_URL: "ldaps://ldap.example.com",
  LDAP_BIND_DN: "cn=portico,dc=example,dc=com",
  LDAP_BIND_PASSWORD: "reader-Secret-7",
  LDAP_BASE_DN: "dc=example,dc=com",
  LDAP_SECRET: "s".repeat(32),
};

function faultsOf(changes: Readonly<Record<string, string>>) {
  const read = ldapFromEnv.read({ ...settings, ...changes });
  return read.ok ? [] : read.faults;
}

describe("the settings of a directory", () => {
  test.each([
    {},
    { LDAP_URL: "ldaps://ldap.example.com:6360" },
    { LDAP_URL: "ldaps://[::1]" },
    { LDAP_URL: "ldap://127.0.0.1:3890" },
    { LDAP_URL: "ldap://localhost" },
    { LDAP_URL: "ldap://ldap.example.com", LDAP_START_TLS: "true" },
    { LDAP_KIND: "active-directory", LDAP_PASSWORD_CHANGE: "true", LDAP_NESTED_GROUPS: "true" },
    { LDAP_USER_FILTER: "(&(|(uid={username})(mail={username}))(!(employeeType=robot)))" },
    { LDAP_GROUP_FILTER: "(memberUid={username})" },
    { LDAP_ATTRIBUTES: "email=mail,custom:room=roomNumber" },
    { LDAP_SECRET: `${"n".repeat(32)},${"o".repeat(32)}` },
  ])("are well: %j", (changes) => {
    expect(faultsOf(changes)).toEqual([]);
  });

  test.each([
    [{ LDAP_URL: "ldap://ldap.example.com" }, "LDAP_URL: must be ldaps off this machine"],
    [{ LDAP_URL: "ldap://127.1.evil.example" }, "LDAP_URL: must be ldaps off this machine"],
    [{ LDAP_URL: "ldap://192.168.0.1" }, "LDAP_URL: must be ldaps off this machine"],
    [{ LDAP_URL: "https://ldap.example.com" }, "LDAP_URL: must be ldaps://host"],
    [{ LDAP_URL: "ldaps://user:secret@ldap.example.com" }, "LDAP_URL: must be ldaps://host"],
    [{ LDAP_URL: "ldaps://ldap.example.com/dc=example" }, "LDAP_URL: must be ldaps://host"],
    [{ LDAP_URL: "ldaps://" }, "LDAP_URL: must be ldaps://host"],
    [{ LDAP_START_TLS: "true" }, "LDAP_START_TLS: is for ldap"],
    [{ LDAP_START_TLS: "yes" }, "LDAP_START_TLS: must be one of"],
    [{ LDAP_BIND_DN: "" }, "LDAP_BIND_DN: is required"],
    [{ LDAP_BIND_PASSWORD: "" }, "LDAP_BIND_PASSWORD: is required"],
    [{ LDAP_BASE_DN: "example.com" }, "LDAP_BASE_DN: must be a DN"],
    [{ LDAP_CA: "/etc/ssl/ca.pem" }, "LDAP_CA: must be certificates as PEM"],
    [{ LDAP_USER_FILTER: "uid={username}" }, "LDAP_USER_FILTER: must be a filter"],
    [{ LDAP_USER_FILTER: "(uid=ada)" }, "LDAP_USER_FILTER: must be a filter"],
    [{ LDAP_USER_FILTER: "(uid={username}" }, "LDAP_USER_FILTER: must be a filter"],
    [{ LDAP_USER_FILTER: "(uid={username}))(" }, "LDAP_USER_FILTER: must be a filter"],
    [{ LDAP_GROUP_FILTER: "member={dn}" }, "LDAP_GROUP_FILTER: must be a filter"],
    [{ LDAP_ATTRIBUTES: "email" }, "LDAP_ATTRIBUTES: must be email=mail"],
    [{ LDAP_NESTED_GROUPS: "true" }, "LDAP_NESTED_GROUPS: is for Active Directory"],
    [
      {
        LDAP_URL: "ldap://127.0.0.1",
        LDAP_KIND: "active-directory",
        LDAP_PASSWORD_CHANGE: "true",
      },
      "LDAP_PASSWORD_CHANGE: takes TLS",
    ],
    [{ LDAP_SECRET: "short" }, "LDAP_SECRET: must be at least 32"],
    [{ LDAP_SESSION_SECONDS: "5" }, "LDAP_SESSION_SECONDS: must be 300"],
  ] as const)("stop the start: %j", (changes, fault) => {
    const faults = faultsOf(changes);

    expect(faults.map((found) => found.slice(0, fault.length))).toEqual([fault]);
    expect(faults.join()).not.toContain("secret@");
  });

  test("are all asked for at once", () => {
    const read = ldapFromEnv.read({});

    expect(read.ok ? [] : read.faults.map((fault) => fault.split(":")[0])).toEqual(
      Object.keys(settings).toSorted((one, other) => order.indexOf(one) - order.indexOf(other)),
    );
  });

  const order = ldapFromEnv.settingNames;
});
