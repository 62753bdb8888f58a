// Figures with their tables and downloads; told how words and numbers are written in the page's language.
"use strict";
const figuresOf = (at, make, word, number) => {
  const table = (contents) => {
    const made = make("table");
    const head = made.createTHead().insertRow();
    for (const column of contents.columns) head.append(make("th", { scope: "col" }, column));
    const body = made.createTBody();
    for (const row of contents.rows) {
      const line = body.insertRow();
      row.forEach((cell, place_) => {
        const numeric = typeof cell === "number";
        const year = numeric && place_ === 0;
        line.append(make("td", numeric ? { class: "number" } : {},
          numeric ? (year ? String(cell) : number(cell, Number.isInteger(cell) && contents.digits === 0 ? 0 : contents.digits)) : cell));
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
  const csv = (figure) => {
    const cell = (value) => (typeof value === "number" ? String(value) : `"${String(value).replace(/"/g, '""')}"`);
    const lines = [figure.table.columns, ...figure.table.rows].map((row) => row.map(cell).join(","));
    return [`# ${figure.title}. ${figure.marks}\n`, lines.join("\n") + "\n"];
  };
  const picture = async (figure) => {
    const layout = { ...figure.layout, title: { text: `${figure.title}<br><sub>${figure.marks}</sub>`, font: { size: 15 } },
      margin: { ...figure.layout.margin, t: 90 } };
    const data = await Plotly.toImage({ data: figure.traces, layout }, { format: "svg", width: 900, height: 560 });
    save(`${figure.id}.svg`, [decodeURIComponent(data.slice(data.indexOf(",") + 1))], "image/svg+xml");
  };
  const frameOf = (figure) => {
    const frame = make("figure", { id: `figure-${figure.id}` });
    frame.append(make("figcaption", {}, ""), make("div", { class: "drawing", role: "img" }));
    const details = make("details");
    details.append(make("summary", { "data-word": "table" }, word("table")), make("div", { class: "scrolls", tabindex: "0", role: "region" }));
    const buttons = make("div", { class: "row-of-buttons" });
    const asCsv = make("button", { type: "button", class: "plain csv", "data-word": "csv" }, word("csv"));
    const asSvg = make("button", { type: "button", class: "plain svg", "data-word": "svg" }, word("svg"));
    asCsv.addEventListener("click", () => { const now = frame.figure; save(`${now.id}.csv`, csv(now), "text/csv"); });
    asSvg.addEventListener("click", () => picture(frame.figure));
    buttons.append(asCsv, asSvg);
    frame.append(details, buttons);
    return frame;
  };
  // Readable from the back of a room, and whole on a phone.
  const scale = () => (innerWidth >= 1700 ? { font: 17, height: 1.25 } : { font: innerWidth < 600 ? 11 : 13, height: 1 });
  const draw = (figure) => {
    const group = at("figures-" + figure.id.split("-")[0]);
    let frame = at(`figure-${figure.id}`);
    if (!frame) { frame = frameOf(figure); group.append(frame); }
    const size = scale();
    const contents = JSON.stringify([figure, size]);
    if (frame.contents === contents) return undefined;  // looking at another year redraws no more than it must
    frame.contents = contents;
    frame.figure = figure;
    const caption = frame.querySelector("figcaption");
    caption.replaceChildren(document.createTextNode(figure.title), make("div", { class: "marks" }, figure.marks));
    const drawing = frame.querySelector(".drawing");
    drawing.setAttribute("aria-label", `${figure.title}. ${figure.alt}`);
    const behind = frame.querySelector(".scrolls");
    behind.setAttribute("aria-label", figure.title);
    behind.replaceChildren(table(figure.table));
    const layout = { ...figure.layout, autosize: true, paper_bgcolor: "#fff", plot_bgcolor: "#fff",
      height: figure.layout.height * size.height, font: { ...figure.layout.font, size: size.font } };
    return Plotly.react(drawing, figure.traces, layout, { displayModeBar: false, responsive: true, scrollZoom: false });
  };
  return { table, save, draw };
};
