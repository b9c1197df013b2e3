/** Another page's file that runs a block, or the reason why nothing can. */
export type RunBy = string | { readonly reason: string };

const shown = "test/examples/examples.test.ts";
const here = "test/examples/documented-code.test.ts";
const commands = "scripts/check-pages.mjs";
const servers = "scripts/check-page-servers.mjs";

/** Each block of code in the pages, in their order, by the file that runs it. A block that nothing runs needs a reason. */
export const documentedCode: Readonly<Record<string, readonly RunBy[]>> = {
  "README.md": [
    { reason: "`npm start` and `npm test` are what everything here is run by" },
    commands,
    commands,
  ],
  "docs/benchmarks.md": [{ reason: "takes half an hour of a quiet machine" }],
  "docs/better-auth.md": [servers],
  "docs/browser-sessions.md": ["test/http/session/documentation.test.ts"],
  "docs/client.md": Array(5).fill("test/client/documentation.test.ts"),
  "docs/cognito-server.md": [
    servers,
    servers,
    servers,
    servers,
    shown,
    here,
    { reason: "needs a function and an address of the reader's; test/cli runs the same" },
  ],
  "docs/cognito.md": [here],
  "docs/command.md": Array(5).fill({
    reason: "test/cli runs each command as a process, from the source and not by npx",
  }),
  "docs/deploying.md": [
    {
      reason: "scripts/check-image.mjs builds and runs the image, by the same command with a base",
    },
    "scripts/check-compiled.mjs",
    ...Array(2).fill("test/runtimes/lambda.test.ts"),
  ],
  "docs/first-requests.md": Array(12).fill(commands),
  "docs/mail.md": Array(3).fill("test/service/mail.test.ts"),
  "docs/ldap.md": Array(2).fill("test/runtime/ldap.test.ts"),
  "docs/library.md": [here],
  "docs/migrating.md": [
    "test/examples/migrating/migrating.test.ts",
    "test/examples/migrating/migrating.test.ts",
    "tools/clients/migrating.test.ts",
    "tools/clients/migrating.test.ts",
    {
      reason:
        "C#, and there is no .NET where this is checked: it is Amazon's tutorial, for comparison",
    },
    {
      reason:
        "C#, and there is no .NET where this is checked; its request is that of first-requests.md",
    },
  ],
  "docs/operations.md": [here],
  "docs/pages.md": Array(3).fill("test/browser/examples.test.ts"),
  "docs/providers.md": Array(4).fill("test/examples/providers.test.ts"),
  "docs/resource-apis.md": [
    shown,
    servers,
    shown,
    here,
    here,
    here,
    shown,
    shown,
    shown,
    here,
    shown,
    here,
    here,
    ...Array(4).fill(shown),
  ],
  "docs/server-rendered.md": [here, ...Array(4).fill("test/examples/session-sites.test.ts")],
  "skills/portico/SKILL.md": [commands],
};
