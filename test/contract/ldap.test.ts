import { describeWithSlapd } from "../support/slapd.ts";
import { ldapLimits, startHarness } from "./ldap-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

describeWithSlapd("over OpenLDAP", () => {
  runIdentityProviderContract("ldap", startHarness, ldapLimits);
});
