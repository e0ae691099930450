export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a browser does with the address of a log-in: it opens it, and follows where it is sent. */
export async function browse(url: string): Promise<Page> {
  const first = await fetch(url, { redirect: "manual" });
  const location = first.headers.get("location");
  await first.body?.cancel();
  if (location === null) throw new Error(`the provider sent the browser nowhere: ${first.status}`);
  return visit(location);
}

export async function visit(url: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
