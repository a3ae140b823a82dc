// Small helpers for the page. Text always enters as text: nothing here parses markup.
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const byId = (id) => document.getElementById(id);
const plural = (n, one, many) => `${numbers.format(n)} ${n === 1 ? one : many}`;

function announce(text) {
  byId("announcer").textContent = text;
}

function link(view, filters) {
  const query = Object.entries(filters ?? {})
    .filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join("&");
  return `#/${view}${query ? `?${query}` : ""}`;
}

const sourceLink = (p) => `#/source/${P.id[p]}`;

async function copyText(text, button) {
  let copied = false;
  try {
    await navigator.clipboard.writeText(text);
    copied = true;
  } catch {
    // A page opened from a mail attachment may be refused the clipboard: fall back to a selection.
    const area = h("textarea", { class: "sr", "aria-hidden": "true", tabindex: "-1" });
    area.value = text;
    document.body.append(area);
    area.select();
    copied = document.execCommand("copy");
    area.remove();
  }
  const before = button.textContent;
  button.textContent = copied ? "Copied" : "Not copied";
  announce(copied ? "Quote and citation copied" : "The browser refused to copy");
  setTimeout(() => (button.textContent = before), 1600);
}

function copyButton(p, text) {
  const button = h("button", { type: "button", class: "copy", "aria-label": `Copy quote with citation: ${citation(p)}` }, "Copy");
  button.addEventListener("click", () => copyText(citedQuote(p, text), button));
  return button;
}

// A cell that a spreadsheet would run is kept as words by an apostrophe (OWASP, CSV injection).
function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (typeof value !== "number" && /^[\s]*[=+\-@\t\r|%]/.test(text)) text = `'${text}`;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function downloadCsv(name, header, rows) {
  const lines = [header, ...rows].map((row) => row.map(csvCell).join(","));
  const blob = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
  const url = URL.createObjectURL(blob);
  const anchor = h("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  announce(`${plural(rows.length, "row", "rows")} exported`);
}

function option(value, text, selected) {
  return h("option", { value, selected: value === selected }, text);
}

let fieldNumber = 0;
function selectField(name, title, options, value, change) {
  const id = `field-${++fieldNumber}`;
  const select = h("select", { id, name }, option("", "All", value ?? ""), options.map(([v, text]) => option(String(v), text, value)));
  select.addEventListener("change", () => change(name, select.value));
  return h("div", { class: "field" }, h("label", { for: id }, title), select);
}

function searchField(name, title, value, change) {
  const id = `field-${++fieldNumber}`;
  const input = h("input", { id, name, type: "search", autocomplete: "off", value: value ?? "" });
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => change(name, input.value.trim()), 200);
  });
  return h("div", { class: "field wide" }, h("label", { for: id }, title), input);
}
