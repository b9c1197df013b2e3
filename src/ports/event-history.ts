import type { Page, PageRequest } from "../domain/page.ts";
import type { KeptSecurityEvent } from "../domain/security-event.ts";

/** The security events that are kept, for administrators. */
export interface EventHistory {
  /**
   * Lists events, the newest first. An event that was just recorded may show late. Those that come while pages are read
   * move none from one page to the next.
   *
   * @throws {IdentityError} `validation_failed` — the cursor is none of this listing's; path `["cursor"]`
   * @throws {IdentityError} `provider_unavailable` — they cannot be read now
   */
  listEvents(request: PageRequest): Promise<Page<KeptSecurityEvent>>;
}
