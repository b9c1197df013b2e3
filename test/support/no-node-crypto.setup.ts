import process from "node:process";

// As on Workers, where our own code finds no `node:crypto`.
const { getBuiltinModule } = process;
process.getBuiltinModule = ((id: string) =>
  id === "node:crypto" ? undefined : getBuiltinModule(id)) as typeof getBuiltinModule;
