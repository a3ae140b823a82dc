// The sentences behind a number, and the place of a sentence in its statement.
const STEP = 40;

function chips(p) {
  const tags = P.tags[p];
  const items = [];
  for (let i = 0; i < tags.length; i += 2) {
    const [scheme, id, title] = labelOf(tags[i]);
    if (scheme === "questions") continue;
    const doubtful = tags[i + 1] < D.doubtful;
    items.push(h("li", null, h("a", { href: link("sentences", { [scheme]: id }), class: doubtful ? "doubtful" : null, title: `${title}, confidence ${confidence(tags[i + 1])}${doubtful ? ", to check" : ""}` },
      `${id.length < 5 ? `${id} ` : ""}${title} `, h("span", { class: "p" }, confidence(tags[i + 1]), doubtful ? " check" : ""))));
  }
  if (P.topic[p] !== null && topicById.has(P.topic[p])) {
    items.push(h("li", null, h("a", { href: link("sentences", { topic: P.topic[p] }) }, `Topic: ${topicById.get(P.topic[p])[1]}`)));
  }
  return items.length ? h("ul", { class: "chips", "aria-label": "Labels" }, items) : null;
}

function actLine(p) {
  const parts = [];
  for (const row of D.commitments) if (row.p === p) parts.push(`commitment, ${row.status} (${confidence(row.conf)}${row.check ? ", to check" : ""})`);
  for (const row of D.proposals) if (row.p === p) parts.push(`${row.opposed ? "speaks against" : row.partnership ? "proposal for partnership" : "proposal"} (${confidence(row.conf)}${row.check ? ", to check" : ""})`);
  return parts.length ? h("p", { class: "acts" }, parts.join("; ")) : null;
}

