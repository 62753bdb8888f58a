// Small parts that are made in the browser: texts, buttons, direction chips, strips of replications, tables.
// Texts are set as text, never as markup, so nothing that came by a link can become part of the page.
"use strict";
const partsOf = () => {
  const SVG = "http://www.w3.org/2000/svg";
  const make = (tag, attributes = {}, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside.filter((each) => each !== null && each !== undefined));
    return made;
  };
  const drawn = (tag, attributes = {}, text = "") => {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  };
  const SIGNS = {
    good: "M7 0a7 7 0 1 0 0 14A7 7 0 0 0 7 0zM3.6 7.2l2.4 2.4 4.5-4.9",
    bad: "M7 0l7 13H0zM7 4.5v4M7 10.2v1.6",
    unsure: "M0 7h14M0 7l3-3M0 7l3 3M14 7l-3-3M14 7l-3 3",
    first: "M7 1.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M7 4v3.4l2.3 1.5",
    same: "M1 5h12M1 9h12",
  };
  const COLOURS = { good: "#00634f", bad: "#9c3600", unsure: "#4b5560", first: "#4b5560", same: "#4b5560" };
  // A word in a shape with a sign and a border of its own: it reads without colour too.
  const chip = (direction) => {
    const sign = drawn("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" });
    sign.append(drawn("path", { d: SIGNS[direction.kind], fill: "none", stroke: COLOURS[direction.kind], "stroke-width": 1.7 }));
    return make("span", { class: `dir ${direction.kind}` }, sign, direction.word);
  };
  // One dot per replication, equal ones stacked; a bar for the interval, a large dot for the mean.
  const strip = (tile, label) => {
    const wide = 300;
    const predicted = tile.mine || [];
    const all = [...tile.values, ...tile.ends, ...predicted, 0];
    const low = Math.min(...all);
    const high = Math.max(...all);
    const span = high - low || 1;
    const at = (value) => 22 + ((value - low) / span) * (wide - 44);
    const picture = drawn("svg", { viewBox: `0 0 ${wide} 74`, role: "img", "aria-label": label });
    const stacks = new Map();
    const dots = tile.values.map((value) => {
      const column = Math.round((at(value) - at(0)) / 7) || Math.sign(value);  // never on the other side of zero
      const above = stacks.get(column) || 0;
      stacks.set(column, above + 1);
      return drawn("circle", { cx: at(0) + column * 7, cy: 39 - Math.min(above, 3) * 6.2, r: 2.8, fill: "#6f9cc0" });
    });
    picture.append(drawn("line", { x1: at(0), y1: 17, x2: at(0), y2: 56, stroke: "#17212b", "stroke-width": 1.2 }), ...dots);
    if (tile.ends.length) {
      picture.append(drawn("line", { x1: at(tile.ends[0]), y1: 49, x2: at(tile.ends[1]), y2: 49, stroke: "#17212b", "stroke-width": 3, "stroke-linecap": "round" }));
      picture.append(drawn("circle", { cx: at(tile.mean), cy: 49, r: 5, fill: "#17212b" }));
    }
    if (predicted.length) {  // what somebody predicted
      picture.append(drawn("line", { x1: at(predicted[0]), y1: 57, x2: Math.max(at(predicted[1]), at(predicted[0]) + 2), y2: 57, stroke: "#b34700", "stroke-width": 4, "stroke-dasharray": "7 2" }));
    }
    // Next to zero where both fit, otherwise at the edges.
    const sides = [`← ${tile.sides[0]}`, `${tile.sides[1]} →`];
    const shown = [at(0) >= 90, at(0) <= wide - 90];
    const room = [at(0) - 6, wide - at(0) - 6];
    const fits = sides.every((text, side) => !shown[side] || 7.4 * text.length <= room[side]);
    const placed = fits ? [at(0) - 6, at(0) + 6] : [1, wide - 1];
    const anchors = fits ? ["end", "start"] : ["start", "end"];
    sides.forEach((text, side) => {
      if (shown[side]) picture.append(drawn("text", { y: 11, class: "ax", x: placed[side], "text-anchor": anchors[side] }, text));
    });
    const marks = tile.ends.length ? tile.ends.map((end, place) => [at(end), tile.ends_told[place]]) : [];
    if (!marks.some(([x]) => Math.abs(x - at(0)) < 26)) marks.push([at(0), "0"]);
    for (const [x, text] of marks) picture.append(drawn("text", { x: Math.min(Math.max(x, 16), wide - 16), y: 71, class: "ax", "text-anchor": "middle" }, text));
    return picture;
  };
  // A table in which every row becomes a card on a phone: each cell knows what its column is called.
  const table = (columns, rows, name) => {
    const made = make("table", { class: "stack" });
    if (name) made.createCaption().append(make("span", { class: "visually-hidden" }, name));
    const head = made.createTHead().insertRow();
    head.append(...columns.map((each) => make("th", { scope: "col" }, each)));
    const body = made.createTBody();
    for (const cells of rows) {
      const row = body.insertRow();
      cells.forEach((cell, place) => {
        const inside = Array.isArray(cell) ? cell : [cell];
        row.append(make(place ? "td" : "th", place ? { "data-l": columns[place] } : { scope: "row" }, make("div", {}, ...inside)));
      });
    }
    return made;
  };
  return { make, drawn, chip, strip, table };
};
