import { expectCode, expectEqual, expectPresent, expectThat } from "../../expectations.ts";
import { contractCase, contractCaseRequiring, contractCaseWith } from "../contract-case.ts";
import { profileOf, signedInUser } from "../steps/account-steps.ts";

/** The cases of `TokenVerifier` and `KeySet` on the provider's tokens. */
export const tokenCases = [
  contractCase("tokens: verify as access tokens of the user who signed in", async (harness) => {
    const { accessToken } = await signedInUser(harness);

    const principal = await harness.tokens.verify(accessToken);

    const profile = await profileOf(harness, { accessToken });
    expectThat("the token speaks for a user", principal.kind === "user");
    if (profile) {
      expectEqual("the subject", principal.subject, profile.subject);
      expectEqual("the user name", principal.username, profile.username);
    }
    expectEqual("the groups of a new user", principal.groups, []);
    expectThat("the issuer is named", principal.issuer !== "");
    expectThat("the client is named", principal.clientId !== "");
    expectThat("the token ends after it was issued", principal.expiresAt > principal.issuedAt);
  }),

  contractCase("tokens: name the same issuer and client for every user", async (harness) => {
    const one = await signedInUser(harness);
    const other = await signedInUser(harness);

    const principal = await harness.tokens.verify(one.accessToken);
    const otherPrincipal = await harness.tokens.verify(other.accessToken);

    expectEqual("the issuer", otherPrincipal.issuer, principal.issuer);
    expectEqual("the client", otherPrincipal.clientId, principal.clientId);
    expectThat("the subjects differ", otherPrincipal.subject !== principal.subject);
  }),

  contractCase("tokens: are refused as access tokens when they are ID tokens", async (harness) => {
    const { idToken } = await signedInUser(harness);

    const error = await expectCode(harness.tokens.verify(idToken), "invalid_token");

    expectPresent("a reason for the rejection", error.rejection);
  }),

  contractCase(
    "tokens: are refused as access tokens when they are refresh tokens",
    async (harness) => {
      const { refreshToken } = await signedInUser(harness);

      const error = await expectCode(harness.tokens.verify(refreshToken), "invalid_token");

      expectPresent("a reason for the rejection", error.rejection);
    },
  ),

  contractCase("tokens: are refused when they are malformed", async ({ tokens }) => {
    for (const malformed of ["", "garbage", "a.b.c", "..", "é"]) {
      const error = await expectCode(tokens.verify(malformed), "invalid_token");
      expectEqual("the reason", error.rejection, "malformed");
    }
  }),

  contractCase("tokens: are refused when their signature is another token's", async (harness) => {
    const one = await signedInUser(harness);
    const other = await signedInUser(harness);
    const [header, payload] = one.accessToken.split(".");
    const signature = other.accessToken.split(".").at(2);

    const mixed = harness.tokens.verify([header, payload, signature].join("."));

    const error = await expectCode(mixed, "invalid_token");
    expectEqual("the reason", error.rejection, "bad_signature");
  }),

  contractCaseRequiring(
    ["clock"],
    "tokens: are refused past their time",
    async (harness, { clock }) => {
      const { accessToken } = await signedInUser(harness);
      await harness.tokens.verify(accessToken);

      await clock.advance(2 * 24 * 60 * 60);

      const error = await expectCode(harness.tokens.verify(accessToken), "token_expired");
      expectEqual("the reason", error.rejection, "expired");
    },
  ),

  contractCaseWith(
    { needs: ["sign_out"] },
    "tokens: verify until they expire, though their session has ended",
    async (harness) => {
      const { accessToken, refreshToken } = await signedInUser(harness);

      await harness.identity.signOut({ refreshToken });

      await harness.tokens.verify(accessToken);
    },
  ),

  contractCase("tokens: are signed with a key of the key set", async (harness) => {
    const { accessToken } = await signedInUser(harness);

    const { keys } = await harness.keys.current();
    const { keys: refreshed } = await harness.keys.refresh();

    const { kid } = headerOf(accessToken);
    for (const published of [keys, refreshed])
      expectThat(
        "the key that signed is published",
        published.some((key) => key.kid === kid),
      );
  }),

  contractCase(
    "tokens: come with keys of which only the public half is published",
    async ({ keys }) => {
      const published = await keys.current();

      expectThat("there are keys", published.keys.length > 0);
      for (const key of published.keys)
        for (const member of ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
          expectThat(`no key has the private member "${member}"`, key[member] === undefined);
    },
  ),

  contractCase(
    "tokens: come with a key set that is the same object until there are other keys",
    async ({ keys }) => {
      const first = await keys.current();
      const again = await keys.current();
      const refreshed = await keys.refresh();
      const later = await keys.current();

      expectThat("the keys are the same object when asked for again", again === first);
      expectThat("the keys are the same object when got anew", refreshed === first);
      expectThat("the keys are the same object after they were got anew", later === first);
    },
  ),

  contractCaseRequiring(
    ["publishedKeys"],
    "tokens: are verified with keys that the first hundred of them have requested once",
    async (harness, { publishedKeys }) => {
      const { accessToken } = await signedInUser(harness);
      const { tokens, requests } = publishedKeys.newVerifier();
      const verifyAll = () =>
        Promise.all(Array.from({ length: 100 }, () => tokens.verify(accessToken)));

      await verifyAll();
      await verifyAll();

      expectEqual("requests for the keys", requests(), 1);
    },
  ),
];

function headerOf(token: string): { readonly kid?: unknown } {
  const [header = ""] = token.split(".");
  return JSON.parse(atob(header.replaceAll("-", "+").replaceAll("_", "/")));
}
