import type { SharedWork } from "../../ports/index.ts";

/** The ears of whoever runs the service, for the place where work is shared. */
export interface SharedWorkReport {
  /** Hears once that it cannot be reached, and once that it can again. */
  readonly onFailure: (failure: unknown) => void;
  readonly onRecovery: () => void;
}

/** Makes a place for shared work whose failures are told. They are thrown all the same. */
export function createReportedSharedWork(
  shared: SharedWork,
  { onFailure, onRecovery }: SharedWorkReport,
): SharedWork {
  let isDown = false;

  async function told<T>(work: Promise<T>): Promise<T> {
    try {
      const result = await work;
      if (isDown) onRecovery();
      isDown = false;
      return result;
    } catch (error) {
      if (!isDown) onFailure(error);
      isDown = true;
      throw error;
    }
  }

  return {
    claim: (...input) => told(shared.claim(...input)),
    settle: (...input) => told(shared.settle(...input)),
    release: (...input) => told(shared.release(...input)),
  };
}
