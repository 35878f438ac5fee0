// What the newsroom's script decides, apart from the page, so that tests/newsroom.test.ts can ask it.

/** What a form holds, in a text that two states can be compared by. Tokens are not what somebody wrote. */
export function written(fields: Iterable<[string, FormDataEntryValue]>): string {
  return JSON.stringify([...fields].filter(([name]) => name !== "csrf_token"));
}

/** The fields to keep of a form that held `before`: none if nothing was changed, and no token. */
export function unsaved(before: string, fields: [string, FormDataEntryValue][]): [string, string][] | undefined {
  if (written(fields) === before) return undefined;
  return fields.flatMap(([name, value]): [string, string][] =>
    name === "csrf_token" || typeof value !== "string" ? [] : [[name, value]],
  );
}

export interface Leaving {
  isSending: boolean; // the form itself was sent
  isRefused: boolean; // the page is an answer that asks for something: nothing of it is saved
  before: string;
  now: string;
}

/** Whether words would be lost, so that leaving has to be asked about. */
export function losesWords({ isSending, isRefused, before, now }: Leaving): boolean {
  return !isSending && (isRefused || now !== before);
}
