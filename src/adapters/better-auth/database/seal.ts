/** The encryption of Better Auth's, by the secret that is given. */
export interface Encryption {
  encrypt(secret: string, text: string): Promise<string>;
  /** Fails for what was encrypted by another secret, or altered. */
  decrypt(secret: string, text: string): Promise<string>;
}

/** Texts made such that only whoever has a secret can read them, in the database or with callers. */
export interface Seal {
  encrypt(text: string): Promise<string>;
  /** Fails for what none of the secrets has encrypted. */
  decrypt(text: string): Promise<string>;
  /** Gives a text encrypted by the newest secret, where an older one has encrypted it: else nothing. */
  renew(text: string): Promise<string | undefined>;
}

/**
 * Makes a seal of secrets. Better Auth itself can be given several, but marks what it encrypts then, which neither a
 * Better Auth with one of them can read nor one of before.
 *
 * @param secrets - the newest first, which encrypts: any decrypts
 */
export function createSeal(
  [newest = "", ...older]: readonly string[],
  { encrypt, decrypt }: Encryption,
): Seal {
  const opened = (secret: string, text: string) => decrypt(secret, text).catch(() => undefined);

  async function openedByOlder(text: string): Promise<string | undefined> {
    for (const secret of older) {
      const found = await opened(secret, text);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return {
    encrypt: (text) => encrypt(newest, text),
    async decrypt(text) {
      if (older.length === 0) return decrypt(newest, text);
      return (await opened(newest, text)) ?? (await openedByOlder(text)) ?? decrypt(newest, text);
    },
    async renew(text) {
      if (older.length === 0 || (await opened(newest, text)) !== undefined) return undefined;
      const found = await openedByOlder(text);
      return found === undefined ? undefined : encrypt(newest, found);
    },
  };
}
