import type { DomainConfiguration } from "../settings/domain-members.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";

const prefix = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const hostname = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const reserved = ["aws", "amazon", "cognito"];

/**
 * Requires that the name of a domain is one: a prefix of Cognito's own, or a host name, for which there is a certificate.
 *
 * @throws {CognitoException} `InvalidParameter` — in Cognito's words
 */
export function checkDomain({ Domain: name, CustomDomainConfig: own }: DomainConfiguration): void {
  if (own) {
    if (!hostname.test(name)) throw invalidParameter("Custom domain is not a valid subdomain");
    return;
  }
  if (!prefix.test(name))
    throw invalidParameter(
      "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. " +
        "Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
    );
  const word = reserved.find((one) => name.split("-").includes(one));
  if (word) throw invalidParameter(`Domain cannot contain reserved word: ${word}`);
}
