import type { KeySet } from "../../../ports/index.ts";
import type { DiscoveredKeySetTerms, TokenVerifierLibrary } from "../library.ts";
import { clock, signers } from "../world.ts";

export const issuer = "https://issuer.example/realms/staff";
export const keysUri = "https://keys.example/staff";

/** The addresses of the metadata of an issuer with a path, by the document. */
export const places = [
  ["openid-configuration", `${issuer}/.well-known/openid-configuration`],
  [
    "oauth-authorization-server",
    "https://issuer.example/.well-known/oauth-authorization-server/realms/staff",
  ],
] as const;
export const [[, metadataUri]] = places;

/** The keys of an issuer that publishes metadata, without a network. */
export interface MetadataWorld {
  readonly keys: KeySet;
  /** The answers of addresses other than that of the keys. */
  readonly documents: Map<string, () => Response>;
  readonly asked: readonly string[];
  readonly redirects: readonly (RequestRedirect | undefined)[];
}

/** Sets up the keys of an issuer that publishes no metadata so far. */
export async function createMetadataWorld(
  library: TokenVerifierLibrary,
  terms: Partial<DiscoveredKeySetTerms> = {},
): Promise<MetadataWorld> {
  const [{ jwk }] = await signers();
  const documents = new Map([[keysUri, () => Response.json({ keys: [jwk] })]]);
  const asked: string[] = [];
  const redirects: (RequestRedirect | undefined)[] = [];
  const recording: typeof fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    asked.push(address);
    redirects.push(init?.redirect);
    return documents.get(address)?.() ?? new Response(null, { status: 404 });
  };
  const keys = library.createDiscoveredKeySet({ issuer, fetch: recording, clock, ...terms });
  return { keys, documents, asked, redirects };
}
