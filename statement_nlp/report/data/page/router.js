// Every view has an address: #summary, #point-…, #/sentences?factors=F7, #/source/p…
const root = document.documentElement;
const VIEWS = [...document.querySelectorAll("main > section.view")];

function parse() {
  const hash = location.hash.slice(1);
  if (!hash.startsWith("/")) return { anchor: hash || "summary", filters: {} };
  const [path, query] = hash.slice(1).split("?");
  const [view, id] = path.split("/");
  return { view, id, filters: Object.fromEntries(new URLSearchParams((query ?? "").replaceAll("+", "%2B"))) };
}

function changeFilter(view, filters) {
  return (name, value) => {
    const next = { ...filters, [name]: value };
    delete next.by;
    history.replaceState(null, "", link(view, next));
    show(false);
  };
}

function activate(id) {
  for (const section of VIEWS) {
    section.hidden = section.classList.contains("screen") && section.id !== id;
    section.classList.toggle("active", section.id === id);
  }
  for (const anchor of document.querySelectorAll(".contents a")) {
    const own = anchor.getAttribute("href") === `#${id}` || anchor.getAttribute("href") === `#/${id}`;
    if (own) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  closeContents();
}

function show(move = true) {
  const { anchor, view, id, filters } = parse();
  const target = anchor === undefined ? null : byId(decode(anchor)) ?? byId(anchor);
  let section = view && byId(view)?.matches("section.view") ? view : target?.closest("section.view")?.id ?? "summary";
  if (view === "source" || view === "statement") section = "source";
  activate(section);
  const change = changeFilter(section, filters);
  if (section === "sentences") showSentences(filters, change);
  if (section === "commitments" || section === "proposals") showRegister(section, filters, change);
  if (section === "factors") showMatrix();
  if (section === "profiles") showFinder("profiles", "Find a delegation", "delegation", "delegations");
  if (section === "points") showFinder("points", "Find a key point by any words of its supporters", "key point", "key points", pointWords);
  drawCharts(section);
  if (section === "source") return showSource(view, id);
  if (!move) return;
  if (target && target.id !== section) {
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  } else {
    window.scrollTo(0, 0);
    if (started) byId(section).querySelector("h1, h2")?.focus({ preventScroll: true });
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function showSource(view, id) {
  const chosen = view === "source" ? passageIndex.get(id) : undefined;
  const index = chosen === undefined ? statementIndex.get(id) : P.statement[chosen];
  if (index === undefined) {
    byId("source").replaceChildren(h("h2", { id: "source-title", tabindex: "-1" }, "Not found"), h("p", null, "This report has no such sentence. ", h("a", { href: "#summary" }, "Back to the summary")));
    return;
  }
  showStatement(index, chosen);
  if (chosen === undefined) {
    window.scrollTo(0, 0);
    if (started) byId("source-title").focus({ preventScroll: true });
  }
}

const toggle = document.querySelector(".contents-toggle");
function closeContents() {
  toggle.setAttribute("aria-expanded", "false");
}
toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && toggle.getAttribute("aria-expanded") === "true") {
    closeContents();
    toggle.focus();
  }
});

const theme = document.querySelector(".theme");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
function setTheme(name) {
  if (name) root.dataset.theme = name;
  const dark = (root.dataset.theme ?? (prefersDark.matches ? "dark" : "light")) === "dark";
  theme.textContent = dark ? "Light" : "Dark";
  theme.setAttribute("aria-label", `Use ${dark ? "light" : "dark"} colours`);
}
theme.addEventListener("click", () => {
  setTheme(theme.textContent === "Dark" ? "dark" : "light");
  drawCharts(document.querySelector("main > .active")?.id);
});
prefersDark.addEventListener("change", () => {
  setTheme();
  drawCharts(document.querySelector("main > .active")?.id);
});

const find = document.querySelector(".find");
find.addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = link("sentences", { q: byId("find").value.trim() });
});

// Quotes written into the page get the same copy button as those drawn from the data.
for (const block of document.querySelectorAll("blockquote.quote[data-id]")) {
  const p = passageIndex.get(block.dataset.id);
  if (p !== undefined) block.querySelector("footer").append(copyButton(p, block.querySelector("p").textContent));
}
for (const heading of document.querySelectorAll("main h2")) heading.setAttribute("tabindex", "-1");
for (const element of document.querySelectorAll("[hidden]:is(.find, .theme, .tool, .contents-toggle)")) element.hidden = false;

let resizing = 0;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => drawCharts(document.querySelector("main > .active")?.id), 150);
});
addEventListener("hashchange", () => show());
setTheme();
let started = false;
show();
started = true;
root.dataset.ready = "true";
