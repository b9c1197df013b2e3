import type { Entry, SearchOptions } from "ldapts";
import { IdentityError } from "../../domain/errors.ts";
import type { Clock } from "../../ports/index.ts";
import type { Connection } from "./connection.ts";
import { createConnections } from "./connections.ts";
import {
  binaryId,
  bytesOfId,
  type Person,
  readPerson,
  valuesOf,
  wantedAttributes,
} from "./entries.ts";
import { resultOf } from "./errors.ts";
import { comparedNames, fillFilter, filterOfAll, foldName } from "./filters.ts";
import { bindAs, changePassword } from "./passwords.ts";
import type { DirectorySettings } from "./settings.ts";

/** The directory. Every method throws what {@link translate} makes of its faults. */
export interface Directory {
  /** Gives the one user who has a name, letter for letter but for capitals. Two of that name are nobody. */
  byName(username: string): Promise<Person | undefined>;
  bySubject(subject: string): Promise<Person | undefined>;
  /**
   * Gives every user, or those of whom an attribute of the directory's has a value, written as in a filter.
   *
   * @throws {IdentityError} `validation_failed` — there are too many; path `["filter"]`
   */
  all(filter?: { readonly attribute: string; readonly value: string }): Promise<readonly Person[]>;
  /**
   * Gives the names of a user's groups, sorted.
   *
   * @throws {IdentityError} `provider_misconfigured` — there are more than a token has room for
   */
  groupsOf(person: Person): Promise<readonly string[]>;
  /** Tries a password, also for nobody, which takes as long. */
  authenticate(person: Person | undefined, password: string): Promise<void>;
  /** Changes the password of a user who knows it. */
  changePassword(person: Person, current: string, next: string): Promise<void>;
  /** Ends well where the directory answers and has the entry that users are below. */
  check(): Promise<void>;
  close(): void;
}

/** Most users that are looked through, and most groups in a token: of names of thirty letters it has some 8 KiB then. */
const [mostUsers, mostGroups] = [10_000, 200];

/** The result of a search that the directory has a limit of its own for (RFC 4511 appendix A.2). */
const sizeLimitExceeded = 4;

/** Makes the way to a directory. */
export function createDirectory(settings: DirectorySettings, clock: Clock): Directory {
  const { baseDn, userFilter, idAttribute } = settings;
  const connections = createConnections(settings);
  const names = comparedNames(userFilter);
  const attributes = [...wantedAttributes(settings), ...names.map(({ attribute }) => attribute)];
  const common = {
    attributes,
    explicitBufferAttributes: idAttribute === binaryId ? [binaryId] : [],
    timeLimit: Math.ceil(settings.timeoutMs / 1000),
  } satisfies SearchOptions;
  const read = (entry: Entry) => readPerson(entry, settings, clock.now());

  /** Gives the one entry that there is. A second one of one name could be anybody's. */
  async function one(filter: (connection: Connection) => NonNullable<SearchOptions["filter"]>) {
    const { searchEntries } = await connections.asService((connection) =>
      connection.client.search(baseDn, { ...common, filter: filter(connection), sizeLimit: 2 }),
    );
    const [entry, other] = searchEntries;
    return other || !entry || !/^[\w.-]+=/.test(entry.dn) ? undefined : entry;
  }

  /** The directory takes more for one name than we count as one, such as letters with and without accents. */
  function isNamed(entry: Entry, username: string): boolean {
    return names.some(({ attribute, pattern }) => {
      const wanted = foldName(pattern.replaceAll("{username}", () => username));
      return valuesOf(entry, attribute).some((value) => foldName(value) === wanted);
    });
  }

  return {
    async byName(username) {
      if (username === "" || username.includes("\0") || !username.isWellFormed()) return undefined;
      const entry = await one(() => fillFilter(userFilter, { username }));
      return entry && isNamed(entry, username) ? read(entry) : undefined;
    },

    async bySubject(subject) {
      const bytes = idAttribute === binaryId ? bytesOfId(subject) : undefined;
      if (idAttribute === binaryId && !bytes) return undefined;
      const entry = await one(({ ldap, Buffer }) => {
        const value = bytes ? Buffer.from(bytes) : subject;
        const isTheirs = new ldap.EqualityFilter({ attribute: idAttribute, value });
        const isUser = ldap.FilterParser.parseString(filterOfAll(userFilter));
        return new ldap.AndFilter({ filters: [isTheirs, isUser] });
      });
      const person = entry && read(entry);
      return person?.subject === subject ? person : undefined;
    },

    all(only) {
      const everyone = filterOfAll(userFilter);
      const filter = only ? `(&${everyone}(${only.attribute}=${only.value}))` : everyone;
      return connections.asService(async ({ client }) => {
        const entries: Entry[] = [];
        const search = { ...common, filter, paged: { pageSize: 500 } };
        try {
          for await (const page of client.searchPaginated(baseDn, search)) {
            entries.push(...page.searchEntries);
            if (entries.length > mostUsers) throw tooMany();
          }
        } catch (error) {
          throw resultOf(error) === sizeLimitExceeded ? tooMany() : error;
        }
        return entries.map(read);
      });
    },

    async groupsOf({ dn, username }) {
      const { groupBaseDn, groupFilter, groupAttribute } = settings;
      const filter = fillFilter(groupFilter, { dn, username });
      const search = { filter, attributes: [groupAttribute], sizeLimit: mostGroups + 1 };
      const { searchEntries } = await connections.asService(({ client }) =>
        client.search(groupBaseDn, { ...search, timeLimit: common.timeLimit }),
      );
      if (searchEntries.length > mostGroups) {
        const cause = new Error(
          `A user is in more than ${mostGroups} groups: narrow LDAP_GROUP_FILTER.`,
        );
        throw new IdentityError("provider_misconfigured", { cause });
      }
      const found = searchEntries.flatMap((entry) => valuesOf(entry, groupAttribute)[0] ?? []);
      return [...new Set(found)].toSorted();
    },

    authenticate(person, password) {
      const dn = person?.dn ?? `cn=${crypto.randomUUID()},${baseDn}`;
      return connections.asNobody((connection) => bindAs(connection, dn, password));
    },

    changePassword: ({ dn }, current, next) =>
      connections.asNobody(async (connection) => {
        await bindAs(connection, dn, current);
        await changePassword(connection, settings.passwordChange, { dn, current, next });
      }),

    async check() {
      await connections.asService(({ client }) =>
        client.search(baseDn, { scope: "base", attributes: ["1.1"], sizeLimit: 1 }),
      );
    },

    close: connections.close,
  };
}

function tooMany(): IdentityError {
  const violations = [{ path: ["filter"], reason: "too_many_users" }];
  return new IdentityError("validation_failed", { violations });
}
