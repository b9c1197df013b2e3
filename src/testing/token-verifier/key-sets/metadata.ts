import { ContractFailure, expectCode, expectEqual, expectThat } from "../../expectations.ts";
import type { DiscoveredKeySetTerms, TokenVerifierLibrary } from "../library.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { createMetadataWorld, issuer, keysUri, metadataUri, places } from "./metadata-world.ts";

const otherIssuers: readonly (readonly [string, unknown])[] = [
  ["with a slash more", `${issuer}/`],
  ["in other letters", "https://issuer.example/realms/Staff"],
  ["with a host in other letters", "https://Issuer.example/realms/staff"],
  ["with the port that is meant anyway", "https://issuer.example:443/realms/staff"],
  ["with another port", "https://issuer.example:8443/realms/staff"],
  ["without TLS", "http://issuer.example/realms/staff"],
  ["with another path", "https://issuer.example/realms/customers"],
  ["with a query", `${issuer}?`],
  ["with a space", `${issuer} `],
  ["of another host", "https://eve.example/realms/staff"],
  ["in a list", [issuer]],
  ["of no name", undefined],
  ["of an empty name", ""],
  ["of null", null],
];

const badAddresses: readonly (readonly [string, unknown])[] = [
  ["nowhere", undefined],
  ["a list of addresses", [keysUri]],
  ["an address without a host", "/keys"],
  ["an address without TLS", "http://keys.example/staff"],
  ["an address of another scheme", "file:///etc/keys"],
  ["an address that is a document itself", 'data:application/json,{"keys":[]}'],
  ["an address with a password", "https://ada:secret@keys.example/staff"],
  ["an address with a name", "https://ada@keys.example/staff"],
  ["a private address", "https://10.0.0.7/keys"],
  ["a private address of IPv6", "https://[fd00::1]/keys"],
  ["the address of a cloud's own metadata", "https://169.254.169.254/latest"],
  ["an address of this machine", "http://127.0.0.1:8080/keys"],
];

const good = { issuer, jwks_uri: keysUri };
const place = "https://login.example/metadata";

const badDocuments: readonly (readonly [string, () => Response])[] = [
  ["a redirect", () => new Response(null, { status: 302, headers: { location: keysUri } })],
  ["a failure", () => Response.json(good, { status: 500 })],
  ["HTML", () => new Response("<html><body>Down for maintenance</body></html>")],
  ["null", () => Response.json(null)],
  ["a list", () => Response.json([good])],
  ["longer than 64 KB", () => Response.json({ ...good, note: "x".repeat(65_536) })],
];

/** The cases on whose metadata may say where keys are, and where they may be then: RS16. */
export const metadataCases: readonly TokenVerifierCase[] = [
  ...places.map(([metadata, place]) =>
    verifierCase(
      `RS16: takes the keys that ${metadata} of that very issuer names`,
      async (library) => {
        const { keys, documents, asked } = await createMetadataWorld(library, { metadata });
        documents.set(place, () => Response.json(good));

        const found = await keys.current();

        expectEqual(
          "the keys",
          found.keys.map(({ kid }) => kid),
          ["access-1"],
        );
        expectEqual("what was asked for", asked, [place, keysUri]);
      },
    ),
  ),

  ...otherIssuers.map(([what, name]) =>
    verifierCase(`RS16: refuses metadata of an issuer ${what}`, (library) =>
      expectRefused(library, () => Response.json({ ...good, issuer: name })),
    ),
  ),

  verifierCase(
    "RS16: takes the keys that metadata elsewhere names, which is the issuer's own",
    async (library) => {
      const elsewhere = "https://login.example/tenant/policy/.well-known/openid-configuration";
      const terms = { issuer: `${issuer}?p=1`, metadataUri: elsewhere };
      const { keys, documents, asked } = await createMetadataWorld(library, terms);
      documents.set(elsewhere, () => Response.json({ ...good, issuer: terms.issuer }));

      await keys.current();

      expectEqual("what was asked for", asked, [elsewhere, keysUri]);
    },
  ),

  verifierCase("RS16: refuses metadata elsewhere of another issuer", async (library) => {
    const { keys, documents, asked } = await createMetadataWorld(library, { metadataUri: place });
    documents.set(place, () => Response.json({ ...good, issuer: "https://login.example" }));

    await expectCode(keys.current(), "keys_unavailable");

    expectEqual("what was asked for", asked, [place]);
  }),

  verifierCase(
    "RS16: takes metadata and keys of plain HTTP inside of a cluster, where that is allowed",
    async (library) => {
      const metadataUri = "http://keycloak.identity.svc/metadata";
      const terms = { metadataUri, allowClusterHttp: true };
      const { keys, documents } = await createMetadataWorld(library, terms);
      const inside = "http://keycloak.identity.svc/keys";
      documents.set(metadataUri, () => Response.json({ issuer, jwks_uri: inside }));
      documents.set(inside, documents.get(keysUri) ?? Response.error);

      expectEqual("the keys", (await keys.current()).keys.length, 1);
    },
  ),

  ...["http://login.example", "https://10.0.0.7", "http://keycloak.svc", "metadata"].map((uri) =>
    verifierCase(`RS16: looks for no metadata at ${uri}`, async (library) => {
      try {
        library.createDiscoveredKeySet({ issuer, metadataUri: uri });
      } catch (error) {
        expectThat("it throws a TypeError", error instanceof TypeError);
        return;
      }
      throw new ContractFailure("expected a TypeError, but it was made");
    }),
  ),

  verifierCase("RS16: refuses metadata of an issuer with a slash less", (library) =>
    expectRefused(library, () => Response.json(good), { issuer: `${issuer}/` }),
  ),

  ...badAddresses.map(([what, address]) =>
    verifierCase(`RS16: refuses metadata that has the keys at ${what}`, (library) =>
      expectRefused(library, () => Response.json({ ...good, jwks_uri: address })),
    ),
  ),

  ...badDocuments.map(([what, document]) =>
    verifierCase(`RS16: refuses metadata that is ${what}`, (library) =>
      expectRefused(library, document),
    ),
  ),

  verifierCase(
    "RS16: asks for redirects of metadata and of keys not to be followed",
    async (library) => {
      const { keys, documents, redirects } = await createMetadataWorld(library);
      documents.set(metadataUri, () => Response.json(good));

      await keys.current();

      expectEqual("how often it asked", redirects.length, 2);
      expectThat(
        "it follows none",
        redirects.every((mode) => mode === "manual" || mode === "error"),
      );
    },
  ),

  ...[
    "issuer",
    "http://issuer.example",
    "https://ada:secret@issuer.example",
    "https://10.0.0.7",
    "https://issuer.example/?a=b",
    "https://issuer.example/#a",
  ].map((name) =>
    verifierCase(`RS16: looks for no metadata of the issuer ${name}`, async (library) => {
      try {
        library.createDiscoveredKeySet({ issuer: name });
      } catch (error) {
        expectThat("it throws a TypeError", error instanceof TypeError);
        return;
      }
      throw new ContractFailure("expected a TypeError, but it was made");
    }),
  ),
];

/** Expects that keys cannot be had, and that nothing was asked for but the metadata. */
async function expectRefused(
  library: TokenVerifierLibrary,
  document: () => Response,
  terms: Partial<DiscoveredKeySetTerms> = {},
): Promise<void> {
  const { keys, documents, asked } = await createMetadataWorld(library, terms);
  documents.set(metadataUri, document);

  await expectCode(keys.current(), "keys_unavailable");

  expectEqual("what was asked for", asked, [metadataUri]);
}
