import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One import of a source file: paths from the root, packages by name. */
export interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const root = join(import.meta.dirname, "../..");

/** The text of a file of the project. */
export function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The files that a pattern names, sorted. */
export function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).sort();
}

/** The target of an import whose specifier only turns out when it runs: no rule could judge it. */
export const computed = "(computed)";

/** All imports and re-exports of a file. */
export function importsOf(file: string): Import[] {
  return importsIn(textOf(file), file);
}

/** All imports and re-exports in the text of a file. */
export function importsIn(source: string, file: string): Import[] {
  const text = withoutComments(source);
  const statements = text.matchAll(/^(?:import|export)\s(type\s)?([^;"]*?)from\s"([^"]+)"/gm);
  const bare = [...text.matchAll(/(?:^import\s"([^"]+)"|\bimport\(\s*"([^"]+)"\s*[,)])/gm)].map(
    ([, alone, called]) => alone ?? called,
  );
  const others = [...text.matchAll(/\bimport\((?!\s*"[^"]+"\s*[,)])|\brequire\(/g)].map(
    () => computed,
  );
  return [
    ...[...statements].map(([, type, names = "", specifier]) => ({
      specifier,
      typeOnly: type !== undefined || namesTypesOnly(names),
    })),
    ...[...bare, ...others].map((specifier) => ({ specifier, typeOnly: false })),
  ].map(({ specifier = "", typeOnly }) => {
    const target = specifier.startsWith(".") ? join(dirname(file), specifier) : specifier;
    return { file, target, typeOnly };
  });
}

/** A comment between the names of an import would hide it. What looks like a comment in a text stays. */
function withoutComments(source: string): string {
  const text = /"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/.source;
  const comment = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/.source;
  return source.replace(new RegExp(`(${text})|${comment}`, "g"), (_, kept = "") => kept);
}

/** True where each name in braces is marked as a type, which leaves no import behind. */
function namesTypesOnly(names: string): boolean {
  const listed = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
  if (listed === undefined) return false;
  return listed
    .split(",")
    .filter((name) => name.trim() !== "")
    .every((name) => name.trim().startsWith("type "));
}

/** The circles of a graph: each set of nodes that reach one another, by Tarjan's algorithm. */
export function circlesOf(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];

  function visit(node: string): void {
    order.set(node, order.size);
    lowest.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      const reached = stack.includes(next) ? (lowest.get(next) ?? 0) : Number.POSITIVE_INFINITY;
      lowest.set(node, Math.min(lowest.get(node) ?? 0, reached));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  }

  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/** Who reaches whom directly, by any name that is given to a file: itself, or its folder. */
export function edgesBetween(
  imports: readonly Import[],
  nameOf: (file: string) => string | undefined,
): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { file, target } of imports) {
    const [from, to] = [nameOf(file), nameOf(target)];
    if (from === undefined || to === undefined || from === to) continue;
    edges.set(from, (edges.get(from) ?? new Set()).add(to));
  }
  return edges;
}
