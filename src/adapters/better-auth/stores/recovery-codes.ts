import { IdentityError } from "../../../domain/errors.ts";
import { newRecoveryCodes, readRecoveryCode } from "../../../domain/recovery-codes.ts";
import { sha256Text } from "../../shared/digest.ts";
import type { Auth } from "../database/auth.ts";
import { randomBytes } from "./random.ts";

const maxAttempts = 50;

/**
 * Codes for whoever lost an authenticator app, by their digests in a column of ours: Better Auth's own it encrypts, so that
 * whoever has its secret can read them. No secret is in a digest, which one that is rotated would make worthless.
 */
export interface RecoveryCodes {
  /** Makes the codes that take the place of those before. */
  replace(subject: string): Promise<readonly string[]>;
  countLeft(subject: string): Promise<number>;
  /**
   * Takes a code, once, whichever processes are shown it.
   *
   * @throws {IdentityError} `code_mismatch` — none of those that are left
   */
  use(subject: string, code: string): Promise<void>;
  /** Makes all codes worthless. */
  forget(subject: string): Promise<void>;
}

/** Makes a way to the recovery codes in a database. */
export function createRecoveryCodes({ rows }: Pick<Auth, "rows">): RecoveryCodes {
  const model = "user";
  const field = "porticoRecoveryCodes";
  const rowOf = (subject: string) => ({ field: "id", value: subject });

  /** Reads the digests of the codes that are left, as they are written. */
  async function read(subject: string): Promise<string | null> {
    const row = await rows.findOne<CodesRow>({ model, where: [rowOf(subject)] });
    return row?.porticoRecoveryCodes ?? null;
  }

  async function write(subject: string, digests: readonly string[]): Promise<void> {
    const update = { [field]: written(digests) };
    await rows.updateMany({ model, where: [rowOf(subject)], update });
  }

  return {
    async replace(subject) {
      const codes = newRecoveryCodes(randomBytes);
      await write(subject, await Promise.all(codes.map(digestOf)));
      return codes;
    },

    countLeft: async (subject) => digestsIn(await read(subject)).length,

    async use(subject, code) {
      const digest = await digestOf(code);
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        const current = await read(subject);
        const digests = digestsIn(current);
        const left = digests.filter((other) => other !== digest);
        if (left.length === digests.length) throw new IdentityError("code_mismatch");
        // A text that was once replaced never comes again, so that it is enough to compare it.
        const where = [rowOf(subject), { field, value: current }];
        const update = { [field]: written(left) };
        if ((await rows.updateMany({ model, where, update })) === 1) return;
      }
      throw new IdentityError("provider_unavailable", { detail: "Too much at once." });
    },

    forget: (subject) => write(subject, []),
  };
}

interface CodesRow {
  readonly porticoRecoveryCodes: string | null;
}

function written(digests: readonly string[]): string | null {
  return digests.length === 0 ? null : digests.join(" ");
}

function digestsIn(text: string | null): readonly string[] {
  return text === null ? [] : text.split(" ");
}

function digestOf(code: string): Promise<string> {
  return sha256Text(readRecoveryCode(code));
}
