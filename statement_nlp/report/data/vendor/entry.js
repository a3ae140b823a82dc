// The parts of each library that the page uses; everything else is left out of the bundle.
export {
  constructTable,
  createPaginatedRowModel,
  createSortedRowModel,
  rowPaginationFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/table-core";
export { storeReactivityBindings } from "@tanstack/table-core/store-reactivity-bindings";
export { axisX, barX, dot, gridX, plot, ruleX, text } from "@observablehq/plot";
