// Registers of commitments and proposals, the matrix, and the finder of profiles.
const CHECK_OPTIONS = [["1", "Only those to check"], ["all", "All"]];

function quoteCell(row) {
  const text = cut(row.p, row.at);
  return [h("q", { lang: statementOf(row.p).lang ?? "en", dir: "auto" }, text), " ", h("a", { class: "cite", href: sourceLink(row.p), "aria-label": citation(row.p) }, place(row.p)), " ", copyButton(row.p, text)];
}

const delegationColumn = { id: "delegation", title: "Delegation", value: (row) => delegationOf(row.p)[0], cell: (row) => delegationOf(row.p)[0] };
const confidenceColumn = { id: "confidence", title: "Confidence", numeric: true, value: (row) => row.conf, cell: (row) => [confidence(row.conf), row.check ? h("span", { class: "flag" }, " to check") : ""] };

const REGISTERS = {
  commitments: {
    rows: D.commitments,
    one: "commitment", many: "commitments",
    extra: (filters, change) => [selectField("status", "Status", [["new", "New"], ["ongoing", "Ongoing"], ["reaffirmed", "Reaffirmed"], ["delivered", "Delivered"]], filters.status, change), selectField("money", "Amount", [["1", "With an amount"]], filters.money, change)],
    test: (row, filters) => (!filters.status || row.status === filters.status) && (!filters.money || row.stated),
    columns: [
      delegationColumn,
      { id: "quote", title: "Commitment, as stated", value: (row) => row.p, cell: quoteCell },
      { id: "status", title: "Status", value: (row) => row.status, cell: (row) => row.status },
      { id: "amount", title: "Amount", explain: "Amount, by number whatever the currency", largestFirst: true, value: (row) => row.amount, cell: (row) => row.stated ?? "" },
      { id: "to", title: "For", value: (row) => row.to, cell: (row) => row.to ?? "" },
      { id: "when", title: "When", value: (row) => row.until ?? row.when, cell: (row) => row.when ?? "" },
      confidenceColumn,
    ],
    header: ["id", "delegation", "group", "quote", "status", "amount_stated", "amount", "amount_max", "currency", "per", "over", "beneficiary", "timeframe", "from", "to", "condition", "confidence", "to_check", "page", "paragraph", "symbol"],
    line: (row) => [row.id, delegationOf(row.p)[0], groupTitle.get(delegationOf(row.p)[1]), cut(row.p, row.at), row.status, row.stated, row.amount, row.max, row.currency, row.per, row.over, row.to, row.when, row.from, row.until, row.if, row.conf / 1000, row.check ? "yes" : "no", P.page[row.p], P.paragraph[row.p] + 1, statementOf(row.p).symbol],
  },
  proposals: {
    rows: D.proposals,
    one: "proposal", many: "proposals",
    words: (filters) => (filters.sort === "opposed" ? ["voice against what others ask", "voices against what others ask"] : ["proposal", "proposals"]),
    extra: (filters, change) => [selectField("sort", "Kind", [["partnership", "For partnership"], ["other", "Other"], ["opposed", "Speaks against"]], filters.sort, change)],
    // Voices against are no proposals: shown only where they are asked for.
    test: (row, filters) => (filters.sort === "opposed" ? row.opposed : !row.opposed && (!filters.sort || (filters.sort === "partnership") === Boolean(row.partnership))),
    columns: [
      delegationColumn,
      { id: "quote", title: "Proposal, as stated", value: (row) => row.p, cell: (row) => [...quoteCell(row), row.opposed ? h("span", { class: "flag" }, " speaks against") : ""] },
      { id: "kind", title: "Partnership", value: (row) => (row.partnership ? 0 : 1), cell: (row) => (row.partnership ? "yes" : "no") },
      { id: "to", title: "Addressed to", value: (row) => row.to, cell: (row) => row.to ?? "" },
      { id: "partners", title: "Partners", value: (row) => row.partners?.join(", "), cell: (row) => row.partners?.join(", ") ?? "" },
      confidenceColumn,
    ],
    header: ["id", "delegation", "group", "quote", "partnership", "opposed", "addressee", "partners", "mechanism", "confidence", "to_check", "page", "paragraph", "symbol"],
    line: (row) => [row.id, delegationOf(row.p)[0], groupTitle.get(delegationOf(row.p)[1]), cut(row.p, row.at), row.partnership ? "yes" : "no", row.opposed ? "yes" : "no", row.to, row.partners?.join("; "), row.mechanism, row.conf / 1000, row.check ? "yes" : "no", P.page[row.p], P.paragraph[row.p] + 1, statementOf(row.p).symbol],
  },
};

function registerRows(register, filters) {
  const { q, ...rest } = filters;
  const tests = sharedTests(rest);
  const words = q ? fold(q).split(/\s+/).filter(Boolean) : [];
  return register.rows.filter((row) => {
    if (filters.check !== "all" && Boolean(row.check) !== (filters.check === "1")) return false;
    if (!tests.every((test) => test(row.p)) || !register.test(row, filters)) return false;
    return words.every((word) => fold(cut(row.p, row.at)).includes(word));
  });
}

