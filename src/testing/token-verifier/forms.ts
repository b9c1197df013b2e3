import { expectThat } from "../expectations.ts";
import { signText } from "./rsa.ts";
import { encode, type Signer } from "./signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, createWorld } from "./world.ts";

/** Every other spelling that a lenient reader would take: what it does to a good token. */
const spellings: readonly (readonly [string, (parts: Parts) => string])[] = [
  ["nothing", () => ""],
  ["one part", ({ payload }) => payload],
  ["two parts", ({ header, payload }) => `${header}.${payload}`],
  ["an empty signature", ({ header, payload }) => `${header}.${payload}.`],
  ["an empty header", ({ payload, signature }) => `.${payload}.${signature}`],
  ["an empty payload", ({ header, signature }) => `${header}..${signature}`],
  ["dots alone", () => ".."],
  ["four parts", ({ token }) => `${token}.AAAA`],
  ["a dot at the end", ({ token }) => `${token}.`],
  ["a dot at the start", ({ token }) => `.${token}`],
  ["five parts", ({ token }) => `${token}.AAAA.AAAA`],
  ["JSON serialization", (parts) => JSON.stringify(flattened(parts))],
  ["general JSON serialization", (parts) => JSON.stringify(general(parts))],
  ["padding at the end", ({ token }) => `${token}==`],
  [
    "padding in the header",
    ({ header, payload, signature }) => `${header}=.${payload}.${signature}`,
  ],
  [
    "padding in the payload",
    ({ header, payload, signature }) => `${header}.${payload}=.${signature}`,
  ],
  ["a space before", ({ token }) => ` ${token}`],
  ["a space after", ({ token }) => `${token} `],
  ["a line break after", ({ token }) => `${token}\n`],
  ["a line break inside", ({ token }) => `${token.slice(0, 40)}\r\n${token.slice(40)}`],
  ["a tab inside", ({ token }) => token.replace(".", ".\t")],
  ["a NUL inside", ({ token }) => token.replace(".", ".\0")],
  ["a NUL after", ({ token }) => `${token}\0`],
  ["a byte order mark", ({ token }) => `\ufeff${token}`],
  ["a plus sign", ({ token }) => `${token.slice(0, -2)}+A`],
  ["a slash", ({ token }) => `${token.slice(0, -2)}/A`],
  ["a percent escape", ({ token }) => token.replace(".", "%2E")],
  ["a look-alike character", ({ token }) => `${token.slice(0, -1)}\u0410`],
  ["half a character", ({ token }) => `${token}\ud800`],
  ["one character too few", ({ token }) => `${token}AAA`],
  ["quotes around", ({ token }) => `"${token}"`],
  ["its scheme before", ({ token }) => `Bearer ${token}`],
];

