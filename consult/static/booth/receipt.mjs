// The receipt: proof that a ballot is in the box, without a word about what is on it.

import { all, one, save, tell } from "./page.mjs";

/** Show the receipt; the tracker is the one that this device computed, never the server's. */
export function showReceipt(tracker, { event, height, signature }) {
  const facts = { tracker, short: tracker.slice(0, 8), event, height, signature };
  for (const [name, value] of Object.entries(facts)) tell(name, value);
}

const section = () => one('[data-step="done"]');

function asText() {
  return all("[data-receipt] dt", section())
    .map((term) => `${term.textContent}: ${term.nextElementSibling.textContent}\n`)
    .join("");
}

/** Make the buttons to keep and to print work, and the link that looks the tracker up. */
export function offerReceipt(tracker) {
  const name = `${section().dataset.file}-${tracker.slice(0, 8).replace(/[+/]/g, "_")}.txt`;
  const link = one("[data-check]");
  const found = new URL(link.href);
  found.searchParams.set("code", tracker);
  link.href = found;
  one("[data-save]").onclick = () => save(name, asText());
  one("[data-print]").onclick = () => {
    one("details", section()).open = true;
    window.print();
  };
}
