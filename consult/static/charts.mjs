// Draws the figures of a page: Plotly JSON in <script type="application/json" class="figure">,
// beside a placeholder of the same height. The same numbers stand in a table, so the figure is
// hidden from screen readers and the page is whole without it.

const here = (path) => new URL(path, import.meta.url).href;
const element = (name, attributes) => Object.assign(document.createElement(name), attributes);

// With this style sheet in place Plotly writes no rules of its own into the page.
const style = element("link", {
  id: "plotly.js-style-global",
  className: "no-inline-styles",
  rel: "stylesheet",
  href: here("vendor/plotly.css"),
});
const plotly = element("script", { src: here("vendor/plotly-basic.min.js") });

plotly.onload = async () => {
  for (const script of document.querySelectorAll("script.figure")) {
    const { data, layout } = JSON.parse(script.textContent);
    const place = document.createElement("div");
    script.nextElementSibling.replaceWith(place);
    await globalThis.Plotly.newPlot(place, data, layout, { displayModeBar: false, responsive: true });
  }
};
document.head.append(style, plotly);
