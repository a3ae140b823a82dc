// Tables that sort and turn pages, on TanStack Table; the markup is a plain table.
const FEATURES = Libraries.tableFeatures({
  coreReactivityFeature: Libraries.storeReactivityBindings(),
  rowSortingFeature: Libraries.rowSortingFeature,
  sortedRowModel: Libraries.createSortedRowModel(),
  rowPaginationFeature: Libraries.rowPaginationFeature,
  paginatedRowModel: Libraries.createPaginatedRowModel(),
});

function compareValues(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return names.compare(String(a), String(b));
}

// columns: {id, title, value(row), cell(row), numeric, largestFirst, shade(row)}. An undefined value sorts last.
function sortableTable({ caption, columns, rows, pageSize = 25, className = "register", describeRows }) {
  const table = Libraries.constructTable({
    features: FEATURES,
    columns: columns.map((column) => ({
      id: column.id,
      accessorFn: column.value,
      sortFn: (a, b, id) => compareValues(a.getValue(id), b.getValue(id)),
      sortUndefined: "last",
      sortDescFirst: Boolean(column.numeric ?? column.largestFirst),
    })),
    data: rows,
    initialState: { pagination: { pageIndex: 0, pageSize } },
  });
  // Roles are written out because the narrow layout shows rows as blocks, which would drop them.
  const head = h("tr", { role: "row" });
  const body = h("tbody", { role: "rowgroup" });
  const status = h("p", { class: "table-status", role: "status" });
  const pager = h("nav", { class: "pager", "aria-label": `Pages of ${caption}` });
  const buttons = columns.map((column) => {
    const button = h("button", { type: "button", class: "sort", title: column.explain ?? null }, column.title);
    button.addEventListener("click", () => {
      table.getColumn(column.id).toggleSorting();
      table.setPageIndex(0);
      draw();
      announce(`${caption} sorted by ${column.explain ?? column.title}`);
    });
    const cell = h("th", { scope: "col", role: "columnheader", class: column.numeric ? "n" : null }, button);
    head.append(cell);
    return [column, cell];
  });

  function draw() {
    const shown = table.getRowModel().rows;
    for (const [column, cell] of buttons) {
      const order = table.getColumn(column.id).getIsSorted();
      if (order) cell.setAttribute("aria-sort", order === "asc" ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    }
    body.replaceChildren(
      ...shown.map((row) =>
        h("tr", { role: "row" }, columns.map((column, index) =>
          index === 0
            ? h("th", { scope: "row", role: "rowheader" }, column.cell(row.original))
            : h("td", { role: "cell", class: [column.numeric ? "n" : "", column.shade?.(row.original) ?? ""].join(" ").trim() || null, "data-title": column.title }, column.cell(row.original)),
        )),
      ),
    );
    drawPager();
  }

  function drawPager() {
    const total = table.options.data.length;
    const { pageIndex, pageSize: size } = table.store.state.pagination;
    const pages = Math.max(1, Math.ceil(total / size));
    status.textContent = describeRows(total);
    pager.hidden = pages === 1;
    const turn = (by) => {
      table.setPageIndex(pageIndex + by);
      draw();
      region.scrollIntoView({ block: "start" });
    };
    pager.replaceChildren(
      h("button", { type: "button", disabled: pageIndex === 0, onclick: () => turn(-1) }, "Previous"),
      h("span", null, `Page ${numbers.format(pageIndex + 1)} of ${numbers.format(pages)}`),
      h("button", { type: "button", disabled: pageIndex + 1 >= pages, onclick: () => turn(1) }, "Next"),
    );
  }

  const region = h("div", { class: `scroll ${className === "matrix" ? "tall" : ""}`, tabindex: "0", role: "region", "aria-label": caption },
    h("table", { class: `grid ${className}`, role: "table" }, h("caption", { class: "sr" }, caption), h("thead", { role: "rowgroup" }, head), body));
  draw();
  return {
    element: h("div", { class: "table" }, status, region, pager),
    set(data) {
      table.setOptions((options) => ({ ...options, data }));
      table.setPageIndex(0);
      draw();
    },
    sorted: () => table.getSortedRowModel().rows.map((row) => row.original),
  };
}
