import { totpAt } from "../../src/testing/identity-provider/steps/authenticator-app.ts";
import { type Kind, Known } from "./values.ts";

/** The most of each kind that is remembered. */
const most = 12;

/** The members of answers that hold something to use again, and of which kind it is. */
const learned: Readonly<Record<string, Kind>> = {
  access_token: "access_token",
  refresh_token: "refresh_token",
  session: "session",
  id: "id",
  next_cursor: "cursor",
  cursor: "cursor",
  username: "username",
};

/** All that one sequence of requests knows of the service. */
export interface World {
  /** Puts known things in the place of what stands for them. */
  fill(value: unknown): Promise<unknown>;
  /** Takes from an answer what can be used again. */
  learn(text: string): void;
}

/** The parts of the service that a world is told of. */
export interface WorldOptions {
  /** Part of every name, so that no two sequences share their users. */
  readonly nonce: string;
  /** Gives the codes that were sent to a user. */
  readonly codesFor: (username: string) => Promise<readonly string[]>;
  /** The time that the provider sees, in milliseconds. */
  readonly now: () => number;
}

/** Makes a world with names of users that do not exist yet, and their passwords. */
export function createWorld({ nonce, codesFor, now }: WorldOptions): World {
  const usernames = ["ada", "bob", "eve"].map((name) => `${name}-${nonce}@example.com`);
  const things = new Map<Kind, string[]>([
    ["username", usernames],
    ["email", [...usernames, `new-${nonce}@example.com`, `ADA-${nonce}@EXAMPLE.com`]],
    ["password", Array.from({ length: 14 }, () => "Correct-Horse-7").concat("Other-Horse-8", "x")],
    ["phone", ["+15555550100", "+15555550101", "5555"]],
    ["group", ["administrators", "everyone", "nobody"]],
    ["attribute", ["email", "phone_number", "given_name", "sub"]],
    ["code", ["123456", "000000"]],
  ]);
  const secrets: string[] = [];

  function remember(kind: Kind, value: string): void {
    const known = (things.get(kind) ?? []).filter((one) => one !== value);
    things.set(kind, [value, ...known].slice(0, most));
  }

  async function codes(): Promise<readonly string[]> {
    const sent = await Promise.all(usernames.map(codesFor));
    const shown = await Promise.all(secrets.map((secret) => totpAt(secret, now())));
    return [...shown, ...sent.flat().toReversed(), ...(things.get("code") ?? [])];
  }

  async function thing({ kind, pick }: Known): Promise<string | undefined> {
    const known = kind === "code" ? await codes() : (things.get(kind) ?? []);
    // Of a list that was not begun there is no next page.
    if (kind === "cursor" && known.length === 0) return undefined;
    return known[pick % Math.max(1, known.length)] ?? `no-${kind}`;
  }

  async function fill(value: unknown): Promise<unknown> {
    if (value instanceof Known) return thing(value);
    if (Array.isArray(value)) return Promise.all(value.map(fill));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(async ([name, member]) => [name, await fill(member)]);
    return Object.fromEntries(await Promise.all(entries));
  }

  function learnFrom(value: unknown): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      const kind = learned[name];
      if (typeof member !== "string") learnFrom(member);
      else if (name === "secret") secrets.unshift(member);
      else if (kind !== undefined) remember(kind, member);
    }
  }

  return {
    fill,
    learn(text) {
      if (text.startsWith("{")) learnFrom(JSON.parse(text));
    },
  };
}
