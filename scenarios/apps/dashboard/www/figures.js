// Figures with their tables and downloads, drawn when they come into sight; told how words and numbers are
// written in the page's language.
"use strict";
const figuresOf = (at, make, word, number, language) => {
  const OUT_OF_SIGHT = new Set();
  const table = (contents) => {
    const made = make("table");
    const head = made.createTHead().insertRow();
    for (const column of contents.columns) head.append(make("th", { scope: "col" }, column));
    const body = made.createTBody();
    for (const row of contents.rows) {
      const line = body.insertRow();
      row.forEach((cell, place) => {
        const numeric = typeof cell === "number";
        const year = numeric && place === 0;
        line.append(make("td", numeric ? { class: "number" } : {},
          numeric ? (year ? String(cell) : number(cell, Number.isInteger(cell) && contents.digits === 0 ? 0 : contents.digits)) : cell ?? ""));
      });
    }
    return made;
  };
  const save = (name, parts, type) => {
    const url = URL.createObjectURL(new Blob(parts, { type }));
    const anchor = make("a", { href: url, download: name });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  // As a spreadsheet in the page's language opens it: the first line holds the columns.
  const csv = (figure) => {
    const dutch = language() === "nl";
    const cell = (value) => (typeof value === "number" ? String(value).replace(".", dutch ? "," : ".") : `"${String(value ?? "").replace(/"/g, '""')}"`);
    const lines = [figure.table.columns, ...figure.table.rows].map((row) => row.map(cell).join(dutch ? ";" : ","));
    return ["\ufeff", lines.join("\n") + "\n"];
  };
  const picture = async (figure) => {
    const layout = { ...figure.layout, title: { text: `${figure.title}<br><sub>${figure.sub}</sub><br><sub>${figure.marks}</sub>`, font: { size: 15 } },
      margin: { ...figure.layout.margin, t: 100 } };
    const data = await Plotly.toImage({ data: figure.traces, layout }, { format: "svg", width: 900, height: figure.layout.height + 180 });
    save(`${figure.id}.svg`, [decodeURIComponent(data.slice(data.indexOf(",") + 1))], "image/svg+xml");
  };
  const frameOf = (figure) => {
    const frame = make("figure", { id: `figure-${figure.id}` });
    const heading = make("figcaption", {});
    heading.append(make("strong", { class: "finding-title" }), make("span", { class: "sub" }));
    const drawing = make("div", { class: "drawing", role: "img" });
    const details = make("details");
    details.append(make("summary", { "data-word": "table" }, word("table")), make("div", { class: "scrolls", tabindex: "0", role: "region" }));
    const foot = make("div", { class: "foot" });
    const asCsv = make("button", { type: "button", class: "link csv", "data-word": "csv" }, word("csv"));
    const asSvg = make("button", { type: "button", class: "link svg", "data-word": "svg" }, word("svg"));
    asCsv.addEventListener("click", () => { const now = frame.figure; save(`${now.id}.csv`, csv(now), "text/csv"); });
    asSvg.addEventListener("click", () => picture(frame.figure));
    foot.append(make("span", { class: "marks" }), asCsv, asSvg);
    frame.append(heading, drawing, foot, details);
    return frame;
  };
  // Readable from the back of a room, and whole on a phone.
  const scale = () => (innerWidth >= 1700 ? { font: 16, height: 1.2 } : { font: innerWidth < 600 ? 12 : 13, height: 1 });
  const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
  const plot = async (frame) => {
    if (!frame.offsetParent) { OUT_OF_SIGHT.add(frame); return; }
    OUT_OF_SIGHT.delete(frame);
    const { figure } = frame;
    const size = scale();
    const layout = { ...figure.layout, autosize: true, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
      height: figure.layout.height * size.height, font: { family: FONT, color: "#17212b", ...figure.layout.font, size: size.font },
      annotations: (figure.layout.annotations || []).map((each) => ({ ...each })), shapes: (figure.layout.shapes || []).map((each) => ({ ...each })) };
    frame.querySelector(".drawing").style.height = `${layout.height}px`;  // a card that changes size keeps its height
    await plotly();
    await Plotly.react(frame.querySelector(".drawing"), figure.traces, layout, { displayModeBar: false, responsive: true, scrollZoom: false });
  };
  // The page answers before the library that draws has come.
  const plotly = () => new Promise((ready) => {
    const look = () => (window.Plotly ? ready() : setTimeout(look, 30));
    look();
  });
  const draw = (figure) => {
    const group = at("figures-" + figure.place);
    let frame = at(`figure-${figure.id}`);
    if (!frame) { frame = frameOf(figure); group.append(frame); }
    const contents = JSON.stringify([figure, scale()]);
    if (frame.contents === contents) return undefined;  // looking at another year redraws no more than it must
    frame.contents = contents;
    frame.figure = figure;
    frame.querySelector(".finding-title").textContent = figure.title;
    frame.querySelector(".sub").textContent = figure.sub;
    frame.querySelector(".marks").textContent = figure.marks;
    frame.querySelector(".drawing").setAttribute("aria-label", `${figure.title}. ${figure.alt}`);
    const behind = frame.querySelector(".scrolls");
    behind.setAttribute("aria-label", figure.title);
    behind.replaceChildren(table(figure.table));
    return plot(frame);
  };
  // What was told while its tab was closed is drawn as the tab opens, at the size that it then has.
  const drawOpened = () => { for (const frame of [...OUT_OF_SIGHT]) if (frame.isConnected) plot(frame); else OUT_OF_SIGHT.delete(frame); };
  const keep = (place, figures) => {
    const wanted = new Set(figures.map((each) => `figure-${each.id}`));
    for (const each of at(`figures-${place}`).querySelectorAll("figure")) {
      if (!wanted.has(each.id)) { if (window.Plotly) Plotly.purge(each.querySelector(".drawing")); each.remove(); }
    }
  };
  return { table, save, draw, drawOpened, keep };
};
