import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { settingNames } from "../src/service/settings.ts";

const root = join(import.meta.dirname, "..");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "llms.txt",
  "skills/portico/SKILL.md",
  ...globSync("docs/*.md", { cwd: root }),
];

const read = (page: string) => readFileSync(join(root, page), "utf8");

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the documentation", () => {
  test.each(pages)("%s points to nothing that is not there", (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.flatMap(([link, path = "", anchor]) => {
      const target = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(root, target))) return [link];
      if (anchor === undefined || !target.endsWith(".md")) return [];
      return anchorsOf(target).includes(anchor) ? [] : [link];
    });

    expect(broken).toEqual([]);
  });

  test("llms.txt lists every page", () => {
    const listed = [...read("llms.txt").matchAll(/\]\((docs\/[^)]+)\)/g)].map(([, page]) => page);

    expect(listed.toSorted()).toEqual(globSync("docs/*.md", { cwd: root }).toSorted());
  });

  test("the skill names settings, codes and operations that there are", () => {
    const skill = read("skills/portico/SKILL.md");
    const contract = read("openapi.yaml");
    const codes = [...skill.matchAll(/`([a-z]+(?:_[a-z]+)+)`/g)].map(([, name = ""]) => name);
    const paths = [...skill.matchAll(/`(?:GET|POST) (\/v1\/[\w/-]+)`/g)].map(
      ([, path = ""]) => path,
    );

    expect([codes.length, paths.length].every((count) => count > 1)).toBe(true);
    expect(codes.filter((name) => !contract.includes(name))).toEqual([]);
    expect(paths.filter((path) => !contract.includes(`\n  ${path}:\n`))).toEqual([]);
  });

  test("the page before one goes live names settings that there are", () => {
    const known = new Set(settingNames());
    const named = [
      ...read("docs/before-you-go-live.md").matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g),
    ];

    expect(named.length).toBeGreaterThan(10);
    expect(named.flatMap(([, name = ""]) => (known.has(name) ? [] : [name]))).toEqual([]);
  });
});
