// Shows our verifier a hostile token again and again, and counts the refusals.
//   refusals.ts <shape of the token> <fixture>
import { Buffer } from "node:buffer";
import { isIdentityError } from "../../../src/domain/errors.ts";
import { createJwtVerifier } from "../../../src/jwt.ts";
import { answerQuestions, processorMs } from "../answers.ts";
import { readFixture } from "../fixture.ts";
import { hostileTokens } from "../hostile-tokens.ts";
import type { Slice } from "../measure.ts";

/** A megabyte each is soon a lot of memory, so there are a few strings at a time. */
const batch = 16;
const batches = 4;

/**
 * How often each is shown. A refusal takes microseconds, and the first after a collection and a rest a hundred of them,
 * which is the runtime's doing. Refusals are not remembered, so no string is refused sooner for having been refused.
 */
const showings = 64;

const [, , shape = "", fixturePath = ""] = process.argv;
const fixture = await readFixture(fixturePath);
const bytes = Buffer.from(hostileTokens(fixture)[shape] ?? "");
const keys = { current: async () => fixture.jwks, refresh: async () => fixture.jwks };
const { issuer, clientId } = fixture;
const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });

await answerQuestions(async () => {
  const slice = { count: 0, clockMs: 0, processorMs: 0 };
  for (let index = 0; index < batches; index++) {
    const tokens = Array.from({ length: batch }, () => bytes.toString());
    globalThis.gc?.();
    const startedAt = performance.now();
    const processorBefore = processorMs();
    for (let showing = 0; showing < showings; showing++) {
      for (const token of tokens) await refuse(token);
    }
    slice.processorMs += processorMs() - processorBefore;
    slice.clockMs += performance.now() - startedAt;
    slice.count += batch * showings;
  }
  return slice satisfies Slice;
});

async function refuse(token: string): Promise<void> {
  try {
    await verifier.verify(token);
  } catch (error) {
    if (isIdentityError(error, "invalid_token")) return;
    throw error;
  }
  throw new Error(`A hostile token passes: ${shape}`);
}
