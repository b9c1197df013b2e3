import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { buildCognitoLocalImage, builtImage } from "../../scripts/build-cognito-local-image.mjs";
import { type DockerSupport, runLabel } from "./docker.ts";

const run = promisify(execFile);
const docker = (...args: string[]) => run("docker", args, { timeout: 120_000 });

/** Published with each version of the package that the tests use as a child process. */
const publishedImage = `jagregory/cognito-local:${/:(.+)-node/.exec(builtImage)?.[1]}`;

/** Finds out, once for all test files, whether containers can run, and gets their image. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const support = await findDocker();
  project.provide("docker", support);
  if (!support.available) console.warn(`Tests in containers are skipped: ${support.reason}.`);
  return () => removeContainersOf(support);
}

async function findDocker(): Promise<DockerSupport> {
  try {
    await docker("version");
  } catch {
    return { available: false, reason: "no Docker engine answers" };
  }
  const image = process.env.COGNITO_LOCAL_IMAGE ?? publishedImage;
  try {
    return { available: true, run: randomUUID(), ...(await getImage(image)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { available: false, reason: `there is no image of cognito-local: ${reason}` };
  }
}

/** Takes what is there before it asks a registry, and builds when none can be asked. */
async function getImage(image: string): Promise<{ image: string; canPull: boolean }> {
  if (await exists(image)) return { image, canPull: image !== builtImage };
  if (await exists(builtImage)) return { image: builtImage, canPull: false };
  try {
    await docker("pull", "--quiet", image);
    return { image, canPull: true };
  } catch {
    return { image: buildCognitoLocalImage(), canPull: false };
  }
}

async function exists(image: string): Promise<boolean> {
  try {
    await docker("image", "inspect", image);
    return true;
  } catch {
    return false;
  }
}

/** Each test stops its own; a test process that was killed could not. */
async function removeContainersOf(support: DockerSupport): Promise<void> {
  if (!support.available) return;
  const filter = `label=${runLabel}=${support.run}`;
  const { stdout } = await docker("ps", "--all", "--quiet", "--filter", filter);
  const left = stdout.split("\n").filter(Boolean);
  if (left.length > 0) await docker("rm", "--force", "--volumes", ...left);
}
