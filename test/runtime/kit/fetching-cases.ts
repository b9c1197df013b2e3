import type { JsonWebKeySet } from "../../../src/ports/index.ts";
import { expectCode, expectEqual, expectThat } from "../../../src/testing/expectations.ts";
import type { TokenVerifierLibrary } from "../../../src/testing/index.ts";
import { outcomesAtOnce } from "../../../src/testing/outcomes.ts";
import {
  type TokenVerifierCase,
  verifierCase,
} from "../../../src/testing/token-verifier/verifier-case.ts";
import {
  accessClaims,
  clientId,
  clock,
  issuer,
  signers,
} from "../../../src/testing/token-verifier/world.ts";

/** Ways to be sick of the test's key server, by the line that each is about. */
const sickAnswers: readonly (readonly [string, string])[] = [
  ["JW8: cuts off an answer that is small until it is unpacked", "bomb"],
  ["JW8: cuts off an answer of 2 MB", "huge"],
  ["JW8: cuts off an answer that has no end", "endless"],
  ["JW8: gives up an answer that drips", "dripping"],
  ["JW8: gives up an answer that never comes", "silent"],
  ["JW8: gives up an answer that never comes after its head", "headOnly"],
  ["JW7: refuses an answer that is hung up on", "reset"],
  ["JW7: refuses an answer that breaks off", "cut"],
  ["JW7: refuses good keys with status 404", "notFound"],
  ["JW7: refuses good keys with status 500", "broken"],
];

const redirects = [301, 302, 303, 307, 308];

/**
 * What the runtime's own `fetch` has a part in: the key sets come over loopback, from the test's key server.
 *
 * @param origin - of that server
 */
export function fetchingCases(origin: string): readonly TokenVerifierCase[] {
  return [
    ...["good", "zipped"].map((kind) =>
      verifierCase(`JW7: takes keys that come ${kind}`, async (library) => {
        const { verify } = await createPlace(library, origin, kind);

        await verify();
      }),
    ),

    ...sickAnswers.map(([name, kind]) =>
      verifierCase(name, async (library) => {
        const { verify, hits } = await createPlace(library, origin, kind);

        const error = await expectCode(verify(), "keys_unavailable");
        expectThat("it says when to try again", (error.retryAfterSeconds ?? 0) >= 1);

        // Of itself the runtime may ask twice where it was hung up on (RFC 9110 section 9.2.2).
        const requests = await hits(kind);
        await expectCode(verify(), "keys_unavailable");
        expectThat("it was asked", requests >= 1);
        expectEqual("requests", await hits(kind), requests);
      }),
    ),

    ...redirects.map((status) =>
      verifierCase(`JW9: follows no redirect with status ${status}`, async (library) => {
        const kind = `redirect${status}`;
        const { verify, hits } = await createPlace(library, origin, kind);

        await expectCode(verify(), "keys_unavailable");

        expectEqual("requests", [await hits(kind), await hits("good")], [1, 0]);
      }),
    ),

    verifierCase("JW7: says that keys cannot be had where nobody listens", async (library) => {
      const uri = "http://127.0.0.1:2/keys";
      const { verify } = await createPlace(library, origin, "good", uri);

      await expectCode(verify(), "keys_unavailable");
    }),

    verifierCase("JW15: fetches once for a hundred first tokens at once", async (library) => {
      const { verify, hits } = await createPlace(library, origin, "good");

      const outcomes = await outcomesAtOnce(Array.from({ length: 100 }), verify);

      expectEqual("the outcomes", [...new Set(outcomes)], ["no error"]);
      expectEqual("requests", await hits("good"), 1);
    }),
  ];
}

/** Sets up a verifier whose keys come from an address of its own on the key server. */
async function createPlace(
  library: TokenVerifierLibrary,
  origin: string,
  kind: string,
  otherUri?: string,
) {
  const [signer] = await signers();
  const keySet: JsonWebKeySet = { keys: [signer.jwk] };
  const query = new URLSearchParams({ keys: JSON.stringify(keySet), id: crypto.randomUUID() });
  const uri = otherUri ?? `${origin}/${kind}?${query}`;
  const keys = library.createRemoteKeySet({ uri, timeoutMs: 500 });
  const options = { issuer, clientIds: [clientId], keys, clock };
  const verifier = library.createJwtVerifier(options);
  return {
    verify: async () => verifier.verify(await signer.sign(accessClaims())),
    async hits(kind: string): Promise<number> {
      const of = new URLSearchParams({ of: `/${kind}?${query}` });
      const response = await fetch(`${origin}/hits?${of}`);
      return Number(await response.text());
    },
  };
}
