// Shows the proof of a finding when it is opened, filters the list, and follows the map.
// Every text goes into the page as text; nothing here makes markup from strings.
"use strict";
(() => {
  /** How many sources of a destination are listed beside it. */
  const SOURCES = 2;
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = [...document.querySelectorAll(".finding")];
  const byId = (id) => document.getElementById(id);

  /** Text in which what stands between backticks is code. */
  const rich = (text) => {
    const parts = text.split("`");
    if (parts.length % 2 === 0) return [text];
    return parts.map((part, at) => (at % 2 ? el("code", "", part) : part)).filter((part) => part !== "");
  };

  /** An element with a class and children; strings become text. */
  const el = (name, cls, ...children) => {
    const made = document.createElement(name);
    if (cls) made.className = cls;
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };
  const section = (title, ...children) => (children.length ? [el("h3", "", title), ...children] : []);
  const items = (kind, cls, list) => (list.length ? [el(kind, cls, ...list.map((text) => el("li", "", ...rich(text))))] : []);
  const where = (index) => data.places[index].slice(0, 3).join(":");

  /** A place as its line, with what is meant marked. */
  const quote = (index) => {
    const [, , , before, marked, after] = data.places[index];
    return before || marked || after ? el("pre", "", before, el("mark", "", marked), after) : null;
  };
  const steps = (list) =>
    el("ol", "steps", ...list.map(([kind, place, text]) =>
      el("li", kind, el("div", "", ...rich(text)), el("code", "at", where(place)), quote(place))));

  /** A web address as a link, anything else as text. */
  const source = (url) => {
    if (!/^https?:\/\//.test(url)) return url;
    const link = el("a", "", url);
    link.href = url;
    link.rel = "noreferrer noopener";
    link.target = "_blank";
    return link;
  };
  const axes = (pairs) => {
    const list = el("dl", "axes");
    for (const [name, ...values] of pairs) {
      const shown = values.filter((value) => value);
      if (shown.length) list.append(el("dt", "", name), el("dd", "", ...shown));
    }
    return list;
  };

  const candidate = (to) => el("div", "to",
    el("span", "host", to.host), to.name ? ` (${to.name}) ` : " ", el("span", `badge v-${to.verdict}`, to.verdict),
    axes([
      ["residency", to.residency], ["control", to.control], ["decided by", ...rich(to.because)],
      ["registry", to.verified ? `verified ${to.verified}` : "unverified"],
      ...to.sources.slice(0, SOURCES).map((url, at) => [at ? "" : "sources", source(url)]),
      ...(to.sources.length > SOURCES ? [["", `and ${to.sources.length - SOURCES} more in the register`]] : []),
      ...to.remarks.map((text) => ["remark", ...rich(text)]),
    ]),
    to.steps.length ? steps(to.steps) : null);

  /** Everything there is to know of a finding, in two columns. */
  const proof = (finding) => {
    const classes = finding.data.map(([title, tier, evidence, regulations]) =>
      `${title}, ${tier}: ${evidence}${regulations ? ` (${regulations})` : ""}`);
    const further = finding.further ? [`${finding.further} further paths carry this data to the call.`] : [];
    const path = finding.steps.length ? [steps(finding.steps)] : [quote(finding.at)].filter((shown) => shown);
    const left = el("div", "",
      ...section("What goes", ...items("ul", "", classes)),
      ...section("How it gets there", ...path, ...further.map((text) => el("p", "small", text))),
      ...section("Treated by", ...items("ul", "", finding.treated)));
    const todo = finding.advice.map(([text, place]) => (place === null ? text : `${text} (${where(place)})`));
    const right = el("div", "",
      ...section("What to do", ...items("ol", "todo", todo)),
      ...section("Where it goes",
        ...(finding.unresolved ? [el("p", "", "Decided at run time: ", ...rich(finding.unresolved))] : []), ...finding.to.map(candidate)),
      ...section("Models and their origin", ...items("ul", "", finding.models)),
      ...section("Laws a reviewer would cite", ...items("ul", "", finding.laws)),
      ...section(`Score ${finding.score}`, ...items("ul", "", finding.factors)),
      el("p", "small", `Fingerprint ${finding.id}`));
    return el("div", "proof", left, right);
  };
  const fill = (row) => {
    if (!row.querySelector(".proof")) row.append(proof(data.findings[Number(row.dataset.i)]));
  };
  byId("list").addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".finding")) fill(event.target);
  }, true);

  // Filters
  let words = null;
  /** What a search looks at, made when somebody first searches. */
  const text = (index) => {
    words ??= rows.map((row, at) => {
      const { steps, to, data: classes, models } = data.findings[at];
      const named = to.flatMap((one) => [one.host, one.name, one.residency, one.control, ...one.steps.map((step) => where(step[1]))]);
      return [row.textContent, ...classes.flat(), ...named, ...models, ...steps.flatMap((step) => [where(step[1]), step[2]])]
        .join(" ").toLowerCase();
    });
    return words[index];
  };
  let chosen = null;
  const filters = ["severity", "verdict", "confidence", "status"];
  const apply = () => {
    const asked = byId("q").value.toLowerCase().split(/\s+/).filter((word) => word);
    const exact = filters.map((name) => [name, byId(name).value]).filter(([, value]) => value);
    const parts = chosen === null ? null : new Set(data.nodes[chosen].parts);
    let count = 0;
    rows.forEach((row, index) => {
      const fits = (parts === null || parts.has(index)) && exact.every(([name, value]) => row.dataset[name] === value)
        && (asked.length === 0 || asked.every((word) => text(index).includes(word)));
      if (row.hidden === fits) row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    const through = chosen === null ? "" : ` through “${data.nodes[chosen].label}”`;
    const none = count === 0 && chosen !== null ? ": nothing sensitive was seen there" : "";
    byId("shown").textContent = rows.length ? `${count} of ${rows.length} findings shown${through}${none}` : "";
  };
  let waiting = 0;
  byId("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  filters.forEach((name) => byId(name).addEventListener("change", apply));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").hidden = rows.length === 0;

  // The map
  const picture = document.querySelector("svg");
  const nodes = [...document.querySelectorAll(".node")];
  const links = [...document.querySelectorAll(".link")];
  const follow = (index) => {
    if (!picture) return;
    picture.classList.toggle("following", index !== null);
    if (index === null) return;
    const parts = new Set(data.nodes[index].parts);
    const shared = (list) => list.some((part) => parts.has(part));
    nodes.forEach((node, at) => node.classList.toggle("on", shared(data.nodes[at].parts)));
    links.forEach((link) => link.classList.toggle("on", shared(data.links[Number(link.dataset.l)])));
  };
  const choose = (index) => {
    chosen = chosen === index ? null : index;
    nodes.forEach((node, at) => node.setAttribute("aria-pressed", String(at === chosen)));
    follow(chosen);
    apply();
  };
  nodes.forEach((node, index) => {
    node.addEventListener("pointerenter", () => follow(index));
    node.addEventListener("pointerleave", () => follow(chosen));
    node.addEventListener("focus", () => follow(index));
    node.addEventListener("blur", () => follow(chosen));
    node.addEventListener("click", () => choose(index));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(index);
    });
  });
  byId("clear").addEventListener("click", () => {
    byId("filters").reset();
    if (chosen !== null) choose(chosen);
    apply();
  });

  // On paper everything that is shown is open, as far as that stays a document.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")].filter((one) => !one.hidden).slice(0, 500);
    opened.forEach((one) => {
      if (one.matches(".finding")) fill(one);
      one.open = true;
    });
  });
  addEventListener("afterprint", () => opened.forEach((one) => { one.open = false; }));
  apply();
})();
