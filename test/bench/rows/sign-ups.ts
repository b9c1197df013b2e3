import { perSecond, type Row, rateFigure } from "../figure.ts";
import { busy, loadServer, serverProcessor, startLoad } from "../load-server.ts";
import { medianRate, runInRounds, type Slice } from "../measure.ts";
import { startStrictServer } from "../strict-server.ts";

/** How many users a second can sign up on the strict server: what a test suite waits for. */
export const signUps: Row = {
  name: "sign-ups",
  async measure() {
    const { child: server, pool } = await startStrictServer({ processor: serverProcessor });
    const load = startLoad();
    const request = { kind: "sign-up", ...pool } as const;
    const overHttp = {
      name: "HTTP",
      run: () => loadServer({ server: () => server.ask(), load, request }),
    };
    const inProcess = { name: "in process", run: () => server.ask<Slice>(pool) };
    const slices = await runInRounds([overHttp, inProcess], { rounds: 30, warmUps: 8 });
    for (const child of [server, load]) child.stop();
    return [
      rateFigure({
        work: "sign-ups on the strict server over HTTP, hashing turned down",
        against: "1,000 a second",
        bar: { kind: "at least", value: 1000 },
        slices: slices(overHttp.name),
        remark: [
          `${perSecond(medianRate(slices(overHttp.name), "processorMs"))} by processor time`,
          `the server ${busy(slices(overHttp.name))} busy`,
          `${perSecond(medianRate(slices(inProcess.name), "clockMs"))} without HTTP`,
        ].join("; "),
      }),
    ];
  },
};
