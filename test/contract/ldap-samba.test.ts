import { afterAll, beforeAll } from "vitest";
import { describeWithSamba, type Samba, startSamba } from "../support/samba.ts";
import { ldapLimits } from "./ldap-harness.ts";
import { describeDomain } from "./ldap-samba-cases.ts";
import { harnessOver } from "./ldap-samba-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

describeWithSamba("over Samba's domain controller", () => {
  let samba: Samba;
  beforeAll(async () => {
    samba = await startSamba();
  });
  afterAll(() => samba?.close());

  // In one file, as there is one domain controller to a machine's ports.
  runIdentityProviderContract("ldap as Active Directory", () => harnessOver(samba), ldapLimits);
  describeDomain(() => samba);
});
