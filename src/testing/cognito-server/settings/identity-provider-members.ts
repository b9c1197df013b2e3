import { choice, list, map, type Read, required, text } from "../wire/constraints.ts";

const words = text({ max: 131_072 });

/** The name of an identity provider. */
export const providerName = required(
  text({ min: 1, max: 32, pattern: /^[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+$/u }),
);

/** Another name that an identity provider is found by, such as the domain of its users' addresses. */
export const providerIdentifier = text({ min: 1, max: 40, pattern: /^[\w\s+=.@-]+$/ });

/** The members of an identity provider that is made or changed. */
export const mutableProviderMembers = {
  ProviderDetails: map(text({ max: 131_072, isSecret: true }), words),
  AttributeMapping: map(words, text({ min: 1, max: 32 })),
  IdpIdentifiers: list(providerIdentifier, 50),
  AcrMapping: map(words, words),
};

/** The members of a new identity provider. */
export const providerMembers = {
  ...mutableProviderMembers,
  ProviderName: providerName,
  ProviderType: required(
    choice("SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"),
  ),
  ProviderDetails: required(mutableProviderMembers.ProviderDetails),
};

/** The configuration of an identity provider. */
export type IdentityProviderConfiguration = Read<typeof providerMembers>;
