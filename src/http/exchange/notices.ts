import type { Notices } from "../../ports/index.ts";
import type { Exchange } from "./exchange.ts";

/** Takes the notices of one request: each is written in the language that it asks for, where the user chose none. */
export function noticesOf({ request }: Exchange, notices: Notices): Notices {
  return {
    tell(notice) {
      const acceptLanguage = request.header("Accept-Language");
      notices.tell({ ...notice, ...(acceptLanguage !== undefined && { acceptLanguage }) });
    },
  };
}
