// The centre of interest of a picture: chosen by pointer or arrow keys on the picture itself, with crops that
// follow at once. Without scripts, two sliders choose it, and the crops are those that were made last.
import { nudged, pointAt } from "./decide.ts";

export function offerFocus(form: HTMLFormElement, picture: HTMLImageElement): void {
  const [across, down] = [slider(form, "x"), slider(form, "y")];
  const [frame, point] = [document.createElement("div"), document.createElement("button")];
  frame.className = "focal";
  point.type = "button";
  picture.replaceWith(frame);
  frame.append(picture, point);
  const crops = [...form.querySelectorAll<HTMLImageElement>(".crops img")];
  for (const crop of crops) crop.src = picture.src;

  function show(): void {
    point.style.left = `${across.value}%`;
    point.style.top = `${down.value}%`;
    const said = `Centre of interest: ${across.value} percent across, ${down.value} percent down. Arrow keys move it.`;
    point.setAttribute("aria-label", said);
    for (const crop of crops) crop.style.objectPosition = `${across.value}% ${down.value}%`;
  }

  function move(to: { x: number; y: number }): void {
    [across.value, down.value] = [String(to.x), String(to.y)];
    show();
  }

  form.addEventListener("input", show);
  frame.addEventListener("pointerdown", (pressed) => {
    pressed.preventDefault();
    frame.setPointerCapture(pressed.pointerId);
    point.focus();
    move(pointAt(pressed, frame.getBoundingClientRect()));
  });
  frame.addEventListener("pointermove", (moved) => {
    if (frame.hasPointerCapture(moved.pointerId)) move(pointAt(moved, frame.getBoundingClientRect()));
  });
  point.addEventListener("keydown", (key) => {
    const to = nudged({ x: Number(across.value), y: Number(down.value) }, key.key, key.shiftKey ? 10 : 1);
    if (to === null) return;
    key.preventDefault();
    move(to);
  });
  show();
}

function slider(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}
