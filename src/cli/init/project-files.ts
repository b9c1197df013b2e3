import type { Choices } from "./choices.ts";
import { poolFiles } from "./pool-files.ts";

/** The files of a new project, by their paths in it. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The terms of one project, besides the choices. */
export interface ProjectTerms extends Choices {
  readonly name: string;
  /** The version of Portico that it depends on, as npm takes it. */
  readonly portico: string;
  /** The secret that cookies are sealed with. */
  readonly sessionSecret: string;
}

/** The command of the package, for runtimes that do not look commands up. */
const command = "node_modules/portico/cli/portico.js";

const starts: Readonly<Record<Choices["runtime"], string>> = {
  node: "portico serve --env-file .env",
  bun: `bun --no-env-file ${command} serve --env-file .env`,
  deno: `deno run --no-prompt --allow-net --allow-env --allow-read --allow-sys ${command} serve --env-file .env`,
};

/** Makes the files of a project that starts by `npm start`. */
export function projectFiles(terms: ProjectTerms): ProjectFiles {
  const isCognito = terms.provider === "cognito";
  return {
    "package.json": `${JSON.stringify(manifestOf(terms), undefined, 2)}\n`,
    ".env": isCognito ? cognitoEnvironment(terms) : memoryEnvironment(terms),
    ".gitignore": "node_modules\n.env\ncdk.out\n",
    "README.md": readmeOf(terms),
    ...(isCognito && poolFiles),
  };
}

function manifestOf({ name, portico, provider, runtime }: ProjectTerms) {
  return {
    name,
    version: "0.0.0",
    private: true,
    type: "module",
    scripts: {
      start: starts[runtime],
      ...(provider === "cognito" && {
        local: "node local.mjs",
        check: "portico check --env-file .env",
        deploy: "cd aws && npm install && npx cdk deploy",
      }),
    },
    dependencies: {
      // For local.mjs; Portico brings the same one.
      ...(provider === "cognito" && { "@aws-sdk/client-cognito-identity-provider": "^3.1169.0" }),
      portico,
    },
  };
}

function memoryEnvironment({ pages, sessionSecret }: ProjectTerms): string {
  return `# Users are in memory, on this machine alone: a place to begin.
IDENTITY_PROVIDER=memory
PAGES=${pages}
SESSION_SECRETS=${sessionSecret}
`;
}

function cognitoEnvironment({ pages, sessionSecret }: ProjectTerms): string {
  return `# The pool that "npm run deploy" makes: it prints the first three.
IDENTITY_PROVIDER=cognito
COGNITO_REGION=
COGNITO_USER_POOL_ID=
COGNITO_CLIENT_ID=
# aws cognito-idp describe-user-pool-client --user-pool-id … --client-id … --query UserPoolClient.ClientSecret
COGNITO_CLIENT_SECRET=
# The credentials of the role, or the profile, that the service runs as; "keys" takes AWS_ACCESS_KEY_ID and so on.
COGNITO_CREDENTIALS=chain
PAGES=${pages}
SESSION_SECRETS=${sessionSecret}
`;
}

function readmeOf({ name, provider, pages }: ProjectTerms): string {
  const place = pages === "on" ? "http://127.0.0.1:8080/sign-in" : "http://127.0.0.1:8080/docs";
  const local = `\`npm start\` serves on ${place}. Users are in memory, and the codes that would be mailed are shown there.`;
  return `# ${name}

${provider === "memory" ? local : cognitoReadme(place)}

Settings are in \`.env\`, which is not for the repository: it holds the secret that cookies are sealed with.
`;
}

function cognitoReadme(place: string): string {
  return `\`npm run local\` serves on ${place}, in front of a user pool on this machine that is set up as \`pool.mjs\` says and
prints the codes that it would mail.

\`npm run deploy\` makes that pool in your AWS account, with the AWS CDK. Put what it prints into \`.env\`; then \`npm run check\` tells
whether the pool is as it should be, and \`npm start\` serves in front of it.`;
}
