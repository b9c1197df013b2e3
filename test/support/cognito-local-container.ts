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
  const endpoint = `http://${container.getHost()}:${container.getMappedPort(port)}`;
  return cognitoLocalAt(endpoint, async () => {
    await container.stop({ remove: true, removeVolumes: true });
  });
}
