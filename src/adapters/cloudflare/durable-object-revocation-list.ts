import type { Clock, RevocationList, TokenOwner } from "../../ports/index.ts";
import {
  readRevocations,
  revocationText,
  textBeginnings,
} from "../jwt/revocations/revocation-text.ts";
import { bindingCall } from "./binding-call.ts";
import type { RevocationListPage } from "./revocation-list-object.ts";

/** The part of a Durable Object namespace that is used. */
export interface RevocationObjectNamespace {
  idFromName(name: string): { toString(): string };
  get(id: ReturnType<RevocationObjectNamespace["idFromName"]>): {
    fetch(
      url: string,
      init?: { readonly method: string; readonly body: string },
    ): Promise<Pick<Response, "ok" | "status" | "json">>;
  };
}

/** The options of {@link createDurableObjectRevocationList}. */
export interface DurableObjectRevocationListOptions {
  /** The binding to the class `RevocationListObject`, as the Worker gets it in `env`. */
  readonly namespace: RevocationObjectNamespace;
  /** The name of the object that keeps the list. @default "revocations" */
  readonly name?: string;
  /** The time that reading or writing may take, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * Keeps revocations in one Durable Object, for all isolates everywhere: what one of them adds, the next who reads is
 * given. It forgets by itself what is over.
 *
 * @see https://developers.cloudflare.com/durable-objects/
 */
export function createDurableObjectRevocationList(
  options: DurableObjectRevocationListOptions,
): RevocationList {
  const { namespace, name = "revocations", timeoutMs = 1000, clock = Date } = options;

  async function ask(query: string, body?: string) {
    // Not kept, as what one request opened is of no use to the next.
    const object = namespace.get(namespace.idFromName(name));
    const init = body === undefined ? undefined : { method: "POST", body };
    const response = await object.fetch(`https://revocations.internal/${query}`, init);
    if (!response.ok) throw new Error(`The object answered ${response.status}.`);
    return response;
  }

  async function page(since: number): Promise<RevocationListPage> {
    return (await ask(`?since=${since}`)).json();
  }

  /** An object of a version that cannot look up answers with a page. */
  async function found(of: TokenOwner): Promise<readonly unknown[]> {
    const query = new URLSearchParams(textBeginnings(of).map((beginning) => ["find", beginning]));
    const { texts } = await (await ask(`?${query}`)).json();
    if (!Array.isArray(texts)) throw new TypeError("The object looked nothing up.");
    return texts;
  }

  return {
    async add(revocation) {
      await bindingCall(ask("", revocationText(revocation)), timeoutMs);
    },

    async read(cursor = "") {
      const since = positionOf(cursor);
      const { entries, isLast } = await bindingCall(page(since), timeoutMs);
      return {
        revocations: readRevocations(
          entries.map(({ text }) => text),
          clock,
        ),
        cursor: `${listId()}:${entries.at(-1)?.position ?? since}`,
        hasMore: !isLast,
      };
    },

    async find(of) {
      return readRevocations(await bindingCall(found(of), timeoutMs), clock);
    },
  };

  function listId(): string {
    return namespace.idFromName(name).toString();
  }

  /** 0 for the cursor of another object, and for what is none. */
  function positionOf(cursor: string): number {
    const [ofList, position = ""] = cursor.split(":");
    return ofList === listId() && /^\d{1,15}$/.test(position) ? Number(position) : 0;
  }
}
