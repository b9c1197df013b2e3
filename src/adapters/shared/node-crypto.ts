/** The part of `node:crypto` that is used. */
export interface NodeCrypto {
  createPublicKey(input: { readonly key: object; readonly format: "jwk" }): object;
  verify(digest: string, data: Uint8Array, key: object, signature: Uint8Array): boolean;
  verify(
    digest: string,
    data: Uint8Array,
    key: object,
    signature: Uint8Array,
    callback: (error: Error | null, isGood: boolean) => void,
  ): void;
  createHmac(digest: string, key: string): Digester;
  createHash(digest: string): Digester;
}

interface Digester {
  update(data: Uint8Array): Digester;
  digest(): Uint8Array<ArrayBuffer>;
}

/** The parts of the runtime by which `node:crypto` is found, or found to be missing. */
interface RuntimeGlobals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { getBuiltinModule?(id: "node:crypto"): NodeCrypto | undefined };
}

/**
 * Gives `node:crypto` where it is worth having: WebCrypto hands all work to another thread, which on Node, Deno and Bun
 * takes longer than small work itself.
 *
 * A runtime without it has WebCrypto alone. Workers are left out although they can have it: WebCrypto knows no other
 * thread there.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
export function nodeCrypto(): NodeCrypto | undefined {
  const { navigator, process } = globalThis as RuntimeGlobals;
  if (navigator?.userAgent === "Cloudflare-Workers") return undefined;
  return process?.getBuiltinModule?.("node:crypto");
}

/** Tells whether the runtime is Node itself, and none that is like it. */
export function isNode(): boolean {
  const { navigator } = globalThis as RuntimeGlobals;
  return navigator?.userAgent?.startsWith("Node.js/") === true;
}
