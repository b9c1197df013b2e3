/** The tests of one line of the security checklist. */
export interface ChecklistRow {
  /** Names of tests; one that ends with … stands for all that begin so. */
  readonly tests: readonly string[];
  /** How many tests the line asks for, where it counts them. */
  readonly least?: number;
}

/** How many lines each part of the checklist has: token verifier, key sets, resource server over HTTP. */
export const checklistParts = { TV: 31, JW: 16, RS: 21 } as const;

/**
 * Which tests cover which line of the security checklist. All of them run on Node, Deno, Bun and workerd: they are of the
 * corpus, of the suite of all providers, or of the service as a resource server.
 */
export const checklistRows: Readonly<Record<string, ChecklistRow>> = {
  TV1: { tests: ["TV1: refuses the algorithm …"] },
  TV2: {
    tests: [
      "TV2: refuses RS384, which is not configured, by the right key",
      "TV2: refuses PS256, which is not configured, by the right key",
      "TV2: refuses an algorithm that only a key without one would allow",
      "TV2: refuses the algorithm …",
    ],
  },
  TV3: { tests: ["TV3: refuses what is signed with …"], least: 20 },
  TV4: {
    tests: [
      "TV4: takes no key from a header and fetches from no address in one",
      "TV4: fetches keys from the address that it was told, where a header may name another",
      "TV4: looks at no thumbprint of a certificate in a header",
    ],
  },
  TV5: {
    tests: ["TV5: refuses the key id …", "writes neither a query string nor a key id to its log"],
  },
  TV6: {
    tests: [
      "TV6: refuses a token without a key id, however many keys there are",
      "TV6: takes a token without a key id where that is allowed and exactly one key fits",
      "TV6: takes no token without a key id by a key that another came to",
    ],
  },
  TV7: { tests: ["TV7: refuses a header with …"] },
  TV8: { tests: ["TV8: refuses a token with …"] },
  TV9: {
    tests: [
      "TV9: takes one spelling of the last character and no other",
      "TV9: takes one spelling of header and payload and no other",
    ],
  },
  TV10: {
    tests: [
      "TV10: refuses claims that are …",
      "TV10: refuses claims with …",
      "TV10: takes claims with any number that counts something",
      "TV10: refuses the header …",
    ],
  },
  TV11: {
    tests: [
      "TV11: refuses claims that say …",
      "TV11: refuses a header that says its algorithm again",
      "TV11: takes names, colons and quotes inside of texts for what they are",
    ],
  },
  TV12: { tests: ["TV12: refuses a token whose expiry …"] },
  TV13: {
    tests: [
      "TV13: refuses a token at the second of its expiry",
      "TV13: keeps no token beyond its expiry, nor before its start",
    ],
  },
  TV14: {
    tests: [
      "TV14: takes a token to the end of a tolerance of …",
      "TV30: cannot be made with a tolerance of more than a minute",
    ],
  },
  TV15: {
    tests: [
      "TV15: refuses a token with …",
      "TV15: takes a token whose start is within the tolerance",
      "refuses a token of tomorrow, and says so in a word of its own",
    ],
  },
  TV16: { tests: ["TV16: refuses a life of more than a day"] },
  TV17: { tests: ["TV17: refuses the issuer …"], least: 31 },
  TV18: {
    tests: [
      "TV18: refuses the client of …",
      "TV18: refuses for an API a token of …",
      "TV18: takes a token that names no client, where its issuer's options say so",
      "TV18: gives a token that names no client the one of its issuer",
    ],
  },
  TV19: {
    tests: [
      "TV19: refuses the audience of …",
      "TV19: takes a token that names its own client as its audience",
      "TV19: takes a token for nobody in particular, where its issuer's options say so",
    ],
  },
  TV20: {
    tests: [
      "TV20: refuses an ID token and a refresh token",
      "TV20: refuses a token for …",
      "TV20: takes no token of type DPoP that is bound by …",
      "TV20: takes no token that is bound by …",
      "TV20: takes with a proof alone a token of type DPoP with …",
      "TV20: takes an access token with a nonce, where its issuer's options say so",
      "TV20: takes an access token with a hash of one, where its issuer's options say so",
      "TV20: takes for no ID token …",
      "TV20: takes no ID token beside access tokens, nor the reverse",
    ],
  },
  TV21: { tests: ["TV21: refuses a token of type …", "TV21: takes a token of type …"] },
  TV22: {
    tests: [
      "TV22: refuses the subject of …",
      "TV22: takes a subject of 255 characters of any script",
    ],
  },
  TV23: {
    tests: [
      "TV23: refuses …",
      "TV23: takes scopes in a list, where its issuer's options say so",
      "TV23: takes …",
      "TV23: gives a program no scopes for one role in text",
    ],
  },
  TV24: { tests: ["TV24: refuses a signature …"], least: 25 },
  TV25: {
    tests: [
      "TV25: refuses a token of 16 KB and one character before it takes it apart",
      "TV25: refuses a token of 600 KB before it takes it apart",
      "TV25: refuses a token of 100,000 dots before it takes it apart",
      "TV25: refuses a token with a header of lists 5,000 deep before it parses it",
      "TV25: takes a token of 16 KB",
    ],
  },
  TV26: {
    tests: [
      "TV26: refuses whatever is no token, and throws nothing else",
      "TV26: refuses a token with any one of its characters changed, and throws nothing else",
      "TV26: repeats nothing of a token in an error, nor in its causes",
      "TV26: blames no token for keys that cannot be had",
    ],
  },
  TV27: {
    tests: ["TV27: takes tokens of the old key and of the new one while both are published"],
  },
  TV28: { tests: ["TV28: takes no issuer's token by another issuer's key of the same id"] },
  TV29: {
    tests: [
      "TV29: tells users apart by issuer and subject, whatever their names",
      "TV29: gives the principal of a user, and of a program",
      "TV29: takes for a program's a token …",
      "TV29: takes for a user's the token of one …",
    ],
  },
  TV30: {
    tests: [
      "TV30: cannot be made with …",
      "TV30: cannot be made without an issuer, nor with one twice",
      "TV30: takes tokens for nobody in particular of named clients only",
    ],
  },
  TV31: { tests: ["TV31: takes a revoked token to its end, unless it is told of the revocation"] },

  JW1: {
    tests: [
      "JW1: uses no key of 1024 bits, and the good one beside it",
      "JW1: uses no key of 2047 bits, and the good one beside it",
      "JW1: uses no key of 8193 bits, and the good one beside it",
      "JW1: uses no key with an even modulus, and the good one beside it",
      "JW1: uses no key with an exponent of one, and the good one beside it",
      "JW1: uses no key with an exponent of three, and the good one beside it",
      "JW1: uses no key with a modulus that gives its factors away, and the good one beside it",
      "JW1: takes nothing that anyone can sign, with a key whose exponent is one",
    ],
  },
  JW2: {
    tests: [
      "JW2: verifies with no key of …",
      "JW2: verifies with a key that says that it is for that",
      "JW2: takes a member that is null for one that is missing",
    ],
  },
  JW3: {
    tests: [
      "JW3: refuses a set that publishes …",
      "JW1: uses no key with a place for its private part, and nothing there, and the good one beside it",
      "JW4: uses a good key beside a shared one without its secret, wherever it stands",
      "JW3: refuses a set with one of its own private keys",
      "JW3: tells whoever watches of a set that publishes a secret",
    ],
  },
  JW4: {
    tests: [
      "JW4: uses neither of two keys of one id, type and algorithm, and any other",
      "JW4: goes on with no key that came to share its id",
      "JW4: uses a good key beside …",
      "JW4: begins with a good key beside …",
      "JW4: takes a key that was changed at once, be a clash beside it",
      "JW4: takes a set with one key twice",
    ],
  },
  JW5: { tests: ["JW5: uses the good key beside what is none"] },
  JW6: { tests: ["JW6: uses a key that names no algorithm with the configured one only"] },
  JW7: {
    tests: [
      "JW7: refuses an answer of HTML, and keeps the last good keys",
      "JW7: refuses an answer of an empty object, and keeps the last good keys",
      "JW7: refuses an answer of no keys, and keeps the last good keys",
      "JW7: refuses an answer that is cut short, and keeps the last good keys",
      "JW7: refuses an answer of a key by itself, and keeps the last good keys",
      "JW7: says that the keys cannot be had, at an answer …",
      "JW7: refuses an answer that breaks off",
      "JW7: takes keys that come …",
    ],
  },
  JW8: {
    tests: [
      "JW7: refuses an answer of 2 MB, and keeps the last good keys",
      "JW7: refuses an answer of 10,000 keys, and keeps the last good keys",
      "JW8: takes a set of 64 KB and 16 keys",
      "JW8: refuses a set of one byte more than 64 KB",
      "JW8: refuses a set of one key more than 16",
      "JW8: reads no more of an answer than a key set can need",
      "JW8: calls off an answer that drips, and takes the next one",
      "JW8: cuts off an answer that is small until it is unpacked",
      "JW8: cuts off an answer that has no end",
      "JW8: gives up an answer that drips",
      "JW8: gives up an answer that never comes",
    ],
  },
  JW9: {
    tests: [
      "JW7: refuses an answer that redirects, and keeps the last good keys",
      "JW9: asks for redirects not to be followed, and waits no longer than it says",
      "JW9: follows no redirect with status …",
    ],
  },
  JW10: {
    tests: [
      "JW10: fetches at most once for invented keys that come one after another",
      "JW10: fetches at most once for invented keys that come at once",
      "JW10: fetches at most once for invented keys that are the first to come",
      "fetches the keys at most once more for two hundred tokens of invented keys",
    ],
  },
  JW11: { tests: ["JW11: fetches once in a cooldown at an address that …"] },
  JW12: {
    tests: [
      "JW12: takes good tokens for an hour of an address that is …",
      "JW12: takes no token by keys that are older than a day",
      "JW12: fetches newer keys while the old ones are in use",
      "goes on with the keys that it has while there are no others to be had",
    ],
  },
  JW13: {
    tests: [
      "JW13: accepts a key that was changed right after a fetch within a second",
      "JW13: accepts a changed key within a second of a flood that came one after another",
      "JW13: accepts a changed key within a second of a flood that came at once",
      "JW13: accepts a changed key at the latest after a cooldown, in a flood that goes on",
    ],
  },
  JW14: {
    tests: [
      "JW14: heals by itself when its address was down at the start",
      "starts while the keys cannot be had, is alive and says that it is not ready",
      "heals by itself as soon as the keys can be had",
    ],
  },
  JW15: {
    tests: [
      "JW15: fetches once for any number of first tokens at once",
      "JW15: fetches once for a hundred first tokens at once",
      "JW15: waits for no fetch that died with the request that it belonged to",
      "JW15: fetches once for several instances that share a cache",
      "fetches the keys once for a hundred different tokens that are the first to come",
      "leaves nobody waiting for keys that were fetched for a client who hung up",
    ],
  },
  JW16: {
    tests: [
      "JW16: cannot be made with the address …",
      "does not start with an address of keys without TLS, and names the setting alone",
      "does not start with an address of keys with credentials, and names the setting alone",
      "does not start with an address of keys in a private network, and names the setting alone",
    ],
  },

  RS1: {
    tests: [
      "GET /v1/session asks for a token and says no more",
      "asks for a token with its realm and where to learn more, and with no error",
    ],
  },
  RS2: { tests: ["asks for a bearer token where other credentials come"] },
  RS3: { tests: ["refuses credentials that are not one token"] },
  RS4: {
    tests: [
      "refuses garbage for an access token",
      "refuses an ID token for an access token",
      "refuses a token that has expired, and says so in a word of its own",
      "refuses a token of another issuer, and says so in a word of its own",
      "refuses a token signed by somebody else, and says so in a word of its own",
    ],
  },
  RS5: { tests: ["names the scope that a good token lacks"] },
  RS6: {
    tests: [
      "refuses a token that comes in two ways at once",
      "refuses a token that comes in a form as well",
    ],
  },
  RS7: {
    tests: [
      "takes no token from the query, a form or a cookie",
      "writes neither a query string nor a key id to its log",
    ],
  },
  RS8: { tests: ["takes the scheme in any case"] },
  RS9: { tests: ["refuses two Authorization headers, whichever comes first"] },
  RS10: { tests: ["repeats nothing of a token in its challenge"] },
  RS11: { tests: ["gives personal data to nobody's keeping"] },
  RS12: {
    tests: ["calls no token bad while the keys cannot be had, and says when to come back"],
  },
  RS13: { tests: ["answers every error as a problem that says what the status says"] },
  RS14: {
    tests: [
      "asks for the token before it looks at anything else",
      "answers HEAD as GET, and OPTIONS with nothing of anybody's",
      "/v1/me answers HEAD as GET, and OPTIONS with nothing",
    ],
  },
  RS15: { tests: ["describes itself by its settings, whatever the Host is"] },
  RS16: {
    tests: [
      "RS16: takes the keys that …",
      "RS16: refuses metadata of an issuer …",
      "RS16: refuses metadata that …",
      "RS16: asks for redirects of metadata and of keys not to be followed",
      "RS16: looks for no metadata of the issuer …",
    ],
  },
  RS17: {
    tests: ["takes no token as a bearer's that is bound to jkt", "RS17: refuses …"],
  },
  RS18: {
    tests: [
      "4.3(1): …",
      "4.3(2): …",
      "4.3(3): …",
      "4.3(4, 5): …",
      "4.3(5): …",
      "4.3(6): …",
      "4.3(7): …",
      "4.3(8): …",
      "4.3(9): …",
      "4.3(11): …",
      "4.3(12): …",
      "8.2: …",
      "9: …",
      "11.1: …",
      "RS18: …",
    ],
    least: 150,
  },
  RS19: {
    tests: [
      "revokes a refresh token for a service, once and again",
      "finds no fault with a token to revoke that nobody knows",
      "revokes no ID token",
      "POST /v1/revoke asks whoever shows …",
      "POST /v1/revoke asks for the credentials of a client before all else",
      "POST /v1/revoke takes a form and nothing else",
      "/v1/revoke takes no GET",
    ],
  },
  RS20: {
    tests: [
      "tells nothing of a token to whoever shows …",
      "says of a bad token that it is not active and nothing else",
      "says of a good token whom it speaks for, to nobody's keeping",
    ],
  },
  RS21: { tests: ["gives tokens to nobody's keeping, however they are come by"] },
};
