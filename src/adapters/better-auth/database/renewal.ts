import type { AuthContext } from "better-auth";
import type { Seal } from "./seal.ts";

type Rows = Pick<AuthContext["adapter"], "findMany" | "updateMany">;

/** A row of Better Auth's with texts that are encrypted. */
type SealedRow = Readonly<Record<string, unknown>> & { readonly id: string };

const pageSize = 100;

/** Gives a row with its signing key encrypted by the newest secret: Better Auth has that as JSON, and reads no other. */
export async function withRenewedKey<Row extends { readonly privateKey: string }>(
  row: Row,
  seal: Seal,
): Promise<Row> {
  const sealed: unknown = JSON.parse(row.privateKey);
  const renewed = typeof sealed === "string" ? await seal.renew(sealed) : undefined;
  return renewed === undefined ? row : { ...row, privateKey: JSON.stringify(renewed) };
}

/** Encrypts the signing keys anew which an older secret has encrypted, so that it can be taken away. */
export async function renewKeys(rows: Rows, seal: Seal): Promise<void> {
  const model = "jwks";
  for (const row of await rows.findMany<{ id: string; privateKey: string }>({ model })) {
    const { id, privateKey } = await withRenewedKey(row, seal);
    if (privateKey === row.privateKey) continue;
    await rows.updateMany({ model, where: [{ field: "id", value: id }], update: { privateKey } });
  }
}

/** Encrypts the secrets of authenticator apps anew, a page at a time. Those that are replaced meanwhile stay as they are. */
export async function renewApps(rows: Rows, seal: Seal): Promise<void> {
  const model = "twoFactor";
  for (let last = ""; ; ) {
    const page = await rows.findMany<SealedRow>({
      model,
      where: [{ field: "id", operator: "gt", value: last }],
      sortBy: { field: "id", direction: "asc" },
      limit: pageSize,
    });
    for (const { id, secret, backupCodes } of page) {
      const update = {
        secret: await seal.renew(String(secret)),
        backupCodes: await seal.renew(String(backupCodes)),
      };
      if (update.secret === undefined) continue;
      const where = [
        { field: "id", value: id },
        { field: "secret", value: String(secret) },
      ];
      const { backupCodes: codes, ...rest } = update;
      await rows.updateMany({
        model,
        where,
        update: codes === undefined ? rest : { ...rest, backupCodes: codes },
      });
    }
    const end = page.at(-1);
    if (!end || page.length < pageSize) return;
    last = end.id;
  }
}
