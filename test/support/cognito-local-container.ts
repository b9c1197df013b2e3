import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { GenericContainer, Wait } from "testcontainers";
import { inject } from "vitest";
import {
  type CognitoLocal,
  cognitoLocalAt,
  cognitoLocalCode,
  cognitoLocalConfig,
} from "./cognito-local.ts";
import { runLabel } from "./docker.ts";

const port = 9229;

/** Starts cognito-local in a container on data of its own, so that any number can run at once. */
export async function startCognitoLocalContainer(): Promise<CognitoLocal> {
  const docker = inject("docker");
  if (!docker.available) throw new Error(docker.reason);
  // The container that would remove others after a crash comes from a registry too. Without it that is
  // left to the end of the run (docker.setup.ts).
  if (!docker.canPull) process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const container = await new GenericContainer(docker.image)
    .withEnvironment({ HOST: "0.0.0.0", PORT: String(port), CODE: cognitoLocalCode })
    .withCopyContentToContainer([
      { content: cognitoLocalConfig, target: "/app/.cognito/config.json" },
    ])
    .withLabels({ [runLabel]: docker.run })
    .withExposedPorts(port)
    // The default strategy looks for the port from a shell inside, which the built image has not.
    .withWaitStrategy(Wait.forLogMessage(/Cognito Local running on/))
    .start();
  const relay = await startRelay(container.getHost(), container.getMappedPort(port));
  return cognitoLocalAt(relay.endpoint, async () => {
    await relay.stop();
    await container.stop({ remove: true, removeVolumes: true });
  });
}

/**
 * Passes connections on from loopback. Tests that run in a container themselves find a container's port at a gateway's
 * address, and a key set is fetched over plain HTTP from loopback alone.
 */
async function startRelay(host: string, port: number) {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => open.delete(from));
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port: ownPort } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${ownPort}`,
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
