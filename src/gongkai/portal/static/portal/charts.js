// Draws each figure's table as a line of bars. The table stays: it is what is read aloud, printed and copied.
(() => {
  if (typeof echarts === "undefined") return;
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const draw = (figure) => {
    const years = [...figure.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent);
    const values = [...figure.querySelectorAll("tbody td")].map((cell) =>
      "value" in cell.dataset ? Number(cell.dataset.value) : null,
    );
    if (years.length < 2) return;
    const plot = figure.querySelector(".plot");
    plot.classList.add("drawn");
    const chart = echarts.init(plot);
    chart.setOption({
      animation: !still,
      animationDuration: 300,
      color: [colour("--chart-1")],
      grid: { left: 8, right: 8, top: 28, bottom: 4, containLabel: true },
      textStyle: { fontFamily: style.fontFamily, color: colour("--ink-2") },
      xAxis: {
        type: "category",
        data: years,
        axisTick: { show: false },
        axisLine: { lineStyle: { color: colour("--line-strong") } },
        axisLabel: { color: colour("--ink-2"), formatter: (year) => (years.length > 9 ? `’${year.slice(2)}` : year) },
      },
      yAxis: { type: "value", min: 0, show: false },
      series: [
        {
          type: "bar",
          data: values,
          barMaxWidth: 28,
          label: { show: true, position: "top", color: colour("--ink"), fontSize: years.length > 12 ? 10 : 12 },
        },
      ],
    });
    addEventListener("resize", () => chart.resize());
  };

  // A table with a row for each bar: bars that lie have words for labels, those that stand have months.
  const drawRows = (figure, table) => {
    const rows = [...table.tBodies[0].rows].map((row) => [row.cells[0].textContent, Number(row.cells[1].dataset.value)]);
    if (!rows.length) return;
    const lying = figure.classList.contains("lying");
    const shown = lying ? rows.slice(0, 15).reverse() : rows;
    const plot = figure.querySelector(".plot");
    plot.classList.add("drawn");
    if (lying) plot.style.height = `${shown.length * 1.75 + 1}rem`;
    const chart = echarts.init(plot);
    const size = Math.round(parseFloat(style.fontSize) * 0.8);
    const names = {
      type: "category",
      data: shown.map(([name]) => name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-strong") } },
      axisLabel: { color: colour("--ink-2"), fontSize: size, interval: 0, ...(lying ? { width: Math.min(180, plot.clientWidth * 0.42), overflow: "truncate" } : { formatter: (month) => month.slice(5) }) },
    };
    const numbers = { type: "value", min: 0, show: false };
    chart.setOption({
      animation: !still,
      animationDuration: 300,
      color: [colour("--chart-1")],
      grid: { left: 8, right: lying ? 48 : 8, top: lying ? 4 : 28, bottom: 4, containLabel: true },
      textStyle: { fontFamily: style.fontFamily, color: colour("--ink-2") },
      xAxis: lying ? numbers : names,
      yAxis: lying ? names : numbers,
      series: [
        {
          type: "bar",
          data: shown.map(([, value]) => value),
          barMaxWidth: lying ? 16 : 28,
          label: { show: true, position: lying ? "right" : "top", color: colour("--ink"), fontSize: size },
        },
      ],
    });
    addEventListener("resize", () => chart.resize());
  };
  document.querySelectorAll("figure.chart").forEach((figure) => {
    const table = figure.querySelector(".figures-table");
    if (table) drawRows(figure, table);
    else draw(figure);
  });
})();
