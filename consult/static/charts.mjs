// Draws the figures of a page anew, so that one can point at their marks: Plotly JSON in
// <script type="application/json" class="figure">, beside the picture that the server drew of it.
// That picture stays for paper, for forced colours, and where this script does not run. Nothing
// is loaded before a figure comes near.

const NEAR = "600px";
const here = (path) => new URL(path, import.meta.url).href;
const element = (name, attributes) => Object.assign(document.createElement(name), attributes);
const night = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();

// With this style sheet in place Plotly writes no rules of its own into the page, which our policy
// would refuse, and with them titles and notes.
function load() {
  const style = element("link", {
    id: "plotly.js-style-global",
    className: "no-inline-styles",
    rel: "stylesheet",
    href: here("vendor/plotly.css"),
  });
  const plotly = element("script", { src: here("vendor/plotly-basic.min.js") });
  const ready = [style, plotly].map((one) => new Promise((resolve) => { one.onload = resolve; }));
  document.head.append(style, plotly);
  return Promise.all(ready);
}

// Plotly knows no var(--name): each becomes what the style sheet says now.
function coloured(value, styles) {
  if (typeof value === "string") {
    const [, name] = /^var\((--[\w-]+)\)$/.exec(value) ?? [];
    return name ? styles.getPropertyValue(name).trim() : value;
  }
  if (Array.isArray(value)) return value.map((one) => coloured(one, styles));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, coloured(held, styles)]),
  );
}

function dressed(figure) {
  const styles = getComputedStyle(document.documentElement);
  const { data, layout } = coloured(figure, styles);
  const colour = (name) => styles.getPropertyValue(`--figure-${name}`).trim();
  const ink = { color: colour("ink"), size: 14 };
  return [data, {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { ...ink, family: getComputedStyle(document.body).fontFamily },
    hoverlabel: { bgcolor: colour("ground"), bordercolor: colour("ink"), font: ink },
    ...layout,
  }];
}

let plotly;
async function draw(script) {
  const box = script.parentElement;
  const figure = JSON.parse(script.textContent);
  plotly ??= load();
  await plotly;
  const place = element("div", { className: "plot__drawn" });
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", box.querySelector("svg title")?.textContent ?? "");
  box.append(place);
  box.classList.add("plot--live");
  await globalThis.Plotly.newPlot(place, ...dressed(figure), {
    displayModeBar: false,
    responsive: true,
  });
  drawn.set(place, figure);
}

const watcher = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    draw(target.querySelector("script.figure"));
  }
}, { rootMargin: NEAR });

if (!matchMedia("(forced-colors: active)").matches) {
  for (const script of document.querySelectorAll("script.figure")) {
    watcher.observe(script.parentElement);
  }
  night.addEventListener("change", () => {
    for (const [place, figure] of drawn) globalThis.Plotly.react(place, ...dressed(figure));
  });
}