/** The cases on how tokens are written: TV8 to TV11. */
export const formCases: readonly TokenVerifierCase[] = [
  ...spellings.map(([what, change]) =>
    verifierCase(
      `TV8: refuses a token with ${what}, before any key is asked for`,
      async (library) => {
        const { verifier, signer, keys } = await createWorld(library);
        const token = await signer.sign(accessClaims());
        await verifier.verify(token);
        const asked = keys.counts.current;

        await expectRefusal(verifier.verify(change(partsOf(token))), "malformed");

        expectThat("no key was asked for", keys.counts.current === asked);
      },
    ),
  ),

  verifierCase("TV9: takes one spelling of the last character and no other", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const token = await signer.sign(accessClaims());
    const last = token.charCodeAt(token.length - 1);

    // The signature's 256 bytes leave four bits of its last character unused.
    for (let step = 1; step < 16; step += 1)
      await expectRefusal(
        verifier.verify(token.slice(0, -1) + String.fromCharCode(last + step)),
        "malformed",
      );
    await verifier.verify(token);
  }),

  verifierCase("TV9: takes one spelling of header and payload and no other", async (library) => {
    const { verifier, signer } = await createWorld(library);
    // One byte more than a multiple of three leaves four bits of the last character unused.
    const header = spaced(JSON.stringify({ alg: "RS256", kid: "access-1" }));
    const payload = spaced(JSON.stringify(accessClaims()));

    await verifier.verify(await signedAsWritten(signer, `${header}.${payload}`));
    for (const input of [`${respelt(header)}.${payload}`, `${header}.${respelt(payload)}`])
      await expectRefusal(verifier.verify(await signedAsWritten(signer, input)), "malformed");
  }),

  ...[
    ["no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["half a character in UTF-8", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ["UTF-16", new Uint8Array([0x7b, 0, 0x7d, 0])],
    ["a byte order mark", `\ufeff${JSON.stringify(accessClaims())}`],
    ["a list", "[]"],
    ["nothing", "null"],
    ["a number", "1"],
    ["a text", '"claims"'],
    ["half an object", JSON.stringify(accessClaims()).slice(0, -1)],
    ["more than an object", `${JSON.stringify(accessClaims())}{}`],
    ["a comma too many", `${JSON.stringify(accessClaims()).slice(0, -1)},}`],
    ["a comment", `${JSON.stringify(accessClaims())}//`],
    ["single quotes", "{'sub':'a'}"],
    ["no number that JSON has", '{"exp":NaN}'],
  ].map(([what, claims]) =>
    verifierCase(`TV10: refuses claims that are ${what}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      await expectRefusal(verifier.verify(await signer.sign(claims)), "malformed");
    }),
  ),

  ...[
    ["a member named __proto__", '"__proto__":1'],
    ["a member named __proto__ in other letters", '"\\u005f_proto__":{"sub":"admin"}'],
    ["a member named constructor", '"constructor":"x"'],
    ["a member named __proto__ inside of a claim", '"x":[{"y":{"__proto__":{}}}]'],
    ["a member named constructor inside of a claim", '"x":{"constructor":{"prototype":1}}'],
    ["a number of 5,000 digits", `"x":${"9".repeat(5_000)}`],
    ["a negative number of 5,000 digits", `"x":[-1${"0".repeat(4_999)}]`],
    ["a fraction of 5,000 digits", `"x":0.${"3".repeat(5_000)}`],
    ["an exponent of 5,000 digits", `"x":1e-${"3".repeat(5_000)}`],
    ["an expiry of 5,000 digits", `"exp":${"1".repeat(5_000)}`],
  ].map(([what, member]) =>
    verifierCase(`TV10: refuses claims with ${what}`, async (library) => {
      const { verifier, signer } = await createWorld(library);
      const { exp: _exp, ...claims } = accessClaims();
      const text = `${JSON.stringify(claims).slice(0, -1)},${member}}`;

      await expectRefusal(verifier.verify(await signer.sign(text)), "malformed");
    }),
  ),

  verifierCase("TV10: takes claims with any number that counts something", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const text = JSON.stringify(accessClaims({ id: "9".repeat(5_000) }));
    const numbers = `[${"1".repeat(64)},-0.5e+300,1800000000.123456789,0]`;

    await verifier.verify(await signer.sign(`${text.slice(0, -1)},"numbers":${numbers}}`));
  }),

  ...[
    ["the expiry", '"exp":1900000000'],
    ["the subject", '"sub":"admin"'],
    ["a name in other letters", '"\\u0073ub":"admin"'],
    ["a name that nobody reads, twice", '"x":1,"x":1'],
    ["a name inside of a claim, twice", '"x":{"y":[{"z":1,"z":1}]}'],
    ["an inherited name, twice", '"__proto__":1,"__proto__":2'],
  ].map(([what, member]) =>
    verifierCase(`TV11: refuses claims that say ${what} again`, async (library) => {
      const { verifier, signer } = await createWorld(library);
      const text = JSON.stringify(accessClaims());

      for (const claims of [`{${member},${text.slice(1)}`, `${text.slice(0, -1)}, ${member} }`])
        await expectRefusal(verifier.verify(await signer.sign(claims)), "malformed");
    }),
  ),

  verifierCase("TV11: refuses a header that says its algorithm again", async (library) => {
    const { verifier, signer } = await createWorld(library);
    const [, payload, signature] = (await signer.sign(accessClaims())).split(".");
    const header = encode('{"alg":"none","kid":"access-1","alg":"RS256"}');

    await expectRefusal(verifier.verify(`${header}.${payload}.${signature}`), "malformed");
  }),

  verifierCase(
    "TV11: takes names, colons and quotes inside of texts for what they are",
    async (library) => {
      const { verifier, signer } = await createWorld(library);
      const odd = {
        a: '"a":1,"a":2',
        b: "\\",
        c: '\\"',
        "d:": "{[:",
        e: { a: [{ a: ":" }], "": {} },
      };

      await verifier.verify(await signer.sign(accessClaims({ odd })));
    },
  ),
];

interface Parts {
  readonly token: string;
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

function partsOf(token: string): Parts {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { token, header, payload, signature };
}

/** RFC 7515 section 7.2.2. */
function flattened({ header, payload, signature }: Parts) {
  return { payload, protected: header, signature };
}

/** RFC 7515 section 7.2.1. */
function general({ header, payload, signature }: Parts) {
  return { payload, signatures: [{ protected: header, signature }] };
}

/** Encodes JSON with as many spaces at its end as it takes to leave bits of the last character unused. */
function spaced(json: string): string {
  const length = json.length + ((4 - (json.length % 3)) % 3);
  return encode(json.padEnd(length));
}

/** Sets an unused bit of the last character. */
function respelt(segment: string): string {
  return segment.slice(0, -1) + String.fromCharCode(segment.charCodeAt(segment.length - 1) + 1);
}

/** Signs the very characters of header and payload. */
async function signedAsWritten(signer: Signer, input: string): Promise<string> {
  return `${input}.${encode(await signText(signer, input))}`;
}
