import { describe, test } from "vitest";
import { createSiteverifyCaptcha } from "../../src/adapters/siteverify/index.ts";
import { type CaptchaHarness, captchaContract } from "../../src/testing/index.ts";
import { startSiteverifyServer } from "../adapters/siteverify/siteverify-server.ts";

const siteverify: CaptchaHarness = {
  async create() {
    const secret = "secret-of-the-captcha-service";
    const server = await startSiteverifyServer([secret]);
    return {
      verifier: createSiteverifyCaptcha({ url: server.url, secrets: [secret] }),
      pass: (action) => server.pass({ action }),
      takeDown: server.close,
      close: server.close,
    };
  },
};

describe("contract: CaptchaVerifier / siteverify", () => {
  test.each(captchaContract)("$name", ({ run }) => run(siteverify));
});
