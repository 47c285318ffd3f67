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
  document.querySelectorAll("figure.chart").forEach(draw);
})();
