// Charts on Observable Plot. Every mark is a link, so each can be reached and read by keyboard.
// Group colours (page.css) were searched for the largest smallest difference under normal vision,
// protanopia, deuteranopia and tritanopia (Machado et al. 2009): at least 37 in CIELAB between any
// two of the first six. Outlines give each segment its contrast with the paper.
const GROUP_CLASS = new Map(D.groups.map(([id], index) => [id, `g${index + 1}`]));

const colour = (name) => `var(--${name})`;

// A sheet has one width, and views that are not open have none: charts for print are drawn to it.
const SHEET = 640;
let printing = false;

function drawPlot(holder, options) {
  const width = printing ? SHEET : Math.max(280, Math.floor(holder.clientWidth));
  const chart = Libraries.plot({ className: "plot", width, style: { fontFamily: "inherit", fontSize: "14px", background: "none", color: "inherit" }, ...options(width) });
  const figures = chart.tagName === "svg" ? [chart] : [...chart.querySelectorAll("svg")];
  for (const svg of [...figures]) svg.querySelectorAll("style").forEach((node) => node.remove());
  for (const svg of figures) {
    svg.removeAttribute("aria-label");
    svg.setAttribute("role", "group");
    svg.querySelectorAll("[aria-label]").forEach((node) => node.tagName !== "a" && node.removeAttribute("aria-label"));
    svg.querySelectorAll("a").forEach((anchor) => {
      const title = anchor.querySelector("title")?.textContent ?? anchor.textContent;
      anchor.setAttribute("aria-label", title);
    });
  }
  holder.replaceChildren(chart);
}

function ellipsis(text, characters) {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).replace(/\s+\S*$/, "")}\u2026`;
}

function delegationsByLabel(scheme) {
  const found = new Map(D.labels.filter(([s]) => s === scheme).map(([, id]) => [id, new Set()]));
  for (let p = 0; p < COUNT; p++) {
    for (let i = 0; i < P.tags[p].length; i += 2) {
      const [s, id] = labelOf(P.tags[p][i]);
      if (s === scheme) found.get(id)?.add(statementOf(p).del);
    }
  }
  return found;
}

function factorChart() {
  const holder = byId("factor-chart");
  if (!holder) return;
  const found = delegationsByLabel("factors");
  const rows = D.labels.filter(([s]) => s === "factors").map(([, id, title]) => ({ id, title, n: found.get(id).size }));
  if (!rows.length) return void (holder.hidden = true);
  drawPlot(holder, (width) => ({
    height: rows.length * 46 + 8,
    marginLeft: 0, marginRight: 44, marginTop: 0, marginBottom: 4,
    x: { axis: null, domain: [0, Math.max(1, ...rows.map((row) => row.n))] },
    y: { axis: null, domain: rows.map((row) => row.id), padding: 0 },
    marks: [
      Libraries.barX(rows, { x: "n", y: "id", fill: colour("bar"), insetTop: 24, insetBottom: 8, href: (row) => link("sentences", { factors: row.id, by: "delegation" }), title: (row) => `${row.id} ${row.title}: ${plural(row.n, "delegation", "delegations")}` }),
      Libraries.text(rows, { x: 0, y: "id", text: (row) => ellipsis(`${row.id}  ${row.title}`, Math.floor(width / 7.5)), textAnchor: "start", dy: -11, fill: "currentColor" }),
      Libraries.text(rows, { x: "n", y: "id", text: (row) => numbers.format(row.n), textAnchor: "start", dx: 6, dy: 8, fill: "currentColor" }),
    ],
  }));
}

function supportRows() {
  return D.points.slice(0, printing ? 15 : 25).flatMap((point) => {
    const seen = new Map();
    for (const row of point.for) {
      const [name, group] = delegationOf(D.proposals[row].p);
      seen.set(name, group);
    }
    return D.groups
      .map(([group]) => ({ point, group, n: [...seen.values()].filter((g) => g === group).length }))
      .filter((row) => row.n > 0);
  });
}

function legend(groups) {
  return h("ul", { class: "legend" }, groups.map((id) => h("li", null, h("span", { class: `swatch ${GROUP_CLASS.get(id)}`, "aria-hidden": "true" }), groupTitle.get(id))));
}

function supportChart() {
  const holder = byId("support-chart");
  const rows = supportRows();
  if (!holder || !rows.length) return;
  const order = D.groups.map(([id]) => id).filter((id) => rows.some((row) => row.group === id));
  const points = [...new Set(rows.map((row) => row.point))];
  const totals = points.map((point) => ({ point, n: rows.filter((row) => row.point === point).reduce((sum, row) => sum + row.n, 0) }));
  drawPlot(holder, (width) => ({
    height: points.length * 50 + 8,
    marginLeft: 0, marginRight: 44, marginTop: 0, marginBottom: 4,
    x: { axis: null, domain: [0, Math.max(...totals.map((row) => row.n))] },
    y: { axis: null, domain: points.map((point) => point.id), padding: 0 },
    marks: [
      Libraries.barX(rows, {
        x: "n", y: (row) => row.point.id, fill: (row) => colour(GROUP_CLASS.get(row.group)), order: (row) => order.indexOf(row.group),
        insetTop: 26, insetBottom: 8, insetRight: 1, stroke: colour("strong-line"),
        href: (row) => link("sentences", { point: row.point.id, by: "delegation", group: row.group }),
        title: (row) => `Key point ${row.point.rank}: ${plural(row.n, "delegation", "delegations")}, ${groupTitle.get(row.group)}`,
      }),
      Libraries.text(points, { x: 0, y: "id", text: (point) => ellipsis(`${point.rank}.  ${point.text}`, Math.floor(width / 7)), textAnchor: "start", dy: -11, fill: "currentColor", href: (point) => `#point-${point.id}` }),
      Libraries.text(totals, { x: "n", y: (row) => row.point.id, text: (row) => numbers.format(row.n), textAnchor: "start", dx: 6, dy: 9, fill: "currentColor" }),
    ],
  }));
  holder.prepend(legend(order));
  if (D.points.length > points.length) holder.append(h("p", { class: "aside" }, `The first ${numbers.format(points.length)} of ${numbers.format(D.points.length)} key points; all stand below.`));
}

