// Draws a table as a chart, and hands it out as a picture. The numbers are those of the table, so both say the same.
// Markup: [data-chart="ID of the table"] with data-chart-kind, -unit, -title; its rows bear data-point and data-value.
// The box of the chart's tip is drawn, not written as HTML: the pages allow no styles in markup.

function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(name).trim();
}

function rowsOf(box) {
  const rows = [...document.getElementById(box.dataset.chart).querySelectorAll("[data-point]")];
  return rows.map((row) => [row.dataset.point, row.dataset.value === "" ? null : Number(row.dataset.value)]);
}

function optionsOf(box) {
  const rows = rowsOf(box);
  const colour = colours();
  const { chartKind: kind, chartUnit: unit, chartTitle: title } = box.dataset;
  const label = { color: colour("--ink-2"), fontSize: 12 };
  const told = (value) => (value === null || value === undefined ? "—" : `${Math.round(value * 100) / 100} ${unit}`);
  return {
    animation: false,
    backgroundColor: colour("--surface"),
    color: [colour("--jade-ink")],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    title: { text: title, left: 8, top: 6, textStyle: { color: colour("--ink"), fontSize: 14 } },
    grid: { left: 12, right: 20, top: 44, bottom: 12, containLabel: true },
    tooltip: {
      trigger: "axis", renderMode: "richText", valueFormatter: told, backgroundColor: colour("--surface"),
      borderColor: colour("--line-2"), textStyle: { color: colour("--ink") },
    },
    xAxis: {
      type: "category", data: rows.map(([point]) => point), axisLabel: label,
      axisLine: { lineStyle: { color: colour("--line-2") } }, axisTick: { show: false },
    },
    yAxis: {
      type: "value", axisLabel: label, splitLine: { lineStyle: { color: colour("--line") } },
      minInterval: kind === "bar" ? 1 : undefined,
      max: unit === "%" ? 100 : undefined,
    },
    series: [{
      type: kind, data: rows.map(([, value]) => value), barMaxWidth: 36, symbol: "circle", symbolSize: 8,
      label: {
        show: true, position: "top", color: colour("--ink-2"),
        formatter: ({ value }) => (value === null || value === undefined ? "" : `${Math.round(value * 10) / 10}`),
      },
    }],
  };
}

function draw(box) {
  const chart = window.echarts.init(box, null, { renderer: "canvas" });
  const again = () => chart.setOption(optionsOf(box), true);
  again();
  new ResizeObserver(() => chart.resize()).observe(box);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  return chart;
}

function save(chart, name) {
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: colours()("--surface") });
  link.download = name;
  link.click();
}

function start() {
  const box = document.querySelector("[data-chart]");
  if (!box || !window.echarts) return;
  const chart = draw(box);
  const button = document.querySelector("[data-chart-picture]");
  button.hidden = false;
  button.addEventListener("click", () => save(chart, button.dataset.chartPicture));
}

start();
