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

/** The line of a text at whose end, or below, a block is put that is wanted at `caret`. A caret at the very beginning
 *  was most likely never set: the block then stands at the end. */
export function lineAtCaret(text: string, caret: number): number {
  if (caret === 0) return text.length + 1;
  return Math.max(1, text.slice(0, caret).split("\n").length - 1);
}

/** What the server answers to a file that it has taken. */
export interface Uploaded {
  id: number;
  address: string;
}

/** Whether the same file may be taken when it is sent again: not if the server has looked at it and refused it. */
export function mayHelpToTryAgain(status: number): boolean {
  return status !== 413 && status !== 422;
}

/** Why a file was not taken. Empty if it was. */
export function problemOf(status: number, answer: unknown): string {
  if (status === 0) return "The connection broke.";
  if (status === 401) return "You are signed out. Sign in again in another tab.";
  if (status < 300) return "";
  const said = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : undefined;
  return typeof said === "string" && said !== "" ? said : "The server could not take it.";
}

export interface Point {
  x: number;
  y: number;
}

const percent = (share: number): number => Math.round(Math.min(1, Math.max(0, share)) * 100);

/** Where in a box something was pressed, in percent of its width and height. */
export function pointAt(
  pressed: { clientX: number; clientY: number },
  box: { left: number; top: number; width: number; height: number },
): Point {
  return {
    x: percent((pressed.clientX - box.left) / box.width),
    y: percent((pressed.clientY - box.top) / box.height),
  };
}

/** Where an arrow key moves a point, so many percent far; null for other keys. */
export function nudged(from: Point, key: string, step: number): Point | null {
  const ways = new Map([
    ["ArrowLeft", [-1, 0]],
    ["ArrowRight", [1, 0]],
    ["ArrowUp", [0, -1]],
    ["ArrowDown", [0, 1]],
  ]);
  const [x, y] = ways.get(key) ?? [];
  if (x === undefined || y === undefined) return null;
  return { x: percent((from.x + x * step) / 100), y: percent((from.y + y * step) / 100) };
}
