import { list, type Read, required, structure, text } from "../wire/constraints.ts";

/** The identifier of an API that has scopes of its own. */
export const resourceServerIdentifier = required(
  text({ min: 1, max: 256, pattern: /^[\x21\x23-\x5B\x5D-\x7E]+$/ }),
);

/** The members of an API that has scopes of its own. */
export const resourceServerMembers = {
  Identifier: resourceServerIdentifier,
  Name: required(text({ min: 1, max: 256, pattern: /^[\w\s+=,.@-]+$/ })),
  Scopes: list(
    structure({
      ScopeName: required(
        text({ min: 1, max: 256, pattern: /^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+$/ }),
      ),
      ScopeDescription: required(text({ min: 1, max: 256 })),
    }),
    100,
  ),
};

/** The configuration of such an API. */
export type ResourceServerConfiguration = Read<typeof resourceServerMembers>;