function marked(text, query) {
  const words = query ? fold(query).split(/\s+/).filter(Boolean) : [];
  const plain = fold(text);
  // Folding can change lengths (ligatures); then the words are not marked, only shown.
  if (!words.length || plain.length !== text.length) return [text];
  const hits = words
    .flatMap((word) => [...plain.matchAll(new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g"))].map((m) => [m.index, m.index + word.length]))
    .sort((a, b) => a[0] - b[0]);
  const parts = [];
  let at = 0;
  for (const [start, end] of hits) {
    if (start < at) continue;
    parts.push(text.slice(at, start), h("mark", null, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

function sentenceCard(p, query) {
  return h("li", { class: "sentence" },
    h("blockquote", { class: "quote" }, h("p", { lang: statementOf(p).lang ?? "en", dir: "auto" }, marked(sentence(p), query)),
      h("footer", null, h("a", { class: "cite", href: sourceLink(p) }, citation(p)), copyButton(p))),
    actsOf[p] ? actLine(p) : null,
    chips(p));
}

function filterForm(filters, change) {
  const field = (name, title, options) => (options.length ? selectField(name, title, options, filters[name], change) : null);
  const more = ["objectives", "strategy", "themes", "kind", "region", "check", "tagged"].some((name) => filters[name]);
  return h("form", { class: "filters", "aria-label": "Filters", onsubmit: (event) => event.preventDefault() },
    searchField("q", "Words", filters.q, change),
    field("delegation", "Delegation", delegationOptions()),
    field("group", "Group", groupOptions()),
    field("questions", "Question", labelOptions("questions")),
    field("aspects", "Aspect", labelOptions("aspects")),
    field("factors", "Factor", labelOptions("factors")),
    field("topic", "Topic", D.topics.map(([id, label]) => [String(id), label])),
    field("act", "Act", ACTS),
    h("details", { open: more }, h("summary", null, "More filters"), h("div", { class: "filters-more" },
      field("region", "Regional group", regionOptions()),
      field("kind", "Affected or donor", KIND_OPTIONS),
      field("objectives", "Objective", labelOptions("objectives")),
      field("strategy", "Strategy", labelOptions("strategy")),
      field("themes", "Theme", labelOptions("themes")),
      field("check", "Confidence", [["1", "Only labels to check"]]),
      field("tagged", "Labels", [["1", "With a label"], ["beyond", "No question or factor"]]))));
}

let sentencesForm = null;
function showSentences(filters, change) {
  const section = byId("sentences");
  if (!sentencesForm || !section.contains(document.activeElement) || document.activeElement.closest("a")) {
    sentencesForm = filterForm(filters, change);
    section.replaceChildren(h("h2", { id: "sentences-title", tabindex: "-1" }, "Sentences"), sentencesForm, h("div", { id: "sentences-found" }));
  }
  const found = matching(filters);
  const perDelegation = new Map();
  for (const p of found) perDelegation.set(delegationOf(p)[0], (perDelegation.get(delegationOf(p)[0]) ?? 0) + 1);
  const list = h("ol", { class: "sentences" });
  const button = h("button", { type: "button", class: "more" });
  let shown = 0;
  const more = () => {
    const next = found.slice(shown, shown + STEP);
    list.append(...next.map((p) => sentenceCard(p, filters.q)));
    const first = list.children[shown];
    if (shown) first?.querySelector("a")?.focus();
    shown += next.length;
    button.hidden = shown >= found.length;
    button.textContent = `Show ${numbers.format(Math.min(STEP, found.length - shown))} more of ${numbers.format(found.length - shown)} left`;
  };
  button.addEventListener("click", more);
  more();
  const what = describe(filters);
  const total = `${plural(found.length, "sentence", "sentences")} from ${plural(perDelegation.size, "delegation", "delegations")}`;
  const delegations = [...perDelegation].sort((a, b) => names.compare(a[0], b[0]));
  byId("sentences-found").replaceChildren(
    h("p", { class: "found" }, h("strong", { "data-sentences": found.length, "data-delegations": perDelegation.size }, total), what ? ` \u2014 ${what} ` : " ", what ? h("a", { href: "#/sentences" }, "Clear filters") : null),
    delegations.length > 1 ? h("details", { class: "by", open: filters.by === "delegation" }, h("summary", null, `By delegation (${numbers.format(delegations.length)})`),
      h("ul", { class: "names" }, delegations.map(([name, n]) => h("li", null, h("a", { href: link("sentences", { ...filters, by: null, delegation: name }) }, name), ` ${numbers.format(n)}`)))) : "",
    list, button);
  announce(total);
}

function statementPassages(index) {
  const found = [];
  for (let p = 0; p < COUNT; p++) if (P.statement[p] === index) found.push(p);
  return found;
}

function chosenDetail(p) {
  return h("aside", { class: "chosen", lang: "en", "aria-label": "Chosen sentence" },
    h("p", { class: "found" }, h("strong", null, citation(p)), " ", copyButton(p)),
    actLine(p), chips(p) ?? h("p", null, "No label was sure enough for this sentence."));
}

function showStatement(index, chosen) {
  const statement = D.statements[index];
  const text = documentText(statement);
  const [name, group, role, region] = D.delegations[statement.del];
  const title = h("h2", { id: "source-title", tabindex: "-1" }, name);
  const facts = [statement.speaker, statement.title, statement.behalf ? `on behalf of ${statement.behalf.join(", ")}` : null, role === "un system" ? "United Nations system" : role, region, statement.symbol, statement.olang ? `original: ${statement.olang}` : null].filter(Boolean).join("; ");
  const body = h("div", { class: "statement", lang: statement.lang ?? "en", dir: "auto" });
  let [at, end] = statement.body;
  let paragraph = h("p", null);
  let page = null;
  let number = -1;
  for (const p of statementPassages(index)) {
    if (P.paragraph[p] !== number) {
      if (at < P.start[p]) paragraph.append(text.slice(at, P.start[p]).trimEnd());
      if (paragraph.childNodes.length) body.append(paragraph);
      number = P.paragraph[p];
      paragraph = h("p", null, h("span", { class: "para", "aria-hidden": "true" }, String(number + 1)));
    } else if (at < P.start[p]) paragraph.append(text.slice(at, P.start[p]));
    if (P.page[p] !== null && P.page[p] !== page) {
      page = P.page[p];
      paragraph.append(h("span", { class: "page" }, `p. ${page}`), " ");
    }
    const here = p === chosen;
    paragraph.append(here
      ? h("mark", { id: "chosen", tabindex: "-1" }, sentence(p))
      : h("a", { class: P.tags[p].length || actsOf[p] ? "tagged" : "plain-sentence", href: sourceLink(p) }, sentence(p)));
    at = P.end[p];
  }
  // What no sentence covers, all of it in a statement that was not analysed, is shown as it stands.
  const [first, ...rest] = text.slice(at, end).split(/\n{2,}/);
  paragraph.append(first);
  body.append(paragraph, ...rest.filter((part) => part.trim()).map((part) => h("p", null, part)));
  body.querySelector("#chosen")?.parentElement.after(chosenDetail(chosen));
  for (const [from, to] of statement.notes ?? []) body.append(h("p", { class: "note" }, text.slice(from, to)));
  byId("source").replaceChildren(
    h("p", { class: "back" }, h("button", { type: "button", onclick: () => history.back() }, "Back")),
    title, h("p", { class: "capacity" }, facts),
    h("p", { class: "aside" }, `${D.documents[statement.doc].path}. Sentences with a label are underlined; choose one to see what it was read as. `, h("a", { href: link("sentences", { delegation: name }) }, "All its sentences")),
    body);
  const target = byId("chosen");
  if (target) {
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  }
}
