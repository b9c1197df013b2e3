import { describeWithSamba } from "../support/samba.ts";
import { ldapLimits } from "./ldap-harness.ts";
import { startSambaHarness } from "./ldap-samba-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

describeWithSamba("over Samba's domain controller", () => {
  runIdentityProviderContract("ldap as Active Directory", startSambaHarness, ldapLimits);
});
