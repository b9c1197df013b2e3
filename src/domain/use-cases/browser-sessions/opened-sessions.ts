import type { Seal } from "../../../ports/index.ts";
import type { BrowserAccess, BrowserSession } from "../../browser-session.ts";

/** The parts of a browser's session as the browser keeps them: each is sealed. */
export interface SealedSession {
  readonly session: string;
  readonly access: string;
}

/** The same, opened: as far as they were there, and are ours. */
export interface OpenedSession {
  readonly session: BrowserSession | undefined;
  readonly access: BrowserAccess | undefined;
}

/** The purposes of their seals, and of the seal on the word that a session has ended. */
export const sealPurposes = {
  session: "browser session",
  access: "browser session's access token",
  end: "end of a browser session",
} as const;

/** The most sessions that are kept open: some 12 KB each, of which a Worker has 128 MB. */
const maxKept = 2_000;

/** The end of a sealed text that tells it from all others: its tag, in base64url. */
const tagLength = 22;

/**
 * Makes a function that opens both parts of a session: without a promise where they were opened before, as to open them
 * takes a hundred times as long as to find them. They are kept by the end of one of them, as all of it would take longer to
 * look up than the token in it.
 */
export function createOpener(
  seal: Seal,
): (sealed: Partial<SealedSession>) => OpenedSession | Promise<OpenedSession> {
  const kept = new Map<string, SealedSession & { readonly opened: OpenedSession }>();

  function keep(sealed: SealedSession, opened: OpenedSession): void {
    if (!opened.session || !opened.access) return;
    kept.set(sealed.access.slice(-tagLength), { ...sealed, opened });
    if (kept.size <= maxKept) return;
    for (const oldest of kept.keys()) return void kept.delete(oldest);
  }

  return ({ session, access }) => {
    if (session === undefined || access === undefined) return openNew(seal, { session, access });
    const found = kept.get(access.slice(-tagLength));
    if (found?.access === access && found.session === session) return found.opened;
    return openNew(seal, { session, access }).then((opened) => {
      keep({ session, access }, opened);
      return opened;
    });
  };
}

/** Only these functions seal for these purposes, so what opens has the form that it was given by them. */
async function openNew(
  seal: Seal,
  { session, access }: { readonly [Part in keyof SealedSession]: string | undefined },
): Promise<OpenedSession> {
  const [openSession, openAccess] = await Promise.all([
    session === undefined ? undefined : seal.open(sealPurposes.session, session),
    access === undefined ? undefined : seal.open(sealPurposes.access, access),
  ]);
  return {
    session: openSession === undefined ? undefined : (JSON.parse(openSession) as BrowserSession),
    access: openAccess === undefined ? undefined : (JSON.parse(openAccess) as BrowserAccess),
  };
}
