// The data island, decoded: tables stay columns, text stays in the documents and is cut when shown.
const D = JSON.parse(document.getElementById("island").textContent);
const P = D.passages;
const COUNT = P.id.length;
const passageIndex = new Map(P.id.map((id, index) => [id, index]));
const statementIndex = new Map(D.statements.map((statement, index) => [statement.id, index]));
const groupTitle = new Map(D.groups.map(([id, title]) => [id, title]));
const groupShort = new Map(D.groups.map(([id, , short]) => [id, short]));
const topicById = new Map(D.topics.map((topic) => [topic[0], topic]));
const labelOf = (index) => D.labels[index];
const numbers = new Intl.NumberFormat(D.locale);
const twoDecimals = new Intl.NumberFormat(D.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const names = new Intl.Collator("en", { sensitivity: "base", numeric: true });

const statementOf = (p) => D.statements[P.statement[p]];
const delegationOf = (p) => D.delegations[statementOf(p).del];
const documentText = (statement) => D.documents[statement.doc].text;
const cut = (p, [start, end]) => documentText(statementOf(p)).slice(start, end);
const sentence = (p) => cut(p, [P.start[p], P.end[p]]);
const confidence = (thousandths) => twoDecimals.format(Math.floor(thousandths / 10) / 100);

const place = (p) => `${P.page[p] === null ? "" : `p. ${P.page[p]}, `}para. ${P.paragraph[p] + 1}`;
const citation = (p) => `${delegationOf(p)[0]}, ${place(p)}`;

function citedQuote(p, text) {
  const symbol = statementOf(p).symbol;
  return `\u201c${text ?? sentence(p)}\u201d (${citation(p)}${symbol ? `, ${symbol}` : ""})`;
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const folded = new Array(COUNT);
const foldedSentence = (p) => (folded[p] ??= fold(sentence(p)));

// Acts by sentence, and the rows each sentence carries.
const actsOf = Array.from({ length: COUNT }, () => null);
function addAct(p, name) {
  (actsOf[p] ??= new Set()).add(name);
}
for (const row of D.commitments) {
  addAct(row.p, "commitment");
  addAct(row.p, `commitment-${row.status}`);
  if (row.check) addAct(row.p, "to-check");
}
for (const row of D.proposals) {
  if (row.opposed) {
    addAct(row.p, "opposed"); // a voice against what others ask is no proposal
    continue;
  }
  addAct(row.p, "proposal");
  if (row.partnership && !row.check) addAct(row.p, "partnership");
  if (row.check) addAct(row.p, "to-check");
}
for (const [, p, answers] of D.needs) {
  addAct(p, "need");
  if (!answers) addAct(p, "need-unanswered");
}
const pointById = new Map(D.points.map((point) => [point.id, point]));
