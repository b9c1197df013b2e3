import { choice, flag, list, map, structure, text, unserved } from "../wire/constraints.ts";
import { arn } from "./arn.ts";
import { messageMembers } from "./message-members.ts";
import { oauthFlows, scope } from "./oauth-members.ts";

/** The tags of a pool. */
export const tags = map(text({ max: 256 }), text({ min: 1, max: 128 }));

/** Members of a pool that are kept and given back: nothing that this server does depends on them. */
export const keptPoolMembers = {
  ...messageMembers,
  UserPoolTags: tags,
  UserPoolTier: choice("LITE", "ESSENTIALS", "PLUS"),
  UserPoolAddOns: structure({
    AdvancedSecurityMode: choice("OFF", "AUDIT", "ENFORCED"),
    AdvancedSecurityAdditionalFlows: structure({ CustomAuthMode: choice("AUDIT", "ENFORCED") }),
  }),
  DcrConfiguration: structure({
    EnableStatus: choice("Enabled", "Disabled"),
    OpenDcrEnabled: flag(),
    AuthenticatedGrantTypes: list(oauthFlows),
    OpenDcrGrantTypes: list(oauthFlows),
    AllowedScopes: list(scope, 50),
  }),
  KeyConfiguration: structure({
    KeyType: choice("AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY"),
    KmsKeyArn: arn,
  }),
  IssuerConfiguration: structure({ Type: choice("ORIGINAL", "UPDATED") }),
  AcrConfiguration: unserved("levels of authentication"),
};
