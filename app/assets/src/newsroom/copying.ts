// Buttons that copy a text of the page, such as the short name of a picture. Without a script they are not shown.

/** Show the buttons below `root` and have them copy. A button says for a moment what it has done. */
export function offerCopying(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-copies]")) {
    const words = button.textContent;
    button.hidden = navigator.clipboard === undefined; // it is only there over https and on this machine
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset["copies"] ?? "")?.textContent ?? "";
      navigator.clipboard.writeText(text).then(
        () => say("Copied"),
        () => say("Could not be copied"),
      );
    });
    const say = (said: string): void => {
      button.textContent = said;
      setTimeout(() => {
        button.textContent = words;
      }, 2000);
    };
  }
}
