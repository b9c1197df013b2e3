/** A piece of work that is this instance's to do. */
export interface ClaimedWork {
  readonly state: "claimed";
  readonly key: string;
  /** New with each claim, so that nobody settles that of another. */
  readonly claim: string;
  /** The outcome of the work before, where it is still kept. */
  readonly before?: string;
}

/** The state of a piece of work that somebody asked for. */
export type WorkState =
  | ClaimedWork
  | { readonly state: "under_way" }
  | { readonly state: "done"; readonly outcome: string };

/**
 * The place where instances agree on which of them does a piece of work, and share the outcome. What is kept there is
 * sealed by whoever puts it there, and kept for a short time only.
 */
export interface SharedWork {
  /**
   * Claims a piece of work, or tells that it is under way, or its outcome. Of concurrent calls with one key, on all
   * instances, exactly one claims it. A claim is over after its time, and the next who asks has it then.
   *
   * @param key - letters, digits and `-` alone
   * @param generation - a whole number: an outcome is good for it and for those before it, and is replaced for those after
   * @param seconds - the time until the claim is over
   * @throws {IdentityError} `provider_unavailable` — that cannot be told now
   */
  claim(key: string, generation: number, seconds: number): Promise<WorkState>;

  /**
   * Keeps the outcome of claimed work, for some seconds. Tells whether it did: a claim that is over is not ours to settle.
   *
   * @throws {IdentityError} `provider_unavailable` — it may not be kept
   */
  settle(
    work: ClaimedWork,
    outcome: { readonly text: string; readonly generation: number; readonly seconds: number },
  ): Promise<boolean>;

  /**
   * Gives a claim back, as the work failed: the next who asks has it. One that is over is left as it is.
   *
   * @throws {IdentityError} `provider_unavailable` — the claim may be held until it is over
   */
  release(work: ClaimedWork): Promise<void>;
}
