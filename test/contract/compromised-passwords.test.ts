import { describe, test } from "vitest";
import {
  createCommonPasswords,
  createPasswordRanges,
} from "../../src/adapters/compromised-passwords/index.ts";
import {
  compromisedPasswordsContract,
  type PasswordListHarness,
  remoteCompromisedPasswordsContract,
} from "../../src/testing/index.ts";
import { startRangeServer } from "../adapters/compromised-passwords/range-server.ts";

const common: PasswordListHarness = {
  create: async () => ({
    list: createCommonPasswords(),
    listed: "iloveyou",
    close: async () => undefined,
  }),
};

const ranges: PasswordListHarness = {
  async create() {
    const listed = "correct horse battery staple";
    const server = await startRangeServer([listed]);
    let reports = 0;
    const onFailure = () => {
      reports += 1;
    };
    return {
      list: createPasswordRanges({ url: server.url, onFailure }),
      listed,
      async takeDown() {
        await server.close();
        return () => reports;
      },
      close: server.close,
    };
  },
};

describe("contract: CompromisedPasswords / common", () => {
  test.each(compromisedPasswordsContract)("$name", ({ run }) => run(common));
});

describe("contract: CompromisedPasswords / range", () => {
  const cases = [...compromisedPasswordsContract, ...remoteCompromisedPasswordsContract];
  test.each(cases)("$name", ({ run }) => run(ranges));
});