const registerState = {};
function showRegister(view, filters, change) {
  const register = REGISTERS[view];
  const holder = byId(`${view}-tool`);
  const state = (registerState[view] ??= {
    table: sortableTable({ caption: `Register of ${register.many}`, columns: register.columns, rows: [], describeRows: (n) => plural(n, ...(registerState[view]?.words ?? [register.one, register.many])) }),
  });
  state.words = register.words?.(filters);
  if (!holder.contains(document.activeElement) || !state.drawn) {
    const form = h("form", { class: "filters", "aria-label": `Filter ${register.many}`, onsubmit: (event) => event.preventDefault() },
      searchField("q", "Words", filters.q, change),
      selectField("delegation", "Delegation", delegationOptions(), filters.delegation, change),
      selectField("group", "Group", groupOptions(), filters.group, change),
      selectField("kind", "Affected or donor", KIND_OPTIONS, filters.kind, change),
      register.extra(filters, change),
      h("div", { class: "field" }, checkField(filters, change)),
      h("div", { class: "field" }, h("button", { type: "button", class: "export", onclick: () => downloadCsv(`${view}.csv`, register.header, state.table.sorted().map(register.line)) }, "Export CSV")));
    holder.replaceChildren(form, state.table.element);
    state.drawn = true;
  }
  state.table.set(registerRows(register, filters));
}

function checkField(filters, change) {
  const id = `field-${++fieldNumber}`;
  const select = h("select", { id }, option("", "Sure ones", filters.check ?? ""), CHECK_OPTIONS.map(([value, text]) => option(value, text, filters.check)));
  select.addEventListener("change", () => change("check", select.value));
  return [h("label", { for: id }, "Confidence"), select];
}

const matrixState = {};
function showMatrix() {
  const holder = byId("matrix-tool");
  if (!holder || matrixState.table) return;
  const labels = D.labels.map(([scheme, id, title], index) => ({ scheme, id, title, index })).filter((label) => label.scheme === "factors");
  const counts = D.delegations.map(() => new Map());
  for (let p = 0; p < COUNT; p++) {
    const row = counts[statementOf(p).del];
    for (let i = 0; i < P.tags[p].length; i += 2) row.set(P.tags[p][i], (row.get(P.tags[p][i]) ?? 0) + 1);
  }
  const largest = Math.max(1, ...counts.flatMap((row) => labels.map((label) => row.get(label.index) ?? 0)));
  const spoke = new Set(D.statements.filter((statement) => !statement.proc).map((statement) => statement.del));
  const rows = D.delegations.map((delegation, index) => ({ name: delegation[0], group: delegation[1], counts: counts[index], index })).filter((row) => spoke.has(row.index));
  const level = (n) => (n ? `level${Math.min(5, 1 + Math.floor((4.999 * Math.sqrt(n - 1)) / Math.sqrt(Math.max(1, largest - 1))))}` : "level0");
  const table = (matrixState.table = sortableTable({
    caption: "Sentences by delegation and enabling factor", className: "matrix", pageSize: 1000, rows,
    describeRows: (n) => plural(n, "delegation", "delegations"),
    columns: [
      { id: "name", title: "Delegation", value: (row) => row.name, cell: (row) => row.name },
      ...labels.map((label) => ({
        id: label.id, title: label.id, explain: `${label.id} ${label.title}`, numeric: true,
        value: (row) => row.counts.get(label.index) ?? 0,
        shade: (row) => level(row.counts.get(label.index) ?? 0),
        cell: (row) => {
          const n = row.counts.get(label.index) ?? 0;
          return n ? h("a", { href: link("sentences", { delegation: row.name, factors: label.id }), "aria-label": `${numbers.format(n)}, ${row.name}, ${label.title}` }, numbers.format(n)) : "\u2013";
        },
      })),
    ],
  }));
  const change = (_, group) => table.set(rows.filter((row) => !group || row.group === group));
  holder.replaceChildren(
    h("ul", { class: "legend codes" }, labels.map((label) => h("li", null, h("span", { class: "code" }, label.id), ` ${label.title}`))),
    h("form", { class: "filters", "aria-label": "Filter the matrix", onsubmit: (event) => event.preventDefault() }, selectField("group", "Group", groupOptions(), "", change)),
    table.element);
}

// The words of all proposals behind or against a key point: a point is found by any of them.
function pointWords(article) {
  const point = pointById.get(article.id.replace(/^point-/, ""));
  const rows = point ? [...point.for, ...point.against] : [];
  return [article.dataset.name, ...rows.map((row) => cut(D.proposals[row].p, D.proposals[row].at))].join(" ");
}

// A field above a list of articles that keeps those whose words hold what is typed.
function showFinder(view, title, one, many, words = (article) => article.dataset.name) {
  const holder = byId(`${view}-tool`);
  if (!holder || holder.childElementCount) return;
  const articles = [...document.querySelectorAll(`#${view} article[data-name]`)].map((article) => [article, fold(words(article))]);
  const status = h("p", { class: "table-status", role: "status" });
  const change = (_, typed) => {
    const wanted = fold(typed).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [article, name] of articles) {
      const kept = wanted.every((word) => name.includes(word));
      article.classList.toggle("left-out", !kept);
      shown += kept ? 1 : 0;
    }
    status.textContent = plural(shown, one, many);
  };
  holder.replaceChildren(h("form", { class: "filters", "aria-label": title, onsubmit: (event) => event.preventDefault() }, searchField("name", title, "", change)), status);
  change("", "");
}