// A label goes below its circle or above it, pushed in from the edges; one that would still run over
// another or over a circle is left to the table. Larger topics are named first.
function placedLabels(topics, spot, radius, width) {
  const taken = topics.map((topic) => {
    const [x, y] = spot(topic);
    return [x - radius(topic), y - radius(topic), x + radius(topic), y + radius(topic)];
  });
  return topics.flatMap((topic) => {
    const [x, y] = spot(topic);
    const half = topic.label.length * 3.4;
    const dx = Math.max(half - x, Math.min(0, width - half - x));
    for (const dy of [radius(topic) + 11, -radius(topic) - 10]) {
      const box = [x + dx - half, y + dy - 8, x + dx + half, y + dy + 8];
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
      taken.push(box);
      return [{ ...topic, dx, dy }];
    }
    return [];
  });
}

function topicMap() {
  const holder = byId("topic-map");
  const topics = D.topics
    .map(([id, label, outside, phrases, size, delegations, x, y]) => ({ id, label: ellipsis(label, 34), outside, phrases, size, delegations, x, y }))
    .filter((topic) => topic.x !== null && topic.y !== null && !topic.phrases)
    .sort((a, b) => b.size - a.size);
  if (!holder || !topics.length) return;
  const span = (values) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const pad = (high - low || 1) * 0.12;
    return [low - pad, high + pad];
  };
  const xDomain = span(topics.map((topic) => topic.x));
  const yDomain = span(topics.map((topic) => topic.y));
  const largest = topics[0].size;
  const kind = (topic) => (topic.outside ? "outside" : "inside");
  drawPlot(holder, (width) => {
    const height = Math.min(560, Math.max(360, width * 0.6));
    const radius = (topic) => 5 + 17 * Math.sqrt(topic.size / largest);
    const spot = (topic) => [
      ((topic.x - xDomain[0]) / (xDomain[1] - xDomain[0])) * width,
      height - ((topic.y - yDomain[0]) / (yDomain[1] - yDomain[0])) * height,
    ];
    return {
      height, margin: 0,
      x: { axis: null, domain: xDomain }, y: { axis: null, domain: yDomain }, r: { type: "identity" },
      marks: [
        Libraries.dot(topics, { x: "x", y: "y", r: radius, fill: (topic) => colour(kind(topic)), fillOpacity: 0.75, stroke: (topic) => colour(topic.outside ? "ink" : "paper"), strokeWidth: 2, href: (topic) => link("sentences", { topic: topic.id }), title: (topic) => `${topic.label}: ${plural(topic.size, "sentence", "sentences")}, ${plural(topic.delegations, "delegation", "delegations")}${topic.outside ? ", beyond the framework" : ""}` }),
        placedLabels(topics, spot, radius, width).map((topic) => Libraries.text([topic], { x: "x", y: "y", text: "label", dx: topic.dx, dy: topic.dy, fill: "currentColor", stroke: colour("paper"), strokeWidth: 4 })),
      ],
    };
  });
  holder.prepend(h("ul", { class: "legend" }, h("li", null, h("span", { class: "swatch inside" }), "Within the framework"), h("li", null, h("span", { class: "swatch outside" }), "Beyond it")));
}

// The matrix is drawn already; its numbers are written out on request.
byId("topic-matrix-csv")?.addEventListener("click", (event) => {
  const [header, ...lines] = JSON.parse(event.currentTarget.dataset.numbers);
  downloadCsv("topics-by-delegation.csv", header, lines);
});

const CHARTS = { summary: [factorChart], points: [supportChart], topics: [topicMap] };
function drawCharts(view) {
  for (const draw of CHARTS[view] ?? []) draw();
}

addEventListener("beforeprint", () => {
  printing = true;
  Object.keys(CHARTS).forEach(drawCharts);
});
addEventListener("afterprint", () => {
  printing = false;
  drawCharts(document.querySelector("main > .active")?.id);
});
