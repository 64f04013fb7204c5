// Makes the compiled and the vendored files that the repository keeps, from the packages in the
// lock file. The same packages give the same bytes: run it again and git sees no change.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { compile } from "sass";

process.chdir(import.meta.dirname);

const STATIC = "../consult/static";
const BROWSER = "../tests/browser/vendor";
const PLOTLY = "node_modules/plotly.js-basic-dist-min";
const AXE = "node_modules/axe-core";

const read = (path) => readFileSync(path, "utf8");
const version = (name) => JSON.parse(read(`node_modules/${name}/package.json`)).version;
const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

function write(folder, name, content) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}`, content);
}

// Plotly writes its style rules into the page, which our policy forbids; it leaves that when a
// style sheet with a certain id is there. This catches the rules while it loads without a browser.
function plotlyRules(source) {
  const rules = [];
  const sheet = { insertRule: (rule) => rules.unshift(rule) };
  class Element {
    setAttribute() {}
    setAttributeNS() {}
  }
  const document = {
    getElementById: () => ({ matches: () => false, sheet }),
    createElement: () => ({ style: {} }),
    documentElement: { style: {} },
  };
  const world = { document, Element, navigator: { userAgent: "" } };
  world.self = world.window = world;
  world.CSSStyleDeclaration = class { setProperty() {} };
  world.DOMParser = class {};
  world.HTMLElement = world.Node = Element;
  runInNewContext(source, world);
  return rules;
}

// Parts of GOV.UK Frontend's components that no page of ours uses.
const UNUSED = new RegExp(
  "--(?:small|inline|inverse|l|m|s|xl|no-border|no-actions|extra-letter-spacing|small-text-until-tablet)\\b" +
    "|__(?:conditional|divider|prefix|suffix|wrapper|actions-list|actions-list-item|body)\\b" +
    "|\\.govuk-(?:summary-card|label-wrapper|frontend-supported|skip-link-focused-element" +
    "|visually-hidden-focusable)",
);
const KEPT = /^\.govuk-(?:fieldset__legend--l|panel__body)\b/;
const SIDES = { left: "inline-start", right: "inline-end" };

// GOV.UK Frontend thinks in left and right. Said as start and end, the one sheet serves languages
// that are written from right to left too. What a phone's notch covers stays where the notch is.
function sided(declaration) {
  if (/safe-area|color:inherit/.test(declaration)) return declaration; // the latter: a drawn arrow
  return declaration
    .replace(/^(margin|padding|border)-(left|right)\b/, (_, name, side) => `${name}-${SIDES[side]}`)
    .replace(/^(left|right):/, (_, side) => `inset-${SIDES[side]}:`)
    .replace(/^(text-align|justify-content):(left|right)$/, (_, name, side) =>
      `${name}:${side === "left" ? "start" : "end"}`);
}

function slim(css) {
  const rules = css.replace(/([^{}]+)\{([^{}]*)\}/g, (_, selectors, body) => {
    const used = selectors.split(/,(?![^(]*\))/).filter((one) => KEPT.test(one) || !UNUSED.test(one));
    return used.length ? `${used.join(",")}{${body.split(";").map(sided).join(";")}}` : "";
  });
  return rules
    .replace(/@media screen\ufffd[^{}]*\{(?:[^{}]*\{[^{}]*\})*\}/g, "") // for Internet Explorer
    .replace(/@[^{};]+\{\s*\}/g, "")
    .replace(/^\ufeff/, "")
    .replace(/var\((--govuk-[\w-]+), #\w+\)/g, "var($1)"); // each is defined at the top
}

const plotly = read(`${PLOTLY}/plotly-basic.min.js`);
write(`${STATIC}/css`, "consult.css", `${slim(compile("theme.scss", { style: "compressed" }).css)}\n`);
write(`${STATIC}/vendor`, "plotly-basic.min.js", plotly);
write(`${STATIC}/vendor`, "plotly.css", `${plotlyRules(plotly).join("\n")}\n`);
write(BROWSER, "axe.min.js", read(`${AXE}/axe.min.js`));
write(BROWSER, "axe.LICENSE.txt", read(`${AXE}/LICENSE`));

const row = (file, from, licence) =>
  `| \`${file}\` | ${from} | ${licence} | \`${sha256(`${STATIC}/${file}`)}\` |`;

write(STATIC, "LICENSES.md", `# Parts made by others

Written by \`assets/build.mjs\`; the versions stand in \`assets/package-lock.json\`.

| file | from | licence | SHA-256 |
|---|---|---|---|
${row("css/consult.css", `GOV.UK Frontend ${version("govuk-frontend")} (part), and our own rules`, "MIT; ours EUPL-1.2")}
${row("vendor/plotly-basic.min.js", `plotly.js basic ${version("plotly.js-basic-dist-min")}`, "MIT")}
${row("vendor/plotly.css", "the style rules in that file", "MIT")}

Of GOV.UK Frontend only style rules are used: no crown, no crest, no typeface.

## GOV.UK Frontend

\`\`\`
${read("licences/govuk-frontend.txt").trim()}
\`\`\`

## plotly.js

\`\`\`
${read(`${PLOTLY}/LICENSE`).trim()}
\`\`\`
`);
