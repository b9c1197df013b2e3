let service = "";

/** Says where the service is that is asked. */
export function useService(url: string): void {
  service = url;
}

/** Asks it, and gives the answer in the form that the generated functions have. */
export async function askService<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(`${service}${path}`, init);
  const text = await response.text();
  const data: unknown = text === "" ? undefined : JSON.parse(text);
  return { data, status: response.status, headers: response.headers } as Answer;
}
