/**
 * Texts by name from a caller to code of the operator's own that the provider runs along with a call, such as which page
 * it is or what a challenge of theirs needs. Callers can say anything, so it proves nothing. A provider that runs no such code
 * passes it over.
 */
export type ClientMetadata = Readonly<Record<string, string>>;

/** An input that can have such along. */
export interface WithClientMetadata {
  readonly clientMetadata?: ClientMetadata;
}
