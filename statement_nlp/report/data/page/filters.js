// What a link or a filter field asks for, and the sentences that pass. Every number on the page is
// made by the same rules in Python; tests hold the two together.
const SCHEMES = ["questions", "aspects", "factors", "objectives", "strategy", "themes"];
const ACTS = [
  ["commitment", "Commitment"],
  ["commitment-new", "Commitment, new"],
  ["commitment-ongoing", "Commitment, ongoing"],
  ["commitment-reaffirmed", "Commitment, reaffirmed"],
  ["commitment-delivered", "Commitment, delivered"],
  ["proposal", "Proposal"],
  ["partnership", "Proposal for partnership"],
  ["opposed", "Speaks against"],
  ["need", "Need"],
  ["need-unanswered", "Need with no answer"],
];

function wantedLabels(filters) {
  const wanted = [];
  for (const scheme of SCHEMES) {
    if (!filters[scheme]) continue;
    wanted.push(D.labels.findIndex(([s, id]) => s === scheme && id === filters[scheme]));
  }
  return wanted;
}

function tagProbability(p, label) {
  const tags = P.tags[p];
  for (let i = 0; i < tags.length; i += 2) if (tags[i] === label) return tags[i + 1];
  return -1;
}

// What was asked; the other schemes rest on weaker voices, with lower thresholds.
const ASKED = ["questions", "aspects", "factors"];
const isAsked = (label) => ASKED.includes(labelOf(label)[0]);
// What keeps a sentence within the framework; aspects are parts of questions.
const COVERING = ["questions", "factors"];

function isBeyond(p) {
  return !P.tags[p].some((value, i) => i % 2 === 0 && COVERING.includes(labelOf(value)[0]));
}

function isDoubtful(p, labels) {
  const tags = P.tags[p];
  for (let i = 0; i < tags.length; i += 2) {
    if (tags[i + 1] < D.doubtful && (labels.length ? labels.includes(tags[i]) : isAsked(tags[i]))) return true;
  }
  return false;
}

function pointPassages(filters) {
  const point = pointById.get(filters.point);
  if (!point) return new Set();
  const rows = filters.stance === "opposition" ? point.against : point.for;
  return new Set(rows.map((row) => D.proposals[row].p));
}

function sharedTests(filters) {
  const tests = [];
  const { delegation, group, region, kind } = filters;
  if (delegation) tests.push((p) => delegationOf(p)[0] === delegation);
  if (group) tests.push((p) => delegationOf(p)[1] === group);
  if (region) tests.push((p) => delegationOf(p)[3] === region);
  if (kind) tests.push((p) => delegationOf(p)[kind === "affected" ? 4 : 5]);
  if (filters.q) {
    const words = fold(filters.q).split(/\s+/).filter(Boolean);
    tests.push((p) => words.every((word) => foldedSentence(p).includes(word)));
  }
  return tests;
}

function matching(filters) {
  const tests = sharedTests(filters);
  const labels = wantedLabels(filters);
  for (const label of labels) tests.push((p) => tagProbability(p, label) >= 0);
  if (filters.topic) tests.push((p) => P.topic[p] === Number(filters.topic));
  if (filters.act) tests.push((p) => actsOf[p]?.has(filters.act));
  if (filters.tagged) tests.push(filters.tagged === "beyond" ? isBeyond : (p) => P.tags[p].length > 0);
  if (filters.check) tests.push((p) => isDoubtful(p, labels));
  if (filters.point) {
    const set = pointPassages(filters);
    tests.push((p) => set.has(p));
  }
  const found = [];
  for (let p = 0; p < COUNT; p++) if (tests.every((test) => test(p))) found.push(p);
  return found;
}

function delegationOptions() {
  return D.delegations.map(([name]) => [name, name]).sort((a, b) => names.compare(a[0], b[0]));
}

function groupOptions() {
  const used = new Set(D.delegations.map((d) => d[1]));
  return D.groups.filter(([id]) => used.has(id)).map(([id, title]) => [id, title]);
}

function regionOptions() {
  const used = [...new Set(D.delegations.map((d) => d[3]).filter(Boolean))];
  return used.sort(names.compare).map((region) => [region, region]);
}

const KIND_OPTIONS = [
  ["affected", "Affected States"],
  ["donor", "Donors"],
];

function labelOptions(scheme) {
  return D.labels.filter(([s]) => s === scheme).map(([, id, title]) => [id, `${id} ${title}`]);
}

function describe(filters) {
  const parts = [];
  for (const scheme of SCHEMES) {
    const label = filters[scheme] && D.labels.find(([s, id]) => s === scheme && id === filters[scheme]);
    if (label) parts.push(`${label[1]} ${label[2]}`);
  }
  if (filters.topic) parts.push(`topic \u201c${topicById.get(Number(filters.topic))?.[1] ?? filters.topic}\u201d`);
  if (filters.act) parts.push((ACTS.find(([id]) => id === filters.act)?.[1] ?? filters.act).toLowerCase());
  if (filters.point) {
    const point = pointById.get(filters.point);
    parts.push(`${filters.stance === "opposition" ? "against" : "behind"} key point ${point?.rank ?? "?"}`);
  }
  if (filters.delegation) parts.push(filters.delegation);
  if (filters.group) parts.push(groupTitle.get(filters.group) ?? filters.group);
  if (filters.region) parts.push(filters.region);
  if (filters.kind) parts.push(filters.kind === "affected" ? "affected States" : "donors");
  if (filters.tagged) parts.push(filters.tagged === "beyond" ? "on no question or factor" : "with a label");
  if (filters.check) parts.push("to check");
  if (filters.q) parts.push(`\u201c${filters.q}\u201d`);
  return parts.join(" \u00b7 ");
}
