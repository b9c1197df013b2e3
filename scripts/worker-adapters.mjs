// Leaves the adapters out of the Worker that its settings do not choose.
import { readFileSync } from "node:fs";
import { captchas } from "../src/adapters/captchas.ts";
import { providers } from "../src/adapters/index.ts";
import { passwordLists } from "../src/adapters/password-lists.ts";
import { revocationLists } from "../src/adapters/revocation-lists.ts";
import { sharedStates } from "../src/adapters/shared-states.ts";
import { captchaSettingNames } from "../src/service/captcha.ts";
import { mailSettingNames } from "../src/service/mail.ts";
import { passwordListSettingNames } from "../src/service/password-lists.ts";

/**
 * Settings of a Worker, as far as they are known when it is built.
 * @typedef {Readonly<Record<string, unknown>>} Variables
 * @typedef {{ readonly settingNames: readonly string[], readonly bindingName?: string }} Module
 */

/** The settings that choose among adapters, each with the registry that has a line for every one of them. */
const registries = [
  { setting: "IDENTITY_PROVIDER", file: "index.ts", modules: providers },
  { setting: "REVOCATION_LIST", file: "revocation-lists.ts", modules: revocationLists },
  { setting: "SHARED_STATE", file: "shared-states.ts", modules: sharedStates },
  {
    setting: "COMPROMISED_PASSWORDS",
    file: "password-lists.ts",
    modules: passwordLists,
    // A Worker has none unless it names one, as the common passwords take a fifth of its room.
    absent: "off",
  },
  { setting: "CAPTCHA", file: "captchas.ts", modules: captchas, absent: "off" },
];

/** A Worker has no database of its own to open, nor a package that speaks to Redis or a directory. */
const neverOnWorkers = ["better-auth", "ldap", "redis"];

/**
 * Gives the one adapter that a Worker of some variables needs for a setting, or nothing where it may be any of them, as
 * the variables name no provider and so are set elsewhere. Beside a named one the list is that of the default.
 *
 * @param {string} setting
 * @param {Variables} variables
 * @param {string} [absent] - the value that stands for none, which is the default of such a setting
 */
function chosenFor(setting, variables, absent = "") {
  const { IDENTITY_PROVIDER: provider, [setting]: named } = variables;
  return named || absent || (provider ? "memory" : undefined);
}

/**
 * Makes the plugin that puts a stand-in into the place of each adapter that is not chosen: to choose it when the Worker
 * runs is a fault of the settings, which says what to do.
 *
 * @param {Variables} variables
 * @returns {import("esbuild").Plugin}
 * @throws {Error} where they choose what there is not, or what does not run on Workers
 */
export function withChosenAdapters(variables) {
  const sources = new Map(
    registries.map(({ setting, file, modules, absent }) => {
      const chosen = chosenFor(setting, variables, absent);
      const possible = Object.keys(modules).filter((name) => !neverOnWorkers.includes(name));
      // Of some there can be several.
      const names = chosen === undefined ? possible : String(chosen).split(",");
      const kept = possible.filter((name) => names.some((one) => one.trim() === name));
      if (kept.length === 0 && (absent === undefined || chosen !== absent))
        throw new Error(`${setting}: must be one of ${possible.join(", ")}`);
      return [file, registryOf(setting, { file, modules, kept })];
    }),
  );
  /** @param {string} setting */
  const isForObjects = (setting) => {
    const chosen = chosenFor(setting, variables);
    return chosen === undefined || chosen === "durable-object";
  };
  return {
    name: "with-chosen-adapters",
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]adapters[\\/][\w-]+\.ts$/ }, ({ path }) => {
        const contents = sources.get(path.replace(/^.*[\\/]/, ""));
        return contents === undefined ? undefined : { contents, loader: "ts" };
      });
      onLoad({ filter: /[\\/]src[\\/]service[\\/][\w-]+\.ts$/ }, ({ path }) => {
        const settings = optionalSettings.get(path.replace(/^.*[\\/]/, ""));
        if (!settings) return undefined;
        const { [settings.setting]: named = "off" } = variables;
        return named === "off" ? { contents: absentSettings(settings), loader: "ts" } : undefined;
      });
      onLoad({ filter: /[\\/]adapters[\\/]smtp[\\/]index\.ts$/ }, () => ({
        // No Worker opens such a connection: its settings are refused there.
        contents: "export const createSmtpCourier = undefined;",
        loader: "ts",
      }));
      onLoad({ filter: /[\\/]cloudflare[\\/][\w-]+-object\.ts$/ }, ({ path }) => {
        const object = objectClasses.get(path.replace(/^.*[\\/]/, ""));
        if (!object || object.settings.some(isForObjects)) return undefined;
        return { contents: objectStandIn(object), loader: "ts" };
      });
    },
  };
}

