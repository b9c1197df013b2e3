import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Attribute, Change, Client } from "ldapts";
import { describeWhere } from "./describe-where.ts";
import { makeCertificate } from "./slapd.ts";

const tool = "/usr/bin/samba-tool";
const schema = "/usr/share/samba/setup/ad-schema";

/**
 * Describes tests that need Samba's domain controller from Debian, the nearest to Active Directory that runs here. It takes the
 * ports 389 and 636 of this machine, which only root may. Where REQUIRE_SAMBA is set, its absence is a failure.
 */
export function describeWithSamba(title: string, define: () => void): void {
  const isThere = existsSync(tool) && existsSync(schema) && process.getuid?.() === 0;
  const missing = isThere
    ? undefined
    : "samba-ad-dc and samba-ad-provision are not installed, or we are not root";
  describeWhere(title, { missing, required: Boolean(process.env.REQUIRE_SAMBA) }, define);
}

const address = "127.0.0.1";
export const domainDn = "DC=ad,DC=example,DC=com";
export const domainUsersDn = `CN=Users,${domainDn}`;
export const domainReader = { dn: `CN=portico,${domainUsersDn}`, password: "reader-Secret-7" };
const administratorPassword = "Adm1n-Secret-7!";

type Attributes = Readonly<Record<string, string | string[]>>;

/** A domain of its own, and the ways to change it as its administrator does. */
export interface Samba {
  readonly secureUrl: string;
  readonly ca: string;
  add(dn: string, attributes: Attributes): Promise<void>;
  addUser(dn: string, password: string, attributes: Attributes): Promise<void>;
  replace(dn: string, attribute: string, value: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes a domain and starts its controller: the half of a minute that it takes is the making's. */
export async function startSamba(): Promise<Samba> {
  const folder = mkdtempSync(join(tmpdir(), "portico-samba-"));
  const config = join(folder, "etc", "smb.conf");
  await provision(folder);
  await run(["domain", "passwordsettings", "set", "--min-pwd-age=0", `--configfile=${config}`]);
  const tls = join(folder, "private", "tls");
  mkdirSync(tls, { recursive: true, mode: 0o700 });
  makeCertificate(tls, address);
  const files = [`tls keyfile=${tls}/key.pem`, `tls certfile=${tls}/cert.pem`, "tls cafile="];
  // Else the password before works for an hour more.
  const own = [
    "old password allowed period=0",
    `pid directory=${folder}`,
    `ncalrpc dir=${folder}/ncalrpc`,
  ];
  const options = ["server services=ldap", ...own, ...files].map((option) => `--option=${option}`);
  const server = spawn(
    "samba",
    ["--foreground", "--no-process-group", "-M", "single", `--configfile=${config}`, ...options],
    {
      stdio: "ignore",
    },
  );
  const domain = domainAt(server, folder, readFileSync(join(tls, "cert.pem"), "utf8"));
  await untilUp(domain).catch(async (error: unknown) => {
    await domain.close();
    throw error;
  });
  await domain.addUser(domainReader.dn, domainReader.password, { sAMAccountName: "portico" });
  return domain;
}

function domainAt(server: ChildProcess, folder: string, ca: string): Samba {
  const secureUrl = `ldaps://${address}`;

  async function asAdministrator<T>(task: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ url: secureUrl, tlsOptions: { ca }, timeout: 10_000 });
    try {
      await client.bind("Administrator@ad.example.com", administratorPassword);
      return await task(client);
    } finally {
      await client.unbind();
    }
  }

  return {
    secureUrl,
    ca,
    add: (dn, attributes) => asAdministrator((client) => client.add(dn, { ...attributes })),
    addUser: (dn, password, attributes) =>
      asAdministrator((client) => {
        const all = { objectClass: "user", userAccountControl: "512", ...attributes };
        const unicodePwd = Buffer.from(`"${password}"`, "utf16le");
        return client.add(dn, [
          ...Object.entries(all).map(
            ([type, value]) => new Attribute({ type, values: [value].flat() }),
          ),
          new Attribute({ type: "unicodePwd", values: [unicodePwd] }),
        ]);
      }),
    replace: (dn, type, value) =>
      asAdministrator((client) => {
        const modification = new Attribute({ type, values: [value] });
        return client.modify(dn, new Change({ operation: "replace", modification }));
      }),
    async close() {
      const ended = server.exitCode === null ? once(server, "exit") : undefined;
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilUp({ replace }: Samba): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const isUp = await replace(domainUsersDn, "displayName", "Users").then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await sleep(200);
  }
  throw new Error("samba does not answer");
}

async function provision(folder: string): Promise<void> {
  const network = ["interfaces=lo", "bind interfaces only=yes"];
  // Where the file system keeps no attributes of Windows, a file does.
  const options = [...network, `posix:eadb=${folder}/eadb.tdb`].map(
    (option) => `--option=${option}`,
  );
  await run([
    ...["domain", "provision", "--realm=AD.EXAMPLE.COM", "--domain=ADX", "--server-role=dc"],
    ...["--dns-backend=NONE", `--adminpass=${administratorPassword}`, `--targetdir=${folder}`],
    ...options,
  ]);
}

async function run(args: readonly string[]): Promise<void> {
  await promisify(execFile)(tool, [...args]);
}
