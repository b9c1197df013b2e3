import {
  createVerifiedTokens,
  tailOf,
  type VerifiedToken,
} from "../../../../src/adapters/jwt/verification/verified-tokens.ts";
import type { Bar, Figure } from "../../figure.ts";
import type { Curve, ScaleRow } from "../curve.ts";
import { inTurns, type TokenStream, uniform, zipf } from "../token-streams.ts";

const wholeBound = 10_000;

/** Tokens that come before hits are counted, and while they are: as many times the bound. */
const rounds = 40;

interface Load {
  readonly work: string;
  readonly stream: (tokens: number) => TokenStream;
  /** The numbers of tokens, in parts of the bound, each with the least share of hits or how much less than the ideal. */
  readonly parts: readonly (readonly [number, Bar])[];
}

const least = (value: number): Bar => ({ kind: "at least", value });
const belowIdeal: Bar = { kind: "at most", value: 0.03 };

const loads: readonly Load[] = [
  {
    work: "kept tokens found, each as often as any",
    stream: uniform,
    parts: [
      [0.5, least(0.99)],
      [0.8, least(0.9)],
      [1, belowIdeal],
      [4, belowIdeal],
    ],
  },
  {
    work: "kept tokens found, by Zipf's law",
    stream: zipf,
    parts: [
      [0.5, least(0.99)],
      [0.8, least(0.9)],
      [1, belowIdeal],
      [4, belowIdeal],
      [100, belowIdeal],
    ],
  },
  {
    work: "kept tokens found, in turns",
    stream: inTurns,
    parts: [
      [0.5, least(0.99)],
      [1, least(0.9)],
      [1.1, least(0.7)],
    ],
  },
];

/** The share of tokens that are found among those kept, at numbers below and above the cache's bound. */
export const verifiedTokens: ScaleRow = {
  name: "verified-tokens",
  measure: async (part) => loads.map((load) => curveOf(load, wholeBound * part)),
};

function curveOf({ work, stream, parts }: Load, bound: number): Curve {
  const measured = parts.map(([part, bar]) => {
    const size = Math.round(part * bound);
    const tokens = stream(size);
    return { size, bar, value: shareOfHits(tokens, bound), ideal: tokens.ideal(bound) };
  });
  return {
    work,
    sizesOf: "tokens",
    unit: "share",
    points: measured.map(({ size, value }) => ({ size, value })),
    figures: measured.map((point) => figureOf(work, bound, point)),
  };
}

function figureOf(
  work: string,
  bound: number,
  { size, bar, value, ideal }: { size: number; bar: Bar; value: number; ideal: number },
): Figure {
  const isShare = bar.kind === "at least";
  return {
    work: `${work}: ${size.toLocaleString("en")} tokens, ${bound.toLocaleString("en")} kept at most`,
    against: isShare ? "—" : "less than with the most frequent ones kept",
    value: isShare ? value : Math.max(0, ideal - value),
    unit: "",
    bar,
    remark: `${value.toFixed(3)} of the possible ${ideal.toFixed(3)}`,
  };
}

function shareOfHits(stream: TokenStream, bound: number): number {
  const cache = createVerifiedTokens({ maxEntries: bound });
  let hits = 0;
  for (let come = -rounds * bound; come < rounds * bound; come += 1) {
    const token = signatureOf(stream.next());
    const tail = tailOf(token);
    if (cache.get(token, tail)) hits += come < 0 ? 0 : 1;
    else cache.keep(verified(token, tail));
  }
  return hits / (rounds * bound);
}

/** As good as random, as signatures are. */
function signatureOf(number: number): string {
  const mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  return `${number}.${(Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 0).toString(16).padStart(8, "0")}`;
}

/** A cache looks at nothing else of a token. */
function verified(token: string, tail: number): VerifiedToken {
  return { token, tail } as VerifiedToken;
}
