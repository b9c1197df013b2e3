import { startChild } from "../child.ts";
import { digits, latencyFigure, type Row } from "../figure.ts";
import { compare, runInRounds, type Slice } from "../measure.ts";
import { signUpTo, startStrictServer } from "../strict-server.ts";

const portico = "test/bench/sign-ins/portico.ts";
const porticoFetch = "test/bench/sign-ins/portico-fetch.ts";
const awsSdk = "test/bench/sign-ins/aws-sdk.ts";

/** How long a sign-in takes through the Cognito adapter: the call is the SDK's, all else is ours. */
export const signIn: Row = {
  name: "sign-in",
  async measure() {
    const server = await startStrictServer();
    const target = JSON.stringify(await signUpTo(server));
    const sides = [portico, awsSdk, porticoFetch].map((name) => {
      const script = "test/bench/processes/sign-ins.ts";
      // Kept to no processor: either works while the other waits.
      const child = startChild({ script, args: [name, target] });
      return { name, run: () => child.ask<Slice>(), stop: child.stop };
    });
    const slices = await runInRounds(sides, { rounds: 120, warmUps: 40 });
    for (const side of [...sides, server.child]) side.stop();
    const overFetch = compare(slices(awsSdk), slices(porticoFetch), "clockMs");
    return [
      latencyFigure({
        work: "sign in through the Cognito adapter, median latency",
        against: "the AWS SDK's client alone",
        bar: { kind: "at most", value: 1.15 },
        ours: slices(portico),
        theirs: slices(awsSdk),
        remark: `${digits(overFetch.ratio)} × over the transport of Workers`,
      }),
    ];
  },
};