/**
 * Settings whose reading a Worker does without that names none of what they choose, by the file that reads them.
 * @type {ReadonlyMap<string, OptionalSettings>}
 */
const optionalSettings = new Map([
  [
    "password-lists.ts",
    {
      setting: "COMPROMISED_PASSWORDS",
      reader: "readPasswordListSettings",
      lister: "passwordListSettingNames",
      names: passwordListSettingNames(),
    },
  ],
  [
    "captcha.ts",
    {
      setting: "CAPTCHA",
      reader: "readCaptchaSettings",
      lister: "captchaSettingNames",
      names: captchaSettingNames(),
    },
  ],
  [
    "mail.ts",
    {
      setting: "MAIL_POST_URL",
      reader: "readMailSettings",
      lister: "mailSettingNames",
      names: mailSettingNames(),
    },
  ],
]);
/** @typedef {{ setting: string, reader: string, lister: string, names: readonly string[] }} OptionalSettings */

/**
 * Gives the source that stands in for such a reading. The names are known all the same, and a secret without what it is for
 * is a fault here too.
 *
 * @param {OptionalSettings} settings
 */
function absentSettings({ setting, reader, lister, names }) {
  const fault = `${setting}: none is in this build of the Worker: name it in "vars" of wrangler.jsonc and build again`;
  return `
    export const ${lister} = () => ${JSON.stringify(names)};
    export const ${reader} = ({ ${setting}: named, ${setting}_SECRET: secret }) =>
      named === "off" || !(named || secret)
        ? { ok: true, value: () => undefined }
        : { ok: false, faults: [${JSON.stringify(fault)}] };
  `;
}

/**
 * The Durable Objects that the entry exports, by the file of each, with the settings that need it.
 * @type {ReadonlyMap<string, { className: string, settings: readonly string[] }>}
 */
const objectClasses = new Map([
  [
    "revocation-list-object.ts",
    { className: "RevocationListObject", settings: ["REVOCATION_LIST", "SHARED_STATE"] },
  ],
  ["shared-state-object.ts", { className: "SharedStateObject", settings: ["SHARED_STATE"] }],
]);

/**
 * Gives a class in the place of one that no setting needs: an object of it says so, whoever bound it.
 *
 * @param {{ className: string, settings: readonly string[] }} object
 */
function objectStandIn({ className, settings }) {
  const wanted = settings.map((setting) => `${setting}=durable-object`).join(" or ");
  const fault = `${className} is not in this build of the Worker: name ${wanted} in "vars" of wrangler.jsonc and build again`;
  return `export class ${className} { constructor() { throw new Error(${JSON.stringify(fault)}); } }`;
}

/**
 * Gives the source of a registry whose other lines have stand-ins. What they imported is left out, as nothing uses it.
 *
 * @param {string} setting
 * @param {{ file: string, modules: Readonly<Record<string, Module>>, kept: readonly string[] }} registry
 */
function registryOf(setting, { file, modules, kept }) {
  const source = readFileSync(new URL(`../src/adapters/${file}`, import.meta.url), "utf8");
  const others = Object.entries(modules).filter(([name]) => !kept.includes(name));
  return others.reduce((text, [name, module]) => {
    const line = new RegExp(`^( {2}"?${name}"?: )\\w+,$`, "m");
    if (!line.test(text)) throw new Error(`${file} has no line for ${name}`);
    return text.replace(line, (_, key) => `${key}${standIn(setting, name, { module, kept })},`);
  }, source);
}

/**
 * @param {string} setting
 * @param {string} name
 * @param {{ module: Module, kept: readonly string[] }} place
 */
function standIn(setting, name, { module, kept }) {
  const isPossible = !neverOnWorkers.includes(name);
  const fault = isPossible
    ? `${name} is not in this build of the Worker, which has ${kept.join(", ") || "none"}: name it in "vars" of wrangler.jsonc and build again`
    : `${name} does not run on Workers`;
  // Its settings are known all the same, so that none is taken for another one that is misspelt.
  const { settingNames, bindingName } = isPossible ? module : { settingNames: [] };
  const known = JSON.stringify({ settingNames, bindingName }).slice(1, -1);
  return `{ ${known}, read: () => ({ ok: false, faults: [${JSON.stringify(`${setting}: ${fault}`)}] }) }`;
}
