import { expect, test } from "vitest";
import { createJwtVerifier } from "../../../../src/adapters/jwt/index.ts";
import {
  createDerivedKeys,
  derivedAlgorithm,
} from "../../../../src/adapters/shared/tokens/derived-keys.ts";
import { issueUserTokens } from "../../../../src/adapters/shared/tokens/user-tokens.ts";

const [old, next] = ["o".repeat(32), "n".repeat(32)];
const terms = { issuer: "https://keys.example", clientId: "portico", accessSeconds: 60 };
const holder = {
  ...{ subject: "1", username: "ada", groups: ["staff"], attributes: {}, sessionId: "s" },
  signedInAt: Date.now(),
};

/** Issues an access token with the keys of some secrets, and tells whom the keys of others find in it. */
async function subjectOf(
  signing: readonly string[],
  verifying: readonly string[],
  purpose = "test",
) {
  const { sign } = createDerivedKeys(signing, "test");
  const { accessToken } = await issueUserTokens({ ...terms, clock: Date, sign }, holder);
  const verifier = createJwtVerifier({
    ...{ issuer: terms.issuer, clientIds: [terms.clientId], algorithms: [derivedAlgorithm] },
    keys: createDerivedKeys(verifying, purpose).keys,
  });
  return verifier.verify(accessToken).then(
    ({ subject }) => subject,
    ({ code }) => code,
  );
}

test("keys of the same secret are the same, wherever they are made", async () => {
  const [one, other] = [createDerivedKeys([old], "test"), createDerivedKeys([old], "test")];

  expect(await one.keys.current()).toEqual(await other.keys.current());
  expect(await one.keys.current()).toBe(await one.keys.refresh());
  expect(await subjectOf([old], [old])).toBe("1");
});

test("the newest secret signs, and what older ones signed is good as long as they are listed", async () => {
  expect(await subjectOf([next, old], [next])).toBe("1");
  expect(await subjectOf([old], [next, old])).toBe("1");
  expect(await subjectOf([old], [next])).toBe("invalid_token");
});

test("keys of another purpose are others", async () => {
  expect(await subjectOf([old], [old], "another")).toBe("invalid_token");
});

test("what is published is no secret", async () => {
  const { keys } = await createDerivedKeys([old, next], "test").keys.current();

  expect(keys).toHaveLength(2);
  for (const key of keys) {
    expect(Object.keys(key).toSorted()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
  }
});
