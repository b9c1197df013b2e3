/** A part of a listing, and where the next one starts: nowhere, if `cursor` is absent. A page can be empty and not the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly cursor?: string;
}

/** Which part of a listing is wanted. */
export interface PageRequest {
  /** Most items to give, 1 to 60. */
  readonly limit: number;
  /** The cursor that the page before gave. Opaque. */
  readonly cursor?: string;
}
