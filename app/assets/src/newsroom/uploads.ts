// Adding pictures by button, drop or paste, several at once. Each file has its own line with its progress, what is
// wrong with it, and a button to try again. Without a script the form with the files is sent as a whole.
import { mayHelpToTryAgain, problemOf, type Uploaded } from "./decide.ts";

const AT_ONCE = 2; // large files that the server receives from one person at a time

type Done = (added: Uploaded[], hasFailed: boolean) => void;

type Send = (files: File[]) => void;

/** An empty list for the lines of the files. */
export function uploadList(): HTMLUListElement {
  const list = document.createElement("ul");
  list.className = "uploads";
  list.setAttribute("aria-live", "polite");
  return list;
}

/** Have `box`, which holds a file field and a button, send files at once, also those dropped on or pasted into `area`.
 *  `list` gets their lines. `done` is called each time when nothing is under way any more. What is returned sends files
 *  from elsewhere. */
export function receiveFiles(box: HTMLElement, area: HTMLElement, list: HTMLUListElement, done: Done): Send {
  const field = box.querySelector<HTMLInputElement>("input[type=file]");
  const address = box.dataset["uploads"];
  if (field === null || address === undefined) return () => {};
  const uploads = new Uploads(list, address, done);
  box.querySelector<HTMLElement>("button")?.setAttribute("hidden", "");
  field.required = false;
  field.addEventListener("change", () => {
    uploads.add([...(field.files ?? [])]);
    field.value = "";
  });
  const stop = new AbortController();
  takeFiles(area, stop.signal, (files) => {
    if (box.isConnected) uploads.add(files);
    else stop.abort();
  });
  return (files) => uploads.add(files);
}

/** Call `take` with files that are dropped on or pasted into `area`. Programs for texts copy a picture of the words
 *  with them: that is left to the field in which the words are pasted. */
export function takeFiles(area: HTMLElement, signal: AbortSignal, take: (files: File[], event: Event) => void): void {
  const found = (event: Event, given: DataTransfer | null): void => {
    const files = [...(given?.files ?? [])];
    if (files.length === 0 || given?.types.includes("text/plain") === true) return;
    event.preventDefault();
    take(files, event);
  };
  area.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
  }, { signal });
  area.addEventListener("drop", (event) => found(event, event.dataTransfer), { signal });
  area.addEventListener("paste", (event) => found(event, event.clipboardData), { signal });
}

class Uploads {
  private readonly list: HTMLUListElement;
  private readonly address: string;
  private readonly done: Done;
  private readonly waiting: Upload[] = [];
  private readonly added: Uploaded[] = [];
  private running = 0;

  constructor(list: HTMLUListElement, address: string, done: Done) {
    this.list = list;
    this.address = address;
    this.done = done;
  }

  add(files: File[]): void {
    for (const file of files) {
      const upload = new Upload(file, () => this.start(upload));
      this.list.append(upload.line);
      this.start(upload);
    }
  }

  private start(upload: Upload): void {
    this.waiting.push(upload);
    this.next();
  }

  private next(): void {
    while (this.running < AT_ONCE) {
      const upload = this.waiting.shift();
      if (upload === undefined) break;
      this.running++;
      void upload.send(this.address).then((added) => {
        this.running--;
        if (added !== undefined) this.added.push(added);
        this.next();
        if (this.running > 0 || this.waiting.length > 0) return;
        this.done(this.added, this.list.querySelector(".failed") !== null);
      });
    }
  }
}

class Upload {
  readonly line = document.createElement("li");
  private readonly file: File;
  private readonly bar = document.createElement("progress");
  private readonly note = document.createElement("span");
  private readonly again = document.createElement("button");

  constructor(file: File, retry: () => void) {
    this.file = file;
    const name = document.createElement("bdi");
    name.textContent = file.name;
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", file.name);
    this.note.textContent = "Waiting";
    this.again.type = "button";
    this.again.className = "button";
    this.again.textContent = "Try again";
    this.again.hidden = true;
    this.again.addEventListener("click", () => {
      this.show("Waiting", false, false);
      retry();
    });
    this.line.append(name, this.bar, this.note, this.again);
  }

  /** Send the file; what the library has made of it, or nothing if it was refused. */
  send(address: string): Promise<Uploaded | undefined> {
    const form = new FormData();
    form.set("csrf_token", document.querySelector<HTMLInputElement>("[name=csrf_token]")?.value ?? "");
    form.set("files", this.file);
    const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      this.bar.value = loaded / total;
      this.note.textContent = loaded < total ? `${Math.floor((loaded / total) * 100)} %` : "Being looked at …";
    });
    return new Promise((resolve) => {
      request.addEventListener("loadend", () => {
        const problem = problemOf(request.status, request.response);
        this.show(problem || "In the library", problem !== "", mayHelpToTryAgain(request.status));
        resolve(problem === "" ? (request.response as Uploaded) : undefined);
      });
      this.show("0 %", false, false);
      request.send(form);
    });
  }

  private show(note: string, hasFailed: boolean, mayTryAgain: boolean): void {
    this.note.textContent = note;
    this.again.hidden = !hasFailed || !mayTryAgain;
    this.bar.hidden = hasFailed;
    this.line.classList.toggle("failed", hasFailed);
  }
}
