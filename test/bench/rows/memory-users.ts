import { startChild } from "../child.ts";
import { digits, type Row } from "../figure.ts";
import type { UserMemory } from "../processes/users-in-memory.ts";

/** How much memory users take who are kept in it, with the tokens of each. */
export const memoryUsers: Row = {
  name: "memory-users",
  async measure() {
    const script = "test/bench/processes/users-in-memory.ts";
    const child = startChild({ script, args: [], flags: ["--expose-gc"] });
    const { users, heap, resident, residentAtFirst } = await child.ask<UserMemory>();
    child.stop();
    return [
      {
        work: `memory that ${users.toLocaleString("en")} users take, signed in, with their tokens`,
        against: "—",
        value: Math.max(heap, resident) / 1e6,
        unit: "MB",
        bar: { kind: "less than", value: 150 },
        remark: [
          `after a collection: resident ${megabytes(resident)}, heap ${megabytes(heap)}`,
          `resident before it, garbage included: ${megabytes(residentAtFirst)}`,
        ].join("; "),
      },
    ];
  },
};

function megabytes(bytes: number): string {
  return `${digits(bytes / 1e6)} MB`;
}
