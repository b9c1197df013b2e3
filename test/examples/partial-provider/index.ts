import * as z from "zod/mini";
import { createJwtVerifier } from "../../../src/adapters/jwt/index.ts";
import { isTrustworthyUrl } from "../../../src/adapters/shared/secure-url.ts";
import {
  defineProvider,
  type ProviderParts,
  textThat,
  verifierTerms,
} from "../../../src/adapters/shared/settings.ts";
import { createHttpDirectory } from "./directory.ts";
import { createAcmeIdentityProvider } from "./identity-provider.ts";

export { createAcmeIdentityProvider } from "./identity-provider.ts";

const schema = () =>
  z.object({
    /** The address of the directory, with a slash at the end. */
    ACME_DIRECTORY_URL: textThat(
      (text) => URL.canParse(text) && isTrustworthyUrl(new URL(text)) && text.endsWith("/"),
      "must be https, or http on this machine, and end with a slash",
    ),
  });

/** The provider of the service that asks the directory of Acme. */
export const acmeFromEnv = defineProvider(schema, (settings, shared): ProviderParts => {
  const issuer = "https://acme.portico.invalid";
  const clientId = "portico_acme";
  const directory = createHttpDirectory(settings.ACME_DIRECTORY_URL);
  const terms = { issuer, clientId, clock: shared.clock };
  const { identity, keys } = createAcmeIdentityProvider(directory, terms);
  const tokens = createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    ...verifierTerms(shared),
  });
  return { identity, tokens, keys, issuer };
});
