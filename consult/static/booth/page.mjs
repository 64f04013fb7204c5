// Steps, messages and focus on a page that holds all its sentences itself, hidden.

export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Of all elements with ``data-name``, show only the one that has this value. */
export function reveal(name, value, within = document) {
  for (const element of all(`[data-${name}]`, within)) {
    element.hidden = element.getAttribute(`data-${name}`) !== String(value);
  }
}

/** Show one step, give the page its title, and bring whoever reads or listens to its start. */
export function show(step) {
  const section = one(`[data-step="${step}"]`);
  const title = one("#title");
  const site = document.title.split(" – ").slice(-1);
  const frame = title.closest("[data-now]");
  const first = frame.dataset.now === "start";
  reveal("step", step);
  refuse(section, "");
  frame.dataset.now = step;
  title.textContent = section.dataset.title;
  document.title = `${section.dataset.title} – ${site}`;
  if (first) return;
  title.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** Say what is wrong in a step, in the summary and at the field; "" takes it back. */
export function refuse(section, error, seconds = "") {
  reveal("error", error, section);
  const summary = one("[data-summary]", section);
  if (!summary) return;
  const prefix = `${summary.dataset.prefix} `;
  const plain = document.title.startsWith(prefix)
    ? document.title.slice(prefix.length)
    : document.title;
  document.title = error ? prefix + plain : plain;
  summary.hidden = error === "";
  one(".govuk-form-group", section)?.classList.toggle("govuk-form-group--error", error !== "");
  for (const place of all("[data-seconds]", section)) place.textContent = String(seconds);
  if (error) summary.focus();
}

/** What the form of a step does; one press counts once, however often it is pressed. */
export function onSubmit(step, act, broken) {
  const form = one(`[data-step="${step}"] form`);
  const button = one("button", form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await act();
    } catch {
      broken();
    } finally {
      button.disabled = false;
    }
  });
}

/** Fill every place that shows a fact of this name. */
export function tell(name, value) {
  for (const place of all(`[data-fact="${name}"]`)) place.textContent = String(value);
}

const fragment = () => new URLSearchParams(location.hash.slice(1));

/** What the link carried behind its #, taken out of address and history at once. */
export function takeFragment(name) {
  const found = fragment().get(name) ?? "";
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  // The link once more in the same tab changes only what is behind the #: no page would be loaded.
  window.addEventListener("hashchange", () => fragment().has(name) && location.reload());
  return found;
}

/**
 * Language links take a secret along: it stands in their address for the one moment of following
 * them, and the next page takes it out again. ``secret()`` gives "" when there is nothing to take.
 */
export function carryFragment(name, secret) {
  for (const link of all("a[hreflang]")) {
    link.addEventListener("click", () => {
      if (!secret()) return;
      link.hash = `${name}=${encodeURIComponent(secret())}`;
      setTimeout(() => {
        link.hash = "";
      });
    });
  }
}

/** Offer a text as a file to keep. */
export function save(name, text, type = "text/plain") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
