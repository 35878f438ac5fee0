// Choosing a picture over the story's form. The server decides what a choice does to the form, as it does without
// scripts: the form is sent, and what has changed of it is taken from the answer. If that fails, the form is sent in
// the plain way, so that its page is shown.
import { awaitImages } from "./awaiting.ts";
import { lineAtCaret } from "./decide.ts";
import { receiveFiles, takeFiles, uploadList } from "./uploads.ts";

/** Have the buttons of a story's form that choose a picture open a dialog. Files that are dropped on the form or pasted
 *  into it are for its text, or for the lead picture if they are dropped there. */
export function offerChoosing(form: HTMLFormElement): void {
  form.addEventListener("click", (click) => {
    const button = (click.target as Element).closest<HTMLButtonElement>("[data-chooses], [data-chosen]");
    if (button === null) return;
    click.preventDefault();
    if (button.dataset["chosen"] === undefined) void new Choice(form, button).open();
    else void apply(form, button, "lead", [button.value]);
  });
  takeFiles(form, new AbortController().signal, (files, event) => {
    const isForLead = (event.target as Element).closest("#lead-picture") !== null;
    const wanted = `[data-chooses][value=${isForLead ? "lead" : "text"}]`;
    const opener = form.querySelector<HTMLButtonElement>(wanted);
    if (opener !== null) void new Choice(form, opener).open(files);
  });
}

class Choice {
  private readonly form: HTMLFormElement;
  private readonly opener: HTMLButtonElement;
  private readonly dialog = document.createElement("dialog");
  private readonly list = document.createElement("div");
  private readonly uploads = uploadList();
  private readonly address: string;
  private send: (files: File[]) => void = () => {};

  constructor(form: HTMLFormElement, opener: HTMLButtonElement) {
    this.form = form;
    this.opener = opener;
    this.address = opener.formAction;
    const heading = document.createElement("h2");
    heading.textContent = opener.textContent;
    heading.id = "choice-heading";
    heading.tabIndex = -1;
    heading.autofocus = true;
    this.dialog.className = "choice-dialog";
    this.dialog.setAttribute("aria-labelledby", heading.id);
    this.dialog.append(heading, this.uploads, this.list);
    this.dialog.addEventListener("submit", (event) => this.submit(event));
    this.dialog.addEventListener("close", () => this.dialog.remove());
  }

  async open(files: File[] = []): Promise<void> {
    if (!(await this.load(new URLSearchParams()))) return;
    document.body.append(this.dialog);
    this.dialog.showModal();
    if (files.length > 0) this.send(files);
  }

  private async load(asked: URLSearchParams): Promise<boolean> {
    asked.set("for", this.opener.value);
    const page = await pageFrom(`${this.address}?${asked}`);
    if (page === undefined) {
      this.dialog.close();
      this.form.requestSubmit(this.opener);
      return false;
    }
    this.list.replaceChildren(...page.body.childNodes);
    awaitImages(this.list);
    const box = this.list.querySelector<HTMLElement>(".add-pictures");
    if (box !== null) {
      this.send = receiveFiles(box, this.dialog, this.uploads, (added, hasFailed) => {
        const areAllWanted = added.length === 1 || this.opener.value === "text";
        if (added.length > 0 && areAllWanted && !hasFailed) void this.choose(added.map(({ id }) => id.toString()));
        else if (added.length > 0) void this.load(new URLSearchParams());
      });
    }
    return true;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement;
    if (button.dataset["leaves"] !== undefined) this.dialog.close();
    else if (button.name === "picture") void this.choose([button.value]);
    else {
      const words = new FormData(event.target as HTMLFormElement).get("words");
      const asked = new URLSearchParams({ words: typeof words === "string" ? words : "" });
      if (button.name === "before") asked.set("before", button.value);
      void this.load(asked).then(() => this.list.querySelector<HTMLElement>("[name=words]")?.focus());
    }
  }

  private async choose(pictures: string[]): Promise<void> {
    const button = document.createElement("button");
    button.hidden = true;
    button.formNoValidate = true;
    button.formAction = `${this.address}/picture`;
    await apply(this.form, button, this.opener.value, pictures, () => this.dialog.close());
  }
}

/** Have the server put the pictures into the form, in which nothing can be typed meanwhile. `button` sends the form in
 *  the plain way if that fails. `answered` is called before the form is changed. */
async function apply(
  form: HTMLFormElement,
  button: HTMLButtonElement,
  chosenFor: string,
  pictures: string[],
  answered = (): void => {},
): Promise<void> {
  const text = form.querySelector<HTMLTextAreaElement>("#body");
  const sent = new FormData(form);
  sent.set("for", chosenFor);
  for (const picture of pictures) sent.append("picture", picture);
  if (text !== null) sent.set("line", lineAtCaret(text.value, text.selectionEnd).toString());
  const [address] = button.formAction.split("#");
  form.inert = true;
  const page = await pageFrom(address ?? "", { method: "POST", body: sent });
  form.inert = false;
  answered();
  if (page === undefined) {
    form.append(hidden("for", chosenFor), ...pictures.map((picture) => hidden("picture", picture)), button);
    form.requestSubmit(button);
    return;
  }
  if (chosenFor === "lead") showLead(form, page);
  else if (text !== null) showText(text, page.querySelector<HTMLTextAreaElement>("#body")?.value ?? text.value);
}

/** The page that the server answers with; nothing if it refuses, cannot be reached or leads elsewhere. */
async function pageFrom(address: string, sent?: RequestInit): Promise<Document | undefined> {
  try {
    const answer = await fetch(address, sent);
    if (!answer.ok || answer.redirected) return undefined;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return undefined;
  }
}

function hidden(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}

function showLead(form: HTMLFormElement, page: Document): void {
  const lead = page.querySelector<HTMLElement>("#lead-picture");
  if (lead === null) return;
  form.querySelector("#lead-picture")?.replaceWith(lead);
  awaitImages(lead);
  const fields = [...lead.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(".input")];
  const next = fields.find((field) => field.value === "") ?? lead.querySelector<HTMLElement>("[data-chooses]");
  next?.focus();
}

/** Show the text with the caret where it has changed. */
function showText(field: HTMLTextAreaElement, changed: string): void {
  const before = field.value;
  let at = 0;
  while (at < before.length && before[at] === changed[at]) at++;
  const figure = changed.indexOf("::: figure", Math.max(0, at - 4));
  field.value = changed;
  field.setSelectionRange(figure < 0 ? at : figure, figure < 0 ? at : figure);
  field.blur();
  field.focus();
}
