/* The explorer in the browser: predictions of the study between its points, the answer in words, and the search
   among claims. Words come from words.js of the page, numbers from study.js and a script per kind of town. */
(function () {
  "use strict";
  const own = window.landingsbaan, words = own.words, study = own.study;
  const by = (id) => document.getElementById(id);
  const say = (key, values) => words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  function number(value, decimals, sign) {
    const size = Math.abs(value).toFixed(decimals), [whole, part] = size.split(".");
    const before = Number(size) === 0 ? "" : value < 0 ? "\u2212" : sign ? "+" : "";
    return before + whole.replace(/\B(?=(\d{3})+$)/g, words.thousands_sign) + (part ? words.decimal_sign + part : "");
  }

  /* As many decimals as say something next to the largest of some numbers. */
  function decimalsOf(...values) {
    return Math.max(...values.map(Math.abs)) >= 100 ? 0 : 1;
  }

  function drawn(name, attributes, ...children) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  function debounced(act, wait) {
    let timer = 0;
    return () => { clearTimeout(timer); timer = setTimeout(act, wait); };
  }

  function fromLink() {
    return new URLSearchParams(location.hash.slice(1));
  }

  function keepLink(values) {
    const filled = Object.entries(values).filter((each) => each[1] !== "");
    const hash = "#" + new URLSearchParams(filled).toString();
    try { history.replaceState(null, "", hash); } catch (error) { /* too often for some browsers: next time */ }
    const other = by("language");
    other.href = other.getAttribute("href").split("#")[0] + hash;
  }

  // -- predictions

  const LEVERS = ["signalling", "team", "cut", "years"], PERCENT = { signalling: 1, cut: 1 };
  const cells = {};

  /* Numbers of one kind of town: whole numbers of 16 bits, by pair, lever and value (mean, low, high). */
  function cellsOf(kind) {
    if (!cells[kind]) {
      const text = atob(own[kind]), bytes = new Uint8Array(text.length);
      for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
      const view = new DataView(bytes.buffer), found = new Int16Array(bytes.length / 2);
      for (let place = 0; place < found.length; place++) found[place] = view.getInt16(2 * place, true);
      cells[kind] = found;
    }
    return cells[kind];
  }

  /* Mean and interval of a difference at any point: straight lines between the points of the study. */
  function predicted(kind, difference, outcome, point) {
    const pair = study.pairs.findIndex((each) => each[0] === difference && each[1] === outcome);
    const scale = 10 ** study.pairs[pair][2], found = cellsOf(kind);
    let corners = [[pair, 1]];
    for (const lever of LEVERS) {
      const steps = study.steps[lever], last = steps.length - 2, value = point[lever];
      let place = 0;
      while (place < last && value > steps[place + 1]) place++;
      const share = Math.min(1, Math.max(0, (value - steps[place]) / (steps[place + 1] - steps[place])));
      corners = corners.flatMap(([at, weight]) => [
        [at * steps.length + place, weight * (1 - share)],
        [at * steps.length + place + 1, weight * share],
      ]).filter((each) => each[1] > 0);
    }
    const estimate = [0, 0, 0];
    for (const [at, weight] of corners) {
      for (let value = 0; value < 3; value++) estimate[value] += weight * found[3 * at + value] / scale;
    }
    return { mean: estimate[0], low: estimate[1], high: estimate[2], same: false };
  }

  const SAME = { mean: 0, low: 0, high: 0, same: true };
  const alike = (a, b) => Math.abs(a - b) < 1e-9;

  /* Whether a point is what it is compared with: then nothing differs, by definition. */
  function isCompared(difference, point) {
    const organised = alike(point.signalling, study.usual.signalling) && alike(point.team, study.usual.team);
    const uncut = alike(point.cut, 0);
    return { organisation: organised, landing: uncut, level: organised && uncut,
      harm: uncut || alike(point.years, study.steps.years[study.steps.years.length - 1]),
      signalling: alike(point.signalling, 0) }[difference];
  }

  /* Without a cut there is nothing to phase in, so its length does not matter. */
  function effect(kind, difference, outcome, point) {
    if (isCompared(difference, point)) return SAME;
    return predicted(kind, difference, outcome, point.cut === 0 ? { ...point, years: 0 } : point);
  }

  /* The level of what a point is compared with: the usual level less the usual cut, and what else differs. */
  function levelBefore(kind, ask, outcome, point) {
    const uncut = study.usual_levels[kind][outcome] - study.usual_cut[kind][outcome];
    const other = { organisation: { ...point, signalling: study.usual.signalling, team: study.usual.team },
      landing: { ...point, cut: 0, years: 0 } }[ask];
    return other ? uncut + effect(kind, "level", outcome, other).mean : uncut;
  }

  const isSure = (found) => found.low > 0 || found.high < 0;

  // -- the page with sliders

  const OUTCOMES = { cost: "net_cost", unmet: "unmet", waiting: "waiting" };
  const HARM = "unmet_ten_years";
  const PLANES = { teams: ["signalling", "team"], cut: ["cut", "years"] };
  const COLOURS = [[247, 251, 255], [198, 219, 239], [107, 174, 214], [33, 113, 181], [8, 48, 107]];
  const START = { place: "", kind: "average", ask: "organisation", show: "cost", map: "teams",
    signalling: 10, team: 0.9, cut: 15, years: 0 };
  let state = { ...START };

  const placeOf = (slug) => study.municipalities.find((each) => each.slug === slug);

  function pointOf(chosen) {
    const point = {};
    for (const lever of LEVERS) point[lever] = PERCENT[lever] ? chosen[lever] / 100 : chosen[lever];
    return point;
  }

  function readState() {
    const link = fromLink(), read = { ...START }, place = placeOf(link.get("place"));
    if (place) Object.assign(read, { place: place.slug, kind: place.kind || "average" });
    const allowed = { kind: study.kinds, ask: ["organisation", "landing", "level"],
      show: Object.keys(OUTCOMES), map: Object.keys(PLANES) };
    for (const key in allowed) if (allowed[key].includes(link.get(key))) read[key] = link.get(key);
    for (const lever of LEVERS) {
      const given = parseFloat(link.get(lever)), slider = by(lever);
      if (!Number.isFinite(given)) continue;
      slider.value = given;  // the browser puts it within the slider's range and on its steps
      read[lever] = Number(slider.value);
    }
    return read;
  }

  function showState() {
    by("place").value = state.place;
    for (const lever of LEVERS) by(lever).value = state[lever];
    for (const key of ["kind", "ask", "show", "map"]) {
      document.querySelector(`input[name=${key}][value=${state[key]}]`).checked = true;
    }
  }

  function leverText(lever, value, form) {
    if (lever === "years") {
      if (state.cut === 0) return say("value_no_cut");
      return value === 0 ? say("value_at_once") : value === 1 ? say("value_year") : say("value_years", { value: number(value, 0) });
    }
    return say(`${form}_${lever}`, { value: number(value, lever === "team" ? 1 : 0) });
  }

  function kindText() {
    const place = placeOf(state.place), kind = say(state.kind);
    return place && place.kind === state.kind ? say("kind_like", { kind, place: place.name }) : kind;
  }

  function questionText(point) {
    const kind = kindText();
    if (state.ask === "level") return say("question_all", { kind });
    if (state.ask === "landing") {
      if (state.cut === 0) return say("question_no_cut", { kind });
      return state.years === 0 ? say("question_cut_at_once", { kind, cut: state.cut })
        : say("question_cut_spread", { kind, cut: state.cut, years: leverText("years", state.years, "value") });
    }
    const teams = say(point.team > study.usual.team ? "larger_teams" : "smaller_teams");
    const other = !alike(point.team, study.usual.team);
    return say(`question_${state.signalling ? (other ? "both" : "signalling") : other ? "teams" : "nothing"}`, { kind, teams });
  }

  function placeText() {
    const place = placeOf(state.place);
    if (!place) return say("place_nobody");
    const values = { place: place.name, kind: say(place.kind || "average"), youth: number(place.youth, 1),
      money: place.money === null ? "" : number(place.money, 1) };
    if (state.kind !== (place.kind || "average")) return say("place_own", { place: place.name, kind: say(state.kind) });
    if (!place.kind) return say("place_unknown", values);
    const others = study.kinds.filter((each) => each !== place.kind);
    const second = others.reduce((a, b) => place.distances[a] <= place.distances[b] ? a : b);
    const nearly = place.distances[second] < 1.5 * place.distances[place.kind];
    return say("place_resembles", values) + (nearly ? " " + say("place_nearly", { kind: say(second) }) : "");
  }

  /* Direction of a change for the worse or the better; all measures here are better when lower. */
  function direction(found) {
    return found.same ? "same" : found.low > 0 ? "more" : found.high < 0 ? "less" : "unsure";
  }

  const SIGNS = { good: "M1.5 7.2l3.2 3.2 6-7", bad: "M6.5 1v7M6.5 10.5v2", unsure: "M1 6.5h11M1 6.5l3-3M1 6.5l3 3M12 6.5l-3-3M12 6.5l-3 3" };

  function showDirection(chip, look, text) {
    chip.className = `dir ${look}`;
    const sign = drawn("svg", { viewBox: "0 0 13 13", "aria-hidden": "true" },
      drawn("path", { d: SIGNS[look], fill: "none", stroke: "currentColor", "stroke-width": 2 }));
    chip.replaceChildren(sign, text);
  }

  function strip(name, found, decimals, width) {
    const reach = 1.1 * Math.max(Math.abs(found.low), Math.abs(found.high), 1e-9), middle = width / 2;
    const at = (value) => middle + (middle - 6) * value / reach;
    const cost = name === "cost" ? "_cost" : "", sure = isSure(found);
    const label = say("strip", { name: say(`name_${name}`), mean: number(found.mean, decimals, true),
      low: number(found.low, decimals, true), high: number(found.high, decimals, true) });
    return drawn("svg", { viewBox: `0 0 ${width} 46`, role: "img", "aria-label": label },
      drawn("line", { x1: middle, x2: middle, y1: 16, y2: 44, class: "zero" }),
      drawn("text", { x: middle - 7, y: 12, class: "axis end" }, `\u2190 ${say("axis_less" + cost)}`),
      drawn("text", { x: middle + 7, y: 12, class: "axis" }, `${say("axis_more" + cost)} \u2192`),
      drawn("line", { x1: at(found.low), x2: at(found.high), y1: 30, y2: 30, class: sure ? "sure" : "open" }),
      drawn("circle", { cx: at(found.mean), cy: 30, r: 5.5, class: sure ? "dot" : "ring" }));
  }

  function changeText(found, decimals) {
    const size = number(Math.abs(found.mean), decimals);
    return Number(found.mean.toFixed(decimals)) === 0 ? say("none") : say(found.mean > 0 ? "more" : "less", { value: size });
  }

  function showTile(name, found, before, worseForPeople) {
    const tile = by(`tile-${name}`), part = (of) => tile.querySelector(`.${of}`);
    const decimals = decimalsOf(found.mean, found.low, found.high), way = direction(found);
    const look = { more: "bad", less: "good", unsure: "unsure", same: "unsure" }[way];
    const wording = { more: "worse", less: "better", unsure: "unsure", same: "same" }[way];
    const money = { more: "costs", less: worseForPeople ? "spends_less" : "saves" }[way];
    const harm = { more: "worse_harm", less: "better_harm" }[way];
    const directionText = say((name === "cost" && money) || (name === "harm" && harm) || wording);
    showDirection(part("dir"), name === "cost" && money === "spends_less" ? "unsure" : look, directionText);
    part("tile-number").textContent = changeText(found, decimals);
    part("interval").textContent = found.same ? "" : `${say("interval", { low: number(found.low, decimals, true),
      high: number(found.high, decimals, true) })} ${say(isSure(found) ? "certain" : "uncertain")}`;
    part("strip").replaceChildren(...(found.same ? [] : [strip(name, found, decimals, Math.max(150, Math.min(300, part("strip").clientWidth)))]));
    const values = { before: number(before, 0), after: number(before + found.mean, 0) };
    part("from").textContent = name === "harm" ? say(found.same ? (state.cut === 0 ? "no_cut_no_harm" : "no_harm") : "from_harm", values)
      : found.same ? say("is_compared") : say("from_to", values);
    tile.dataset.mean = found.mean;
    tile.dataset.low = found.low;
    tile.dataset.high = found.high;
    if (!by(`stick-${name}`)) return;
    by(`stick-${name}`).textContent = found.same ? "0" : number(found.mean, decimals, true);
    by(`stick-${name}-direction`).textContent = directionText;
  }

  function showSide(found, before) {
    // Harm of the transition comes from the cut: it is no side effect of early signalling or teams.
    const names = state.ask === "organisation" ? ["unmet", "waiting"] : ["unmet", "waiting", "harm"], rank = (name) => found[name].mean / before[name];
    const sure = names.filter((name) => found[name].low > 0);
    const maybe = names.filter((name) => !isSure(found[name]) && found[name].mean > 0);
    const worst = (sure.length ? sure : maybe).sort((a, b) => rank(b) - rank(a))[0];
    const how = sure.length ? "sure" : worst ? "maybe" : "none";
    by("side").className = `side ${how}`;
    by("side-title").textContent = say(`side_${how}`);
    if (!worst) { by("side-text").textContent = say("side_nothing"); return; }
    const one = found[worst], decimals = decimalsOf(one.mean, one.low, one.high);
    by("side-text").textContent = say(worst === "harm" ? "side_harm" : "side_effect", {
      name: say(`name_${worst}`), change: changeText(one, decimals), unit: say(`unit_${worst}`),
      before: number(before[worst], 0), after: number(before[worst] + one.mean, 0),
      low: number(one.low, decimals, true), high: number(one.high, decimals, true) });
  }

  function showAnswer(point) {
    const kind = state.kind, found = {}, before = {};
    for (const name in OUTCOMES) {
      found[name] = effect(kind, state.ask, OUTCOMES[name], point);
      before[name] = levelBefore(kind, state.ask, OUTCOMES[name], point);
    }
    found.harm = effect(kind, "harm", HARM, point);
    before.harm = study.usual_levels[kind][HARM];
    const worse = found.unmet.low > 0, nothing = found.cost.same, cost = direction(found.cost);
    const parts = nothing ? [say("nothing")] : [
      say(`cost_${cost}${cost === "less" && worse ? "_help" : ""}`), say(`unmet_${direction(found.unmet)}`),
      ...(isSure(found.waiting) ? [say(`waiting_${direction(found.waiting)}`)] : [])];
    by("question").textContent = questionText(point);
    by("headline").textContent = parts.join(" ");
    by("compared").textContent = say("compared", { against: say(`against_${state.ask}`) });
    by("not-a-saving").hidden = !(cost === "less" && worse);
    const alone = state.ask === "organisation" && state.signalling > 0 && !alike(point.team, study.usual.team);
    by("alone").hidden = !alone;
    if (alone) {
      const one = effect(kind, "signalling", "net_cost", point), decimals = decimalsOf(one.mean, one.low, one.high);
      by("alone").textContent = say("signalling_alone", { mean: number(one.mean, decimals, true),
        low: number(one.low, decimals, true), high: number(one.high, decimals, true) });
    }
    showSide(found, before);
    for (const name in found) showTile(name, found[name], before[name], worse);
    return { found, before };
  }

  // -- the chart

  function colour(share) {
    const at = Math.min(3.999, Math.max(0, 4 * share)), place = Math.floor(at), part = at - place;
    return `rgb(${COLOURS[place].map((from, which) => Math.round(from + part * (COLOURS[place + 1][which] - from))).join(",")})`;
  }

  function chartCells(point) {
    const [across, up] = PLANES[state.map], found = [];
    study.steps[up].forEach((y, row) => study.steps[across].forEach((x, column) => {
      const estimate = effect(state.kind, state.ask, OUTCOMES[state.show], { ...point, [across]: x, [up]: y });
      found.push({ x, y, row, column, ...estimate });
    }));
    return found;
  }

  const stepText = (lever, value) => number(PERCENT[lever] ? 100 * value : value, lever === "team" ? 1 : 0);

  /* Where a value lies among the steps of a lever, which stand equally far apart. */
  function placeAmong(lever, value) {
    const steps = study.steps[lever];
    let place = 0;
    while (place < steps.length - 2 && value > steps[place + 1]) place++;
    return place + (value - steps[place]) / (steps[place + 1] - steps[place]);
  }

  function showChart(point) {
    const [across, up] = PLANES[state.map], found = chartCells(point), counted = found.filter((each) => !each.same);
    const width = Math.max(290, Math.min(760, by("chart").clientWidth)), narrow = width < 480;
    const left = 44, top = 24, columns = study.steps[across].length, rows = study.steps[up].length;
    const wide = (width - left - 4) / columns, high = narrow ? 34 : 40, bottom = top + rows * high;
    const means = found.map((each) => each.mean), least = Math.min(...means), range = Math.max(...means) - least || 1;
    const decimals = wide < 44 ? 0 : decimalsOf(...means), picture = [];
    const hatch = drawn("pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      drawn("line", { x1: 0, x2: 0, y1: 0, y2: 7, stroke: "#45525f", "stroke-width": 1.4, "stroke-opacity": 0.55 }));
    picture.push(drawn("defs", {}, hatch));
    for (const each of found) {
      const share = (each.mean - least) / range, x = left + each.column * wide, y = bottom - (each.row + 1) * high;
      const shade = colour(share), open = !each.same && !isSure(each), text = each.same ? "0" : number(each.mean, decimals, true);
      const box = drawn("rect", { x, y, width: wide, height: high, fill: shade, class: "cell" });
      box.addEventListener("click", () => take(across, each.x, up, each.y));
      picture.push(box);
      if (open) {
        const room = 7.2 * text.length + 4;
        picture.push(drawn("rect", { x, y, width: wide, height: high, fill: "url(#hatch)", class: "back" }),
          drawn("rect", { x: x + (wide - room) / 2, y: y + high / 2 - 9, width: room, height: 18, fill: shade, class: "back" }));
      }
      picture.push(drawn("text", { x: x + wide / 2, y: y + high / 2 + 4.5, class: share > 0.66 ? "figure dark" : "figure" }, text));
    }
    study.steps[across].forEach((value, column) => picture.push(
      drawn("text", { x: left + (column + 0.5) * wide, y: bottom + 17, class: "axis middle" }, stepText(across, value))));
    study.steps[up].forEach((value, row) => picture.push(
      drawn("text", { x: left - 8, y: bottom - (row + 0.5) * high + 4, class: "axis end" }, stepText(up, value))));
    picture.push(drawn("text", { x: 0, y: 12, class: "axis" }, `\u2191 ${say(`axis_${up}`)}`),
      drawn("text", { x: width - 4, y: bottom + 36, class: "axis end" }, `${say(`axis_${across}`)} \u2192`));
    const x = left + (placeAmong(across, point[across]) + 0.5) * wide, y = bottom - (placeAmong(up, point[up]) + 0.5) * high;
    // On a point of the study its square is framed; between points a ring stands where the choice lies.
    const onPoint = [across, up].every((lever) => study.steps[lever].some((each) => alike(each, point[lever])));
    for (const [stroke, thick] of [["#fff", 6], ["#b34700", 3]]) {
      const look = { class: "you", stroke, "stroke-width": thick };
      picture.push(onPoint ? drawn("rect", { x: x - wide / 2 + 3, y: y - high / 2 + 3, width: wide - 6, height: high - 6, rx: 6, ...look })
        : drawn("circle", { cx: x, cy: y, r: 8, ...look }));
    }
    picture.push(
      drawn("text", { x: left, y: bottom + 54, class: "axis label" }, `${onPoint ? "\u25a2" : "\u25cb"} ${say("you")}`));
    const count = { more: counted.filter((each) => each.low > 0).length, less: counted.filter((each) => each.high < 0).length };
    const title = say("chart_title", { name: say(`name_${state.show}`), ...count,
      open: counted.length - count.more - count.less, all: counted.length });
    by("chart-title").textContent = title;
    by("chart-subtitle").textContent = say("chart_subtitle", { unit: capital(say(`unit_${state.show}`)), against: say(`against_${state.ask}`) });
    by("chart").replaceChildren(drawn("svg", { viewBox: `0 0 ${width} ${bottom + 60}`, role: "img", "aria-label": title }, ...picture));
    by("chart").firstChild.style.maxWidth = `${width}px`;
    return found;
  }

  function showTable(found) {
    const [across, up] = PLANES[state.map], table = by("chart-table"), decimals = decimalsOf(...found.map((each) => each.mean));
    const cell = (tag, text, attributes) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });
    table.caption.textContent = by("chart-title").textContent;
    table.tHead.rows[0].replaceChildren(...[say(`axis_${across}`), say(`axis_${up}`), say("head_mean"), say("head_low"), say("head_high")]
      .map((text, place) => cell("th", text, { scope: "col", className: place > 1 ? "figure" : "" })));
    table.tBodies[0].replaceChildren(...found.map((each) => {
      const row = document.createElement("tr");
      row.append(cell("th", stepText(across, each.x), { scope: "row" }), cell("td", stepText(up, each.y)),
        ...[each.mean, each.low, each.high].map((value) => cell("td", number(value, decimals, true), { className: "figure" })));
      return row;
    }));
  }

  // -- downloads

  const plain = (value) => String(Number(value.toFixed(4))).replace(".", words.decimal_sign);

  function download(name, rows) {
    const quoted = (cell) => /["\n]/.test(cell) || cell.includes(words.column_sign) ? `"${cell.replace(/"/g, '""')}"` : cell;
    const text = "\ufeff" + rows.map((row) => row.map((cell) => quoted(typeof cell === "number" ? plain(cell) : cell)).join(words.column_sign)).join("\r\n") + "\r\n";
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = Object.assign(document.createElement("a"), { href: address, download: `landingsbaan_${say(`file_${name}`)}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  const LEVER_HEADS = () => LEVERS.map((lever) => say(`column_${lever}`));
  const VALUE_HEADS = () => ["mean", "low", "high"].map((each) => say(`column_${each}`));

  function answerRows() {
    const point = pointOf(state), levers = LEVERS.map((lever) => point[lever]);
    const rows = Object.keys(OUTCOMES).map((name) => [name, say(`against_${state.ask}`), effect(state.kind, state.ask, OUTCOMES[name], point)]);
    rows.push(["harm", say("of_harm"), effect(state.kind, "harm", HARM, point)]);
    return [[say("column_kind"), say("column_question"), say("column_measure"), say("column_unit"), ...LEVER_HEADS(), ...VALUE_HEADS()],
      ...rows.map(([name, against, one]) => [say(state.kind), against, say(`name_${name}`), say(`unit_${name}`), ...levers, one.mean, one.low, one.high])];
  }

  function chartRows() {
    const point = pointOf(state), [across, up] = PLANES[state.map];
    return [[say("column_kind"), say("column_question"), say("column_measure"), ...LEVER_HEADS(), ...VALUE_HEADS()],
      ...chartCells(point).map((each) => [say(state.kind), say(`against_${state.ask}`), say(`name_${state.show}`),
        ...LEVERS.map((lever) => lever === across ? each.x : lever === up ? each.y : point[lever]), each.mean, each.low, each.high])];
  }

  function gridRows() {
    const rows = [[say("column_kind"), say("column_question"), say("column_measure"), ...LEVER_HEADS(), ...VALUE_HEADS()]];
    const steps = study.steps;
    for (const kind of study.kinds) {
      const found = cellsOf(kind);
      let at = 0;
      for (const [difference, outcome, decimals] of study.pairs) {
        for (const signalling of steps.signalling) for (const team of steps.team) for (const cut of steps.cut) for (const years of steps.years) {
          rows.push([say(kind), say(`of_${difference}`), say(`measure_${outcome}`), signalling, team, cut, years,
            ...[0, 1, 2].map((value) => found[at + value] / 10 ** decimals)]);
          at += 3;
        }
      }
    }
    return rows;
  }

  // -- together

  const speak = debounced(() => { by("spoken").textContent = by("headline").textContent; }, 500);
  const keep = debounced(() => {
    keepLink(state);
    by("link").value = location.href;
  }, 150);

  function show() {
    const point = pointOf(state);
    for (const lever of LEVERS) {
      by(`${lever}-value`).textContent = leverText(lever, state[lever], "short");
      by(lever).setAttribute("aria-valuetext", leverText(lever, state[lever], "value"));
    }
    by("years").disabled = state.cut === 0;
    by("place-note").textContent = placeText();
    showAnswer(point);
    const found = showChart(point);
    if (by("chart-table").closest("details").open) showTable(found);
    document.title = `${by("question").textContent} - landingsbaan`;
    speak();
    keep();
  }

  function take(across, x, up, y) {
    for (const [lever, value] of [[across, x], [up, y]]) state[lever] = Number((PERCENT[lever] ? 100 * value : value).toFixed(1));
    showState();
    show();
  }

  function beginExplorer() {
    const place = by("place");
    for (const each of study.municipalities) place.append(new Option(each.name, each.slug));
    place.addEventListener("change", () => {
      const chosen = placeOf(place.value);
      Object.assign(state, { place: place.value, kind: chosen && chosen.kind || "average" });
      showState();
      show();
    });
    for (const lever of LEVERS) {
      by(lever).addEventListener("input", () => { state[lever] = Number(by(lever).value); show(); });
    }
    for (const key of ["kind", "ask", "show", "map"]) {
      for (const radio of document.querySelectorAll(`input[name=${key}]`)) {
        radio.addEventListener("change", () => {
          state[key] = radio.value;
          if (key === "ask") state.map = { organisation: "teams", landing: "cut", level: state.map }[radio.value];
          showState();
          show();
        });
      }
    }
    by("reset").addEventListener("click", () => { state = { ...START }; showState(); show(); });
    by("chart-table").closest("details").addEventListener("toggle", () => showTable(chartCells(pointOf(state))));
    by("download-answer").addEventListener("click", () => download("answer", answerRows()));
    by("download-chart").addEventListener("click", () => download("chart", chartRows()));
    by("download-grid").addEventListener("click", () => download("grid", gridRows()));
    by("copy").addEventListener("click", async () => {
      keepLink(state);
      by("link").value = location.href;
      try {
        await navigator.clipboard.writeText(location.href);
        by("copied").textContent = say("copied");
      } catch (error) {
        by("link").select();
        by("copied").textContent = say("not_copied");
      }
    });
    const again = () => { state = readState(); showState(); show(); };
    addEventListener("hashchange", again);
    new ResizeObserver(debounced(show, 100)).observe(by("chart"));
    again();
  }

  // -- the page with claims

  function beginClaims() {
    const rows = [...document.querySelectorAll(".claim")], find = by("find"), verdict = by("verdict");
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const keepSearch = debounced(() => {
      const filters = {};
      if (find.value) filters.find = find.value;
      if (verdict.value) filters.verdict = verdict.value;
      keepLink(filters);
    }, 150);
    function search() {
      const asked = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, place) => {
        const fits = asked.every((word) => texts[place].includes(word)) && (!verdict.value || row.dataset.verdict === verdict.value);
        row.hidden = !fits;
        count += fits;
      });
      by("count").textContent = say("claims_found", { count, all: rows.length });
      by("none-found").hidden = count > 0;
      keepSearch();
    }
    function again() {
      const named = by(location.hash.slice(1));  // a link to one claim, as claims.html#C06
      if (named && rows.includes(named)) { named.open = true; named.scrollIntoView(); return; }
      const link = fromLink();
      find.value = link.get("find") || "";
      verdict.value = [...verdict.options].some((each) => each.value === link.get("verdict")) ? link.get("verdict") : "";
      search();
    }
    by("finder").addEventListener("submit", (event) => event.preventDefault());
    find.addEventListener("input", search);
    verdict.addEventListener("change", search);
    addEventListener("hashchange", again);
    by("count").textContent = say("claims_found", { count: rows.length, all: rows.length });
    again();
  }

  if (by("claims")) beginClaims();
  else beginExplorer();
})();
