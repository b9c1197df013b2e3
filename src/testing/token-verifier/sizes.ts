import { expectEqual, expectThat } from "../expectations.ts";
import { encode } from "./signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, createWorld } from "./world.ts";

type Change = (token: string) => string;

/** Longer than any token is, by the length alone. */
const tooLong: readonly (readonly [string, Change])[] = [
  ["of 16 KB and one character", (token) => token + "A".repeat(16_385 - token.length)],
  ["of 600 KB", () => "A".repeat(600_000)],
  ["of 1 MB with a good end", (token) => "A".repeat(1_000_000) + token],
  ["of 100,000 dots", () => ".".repeat(100_000)],
  ["with a header of objects 5,000 deep", (token) => withHeader(token, deepObjects(5_000))],
];

/** No longer than a token may be, and never meant for one. */
const tooDeep: readonly (readonly [string, string])[] = [
  ["with a header of lists 5,000 deep", deepLists(5_000)],
  ["with a header of lists that never end", "[".repeat(9_000)],
  ["with a header 33 deep", deepObjects(33)],
];

/** The cases on how much a token may be: TV25. */
export const sizeCases: readonly TokenVerifierCase[] = [
  ...tooLong.map(([what, change]) =>
    verifierCase(`TV25: refuses a token ${what} before it takes it apart`, async (library) => {
      const { verifier, signer, keys } = await createWorld(library);
      const good = await signer.sign(accessClaims());
      const token = change(good);

      const asked = await toolUsesIn(() => expectRefusal(verifier.verify(token), "malformed"));
      expectEqual("what the runtime was asked for", toolsOf(asked), []);
      expectEqual("key sets asked for", keys.counts.current, 0);

      const usual = await toolUsesIn(() => verifier.verify(good));
      expectThat("a good token is taken apart", usual.length > 0);
    }),
  ),

  ...tooDeep.map(([what, header]) =>
    verifierCase(`TV25: refuses a token ${what} before it parses it`, async (library) => {
      const { verifier, signer, keys } = await createWorld(library);
      const token = withHeader(await signer.sign(accessClaims()), header);

      const uses = await toolUsesIn(() => expectRefusal(verifier.verify(token), "malformed"));

      const isParsed = uses.some(({ tool, input }) => tool === "parse" && input === header);
      expectThat("the header is not parsed", !isParsed);
      expectEqual("key sets asked for", keys.counts.current, 0);
    }),
  ),

  verifierCase(
    "TV25: takes claims that are nested as deep as a provider could mean it",
    async (library) => {
      const { verifier, signer } = await createWorld(library);

      await verifier.verify(
        await signer.sign(accessClaims({ tenant: JSON.parse(deepObjects(30)) })),
      );
      const deeper = await signer.sign(accessClaims({ tenant: JSON.parse(deepObjects(32)) }));

      await expectRefusal(verifier.verify(deeper), "malformed");
    },
  ),

  verifierCase("TV25: takes a token of 16 KB", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const { length } = await signer.sign(accessClaims({ note: "" }));
    // Three bytes are four characters.
    const note = "x".repeat(Math.floor(((16_384 - length) * 3) / 4));

    await verifier.verify(await signer.sign(accessClaims({ note })));
  }),
];

/**
 * The functions that take text apart, by where they are: whatever a verifier is made of, it takes some of them to read
 * a token.
 */
const tools: readonly (readonly [object, string])[] = [
  [JSON, "parse"],
  [globalThis, "atob"],
  [TextDecoder.prototype, "decode"],
  [TextEncoder.prototype, "encode"],
  [TextEncoder.prototype, "encodeInto"],
  [String.prototype, "split"],
  [String.prototype, "match"],
  [RegExp.prototype, "exec"],
];

interface ToolUse {
  readonly tool: string;
  readonly input: unknown;
}

/** Tells how the tools are used, in order, while something is done. */
async function toolUsesIn(work: () => Promise<unknown>): Promise<readonly ToolUse[]> {
  const uses: ToolUse[] = [];
  const restore = tools.map(([owner, tool]) => {
    const original: unknown = Reflect.get(owner, tool);
    if (typeof original !== "function") return () => undefined;
    const watched = function (this: unknown, ...args: readonly unknown[]): unknown {
      uses.push({ tool, input: args[0] });
      return Reflect.apply(original, this, args);
    };
    Reflect.set(owner, tool, watched);
    return () => Reflect.set(owner, tool, original);
  });
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return uses;
}

function toolsOf(uses: readonly ToolUse[]): readonly string[] {
  return uses.map(({ tool }) => tool);
}

function withHeader(token: string, header: string): string {
  return token.replace(/^[^.]+/, encode(header));
}

function deepObjects(levels: number): string {
  return `${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`;
}

function deepLists(levels: number): string {
  return `{"a":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
}
