import { choice, integer, type Read, required, structure, text } from "../wire/constraints.ts";
import { arn } from "./arn.ts";

/** The name of a domain: what comes before Cognito's own, or all of one that somebody has. */
export const domainName = text({ min: 1, max: 63 });

/** The members of a pool's domain. */
export const domainMembers = {
  Domain: required(domainName),
  ManagedLoginVersion: integer(1, 2),
  CustomDomainConfig: structure({
    CertificateArn: required(arn),
    SecurityPolicy: choice("TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"),
  }),
  Routing: structure({
    Failover: structure({
      SecondaryRegion: required(text({ min: 5, max: 32 })),
      PrimaryRoute53HealthCheckId: required(text({ min: 1, max: 131_072 })),
    }),
  }),
};

/** The configuration of a domain. */
export type DomainConfiguration = Read<typeof domainMembers>;
