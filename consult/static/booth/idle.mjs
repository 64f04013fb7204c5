// A phone left on a table shows its screen to the next person. After 14 minutes without a touch
// the page asks; a minute later it starts afresh.

import { one } from "./page.mjs";

const MINUTE = 60_000;

/** Call ``clear`` after 15 minutes without anybody there, but never while ``busy()`` says so. */
export function watchIdle(clear, busy) {
  const dialog = one("[data-idle]");
  let asking;
  let clearing;
  const restart = () => {
    clearTimeout(asking);
    clearTimeout(clearing);
    if (dialog.open) dialog.close();
    asking = setTimeout(() => {
      if (busy()) return restart();
      dialog.showModal();
      clearing = setTimeout(clear, MINUTE);
      return undefined;
    }, 14 * MINUTE);
  };
  for (const sign of ["pointerdown", "keydown"]) document.addEventListener(sign, restart);
  restart();
}
