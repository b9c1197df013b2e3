import type { CompromisedPasswords } from "../../ports/index.ts";

/** The length of a digest in the list, in bytes. Two passwords share one by chance once in a million that are tried. */
const digestBytes = 4;

/** Makes the list of the most common passwords, which is in the package, and no more than a few thousand. */
export function createCommonPasswords(): CompromisedPasswords {
  let loading: Promise<ReadonlySet<number>> | undefined;
  return {
    async has(password) {
      loading ??= load();
      const common = await loading;
      return common.has(await commonDigest(password));
    },
  };
}

/** Only for the first password: whoever verifies tokens has none. */
async function load(): Promise<ReadonlySet<number>> {
  const { commonDigests } = await import("./common-digests.ts");
  const bytes = Uint8Array.from(atob(commonDigests), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const count = bytes.length / digestBytes;
  return new Set(Array.from({ length: count }, (_, index) => view.getUint32(index * digestBytes)));
}

/** Gives the digest that a password is listed by, in small letters: the list has none in others, and people try both. */
export async function commonDigest(password: string): Promise<number> {
  const bytes = new TextEncoder().encode(password.toLowerCase());
  return new DataView(await crypto.subtle.digest("SHA-256", bytes)).getUint32(0);
}
