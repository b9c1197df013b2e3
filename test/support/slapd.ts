import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Attribute, Change, Client } from "ldapts";
import { describeWhere } from "./describe-where.ts";
import { freePort } from "./server-process.ts";

const slapdPath = "/usr/sbin/slapd";

/** Describes tests that need OpenLDAP's server from Debian. Where REQUIRE_LDAP is set, its absence is a failure. */
export function describeWithSlapd(title: string, define: () => void): void {
  const missing = existsSync(slapdPath) ? undefined : "slapd is not installed";
  describeWhere(title, { missing, required: Boolean(process.env.REQUIRE_LDAP) }, define);
}

export const baseDn = "dc=example,dc=com";
export const usersDn = `ou=people,${baseDn}`;
export const groupsDn = `ou=groups,${baseDn}`;
export const reader = { dn: `cn=portico,${baseDn}`, password: "reader-Secret-7" };
const admin = { dn: `cn=admin,${baseDn}`, password: "admin-Secret-7" };

type Attributes = Readonly<Record<string, string | string[]>>;

/** A directory of its own, with nobody in it, and the ways to change it as its administrator does. */
export interface Slapd {
  readonly url: string;
  readonly secureUrl: string;
  /** The certificate of the server, as PEM. */
  readonly ca: string;
  add(dn: string, attributes: Attributes): Promise<void>;
  replace(dn: string, attribute: string, values: readonly string[]): Promise<void>;
  remove(dn: string): Promise<void>;
  rename(dn: string, newDn: string): Promise<void>;
  /** Lets it stand still, with every connection open: nobody is answered. */
  suspend(): void;
  resume(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts OpenLDAP's server, with a password policy and TLS, on free ports, and with all that it keeps in a folder. */
export async function startSlapd(): Promise<Slapd> {
  const folder = mkdtempSync(join(tmpdir(), "portico-slapd-"));
  const [port, securePort] = [await freePort(), await freePort()];
  const [url, secureUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${securePort}`];
  makeCertificate(folder);
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "slapd.conf"), configuration(folder));
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    // One that is there already would be lost, and never be ended.
    if (server && server.exitCode === null && server.signalCode === null) return;
    const listeners = ["-h", `${url}/ ${secureUrl}/`];
    server = spawn(slapdPath, [...listeners, "-d", "0", "-f", join(folder, "slapd.conf")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let output = "";
    server.stderr?.on("data", (chunk) => {
      output += String(chunk);
    });
    for (let tries = 0; tries < 100; tries += 1) {
      if (server.exitCode !== null) throw new Error(`slapd ended: ${output}`);
      const isUp = await asAdmin(url, async () => true).catch(() => false);
      if (isUp) return;
      await sleep(50);
    }
    throw new Error(`slapd does not answer: ${output}`);
  }

  async function stop(): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGCONT");
    server.kill("SIGTERM");
    await ended;
  }

  const slapd: Slapd = {
    url,
    secureUrl,
    ca: readFileSync(join(folder, "cert.pem"), "utf8"),
    add: (dn, attributes) => asAdmin(url, (client) => client.add(dn, { ...attributes })),
    replace: (dn, type, values) =>
      asAdmin(url, (client) => {
        const modification = new Attribute({ type, values: [...values] });
        return client.modify(dn, new Change({ operation: "replace", modification }));
      }),
    remove: (dn) => asAdmin(url, (client) => client.del(dn)),
    rename: (dn, newDn) => asAdmin(url, (client) => client.modifyDN(dn, newDn)),
    suspend: () => void server?.kill("SIGSTOP"),
    resume: () => void server?.kill("SIGCONT"),
    stop,
    start,
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await start();
  await fill(slapd);
  return slapd;
}

async function asAdmin<T>(url: string, task: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ url, timeout: 5000, connectTimeout: 5000 });
  try {
    await client.bind(admin.dn, admin.password);
    return await task(client);
  } finally {
    await client.unbind();
  }
}

async function fill({ add }: Pick<Slapd, "add">): Promise<void> {
  await add(baseDn, { objectClass: ["dcObject", "organization"], dc: "example", o: "Example" });
  for (const ou of ["people", "groups", "policies"])
    await add(`ou=${ou},${baseDn}`, { objectClass: "organizationalUnit", ou });
  await add(reader.dn, {
    objectClass: ["organizationalRole", "simpleSecurityObject"],
    cn: "portico",
    userPassword: reader.password,
  });
  await add(`cn=default,ou=policies,${baseDn}`, {
    objectClass: ["pwdPolicy", "device"],
    cn: "default",
    pwdAttribute: "userPassword",
    pwdMinLength: "8",
    pwdCheckQuality: "2",
    pwdMustChange: "TRUE",
    pwdInHistory: "1",
    pwdMaxAge: "0",
  });
}

function configuration(folder: string): string {
  const schemas = ["core", "cosine", "inetorgperson", "nis"];
  return `
${schemas.map((name) => `include /etc/ldap/schema/${name}.schema`).join("\n")}
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
pidfile ${folder}/pid
argsfile ${folder}/args
TLSCACertificateFile ${folder}/cert.pem
TLSCertificateFile ${folder}/cert.pem
TLSCertificateKeyFile ${folder}/key.pem
database mdb
suffix "${baseDn}"
rootdn "${admin.dn}"
rootpw ${admin.password}
directory ${folder}/data
index objectClass,uid,mail,cn,entryUUID,member eq
limits dn.exact="${reader.dn}" size=unlimited size.prtotal=unlimited
access to attrs=userPassword by self write by anonymous auth by * none
access to * by dn.exact="${reader.dn}" read by self read by anonymous auth by * none
overlay ppolicy
ppolicy_default "cn=default,ou=policies,${baseDn}"
ppolicy_hash_cleartext
`;
}

/** Makes a certificate of an address of this machine, and its key, in a folder. */
export function makeCertificate(folder: string, address = "127.0.0.1"): void {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=localhost", "-addext", `subjectAltName=DNS:localhost,IP:${address}`];
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-days", "2", ...key, ...names, ...files], {
    stdio: "ignore",
  });
}
