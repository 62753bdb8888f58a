// The page's own part: controls to a link, the server's answer to words, figures and tables.
// Texts are set as text, never as markup, so nothing that came by a link can become part of the page.
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const WORDS = read("words");
  const CHOICES = read("choices");
  const LETTERS = ["a", "b", "c", "d"];
  const TILES = ["money", "help", "waiting"];
  const DETAILED = ["why", "landing"];
  const SHOWN_FIRST = { a: { signalling: 1 } };
  const at = (id) => document.getElementById(id);
  const app = at("app");
  const state = { system: "zaanstad", city: "zaanstad", policies: { ...SHOWN_FIRST }, names: {}, without: "nothing", look: "a",
    view: "answer", tab: "money", against: 5, payer: "municipality", measure: "waiting", year: 2020, shown: null, language: "en",
    model: CHOICES.model };
  const USUAL = structuredClone(state);
  const YEARS = ["year", "year-wijken"];
  const MILLISECONDS_A_YEAR = 700;
  const MILLISECONDS_TO_OPEN = 400;
  let place = null;
  let latest = null;
  let detail = null;
  let story = null;
  let run = null;
  let own = null;
  let desk = "";
  let badLink = "";
  let playing = null;
  let asked = "";
  let timer = null;

  const language = () => state.language;
  const here = (pair) => pair[state.language === "nl" ? 1 : 0];
  const wordIn = (language, key, values = {}) => WORDS[key][language === "nl" ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  const word = (key, values) => wordIn(state.language, key, values);
  const number = (value, digits) => new Intl.NumberFormat(state.language === "nl" ? "nl-NL" : "en-GB",
    { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: true }).format(value).replace("-", "−");
  const { make, chip, strip, table: cards } = partsOf();
  const { table, save, draw, drawOpened, keep } = figuresOf(at, make, word, number, language);
  const lab = labOf({ at, make, word, cards, strip, link: () => link() });
  const form = municipalityForm(CHOICES.fields, { at, make, word, number, language, save });

  // -- link ------------------------------------------------------------------------------------
  const policiesOf = (given) => {
    const policies = {};
    for (const letter of LETTERS.filter((each) => given.has(each))) {
      policies[letter] = {};
      for (const part of given.get(letter).split(",").filter(Boolean)) {
        const [name, value] = part.split(":");
        if (name in CHOICES.sliders && Number.isFinite(Number(value))) policies[letter][name] = Number(value);
      }
    }
    return policies;
  };
  const fromLink = (search) => {
    const given = new URLSearchParams(search);
    for (const key of ["system", "city", "without", "look", "view", "tab", "payer", "measure", "shown", "language", "model"]) {
      if (given.has(key)) state[key] = given.get(key);
    }
    if (given.has("system") && !given.has("city")) state.city = CHOICES.own_city[state.system] || state.city;
    for (const key of ["year", "against"]) if (Number.isFinite(Number(given.get(key) ?? NaN))) state[key] = Number(given.get(key));
    const policies = policiesOf(given);
    if (Object.keys(policies).length) state.policies = policies;
    for (const part of (given.get("names") || "").split(",").filter(Boolean)) {
      const [letter, name] = part.split(":");
      if (letter in state.policies && name) state.names[letter] = name;
    }
    if (!(state.look in state.policies)) [state.look] = Object.keys(state.policies);
    if (!["en", "nl"].includes(state.language)) state.language = "en";
  };
  const link = () => {
    const parts = [["system", state.system], ["city", state.city]];
    for (const [letter, levers] of Object.entries(state.policies)) {
      const written = Object.entries(levers).map(([name, value]) => `${name}:${value}`).join(",");
      parts.push([letter, written || "signalling:0"]);
    }
    const names = Object.entries(state.names).filter(([letter, name]) => letter in state.policies && name);
    if (names.length) parts.push(["names", names.map((each) => each.join(":")).join(",")]);
    if (state.without !== "nothing") parts.push(["without", state.without]);
    parts.push(["look", state.look], ["view", state.view], ["tab", state.tab], ["against", state.against]);
    parts.push(["payer", state.payer], ["measure", state.measure], ["year", state.year]);
    if (state.shown) parts.push(["shown", state.shown]);
    parts.push(["language", state.language], ["model", state.model]);
    return "?" + parts.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",")}`).join("&");
  };
  const showLink = (written) => {
    history.replaceState(null, "", written);
    at("link").textContent = location.origin + location.pathname + written;
  };
  // Numbers of other settings are greyed at once, before anything is asked.
  const outdated = (is, rests = null) => {
    for (const each of document.querySelectorAll(".dated, #live")) {
      if (!is || rests === null || rests.includes(each.id)) each.classList.toggle("stale", is);
    }
  };
  const ask = (wait = 0, changed = true) => {
    if (changed) {
      badLink = "";
      state.shown = null;
      state.model = CHOICES.model;
      if (latest) {
        outdated(true);
        for (const id of ["status", "compare-status"]) at(id).textContent = word("stale");
        at("status").className = "on";
      }
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      asked = link();
      app.setAttribute("aria-busy", "true");
      Shiny.setInputValue("link", asked, { priority: "event" });
    }, wait);
  };

  // -- controls --------------------------------------------------------------------------------
  const options = (select, pairs, chosen) => {
    select.replaceChildren(...pairs.map(([value, text]) => make("option", { value }, text)));
    select.value = chosen;
  };
  const inWords = () => {
    document.documentElement.lang = state.language;
    for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
    for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", word(each.dataset.label));
    drawer().title = word("drawer_toggle");
    drawer().setAttribute("aria-label", word("drawer_toggle"));
    for (const each of document.querySelectorAll("[data-language]")) {
      each.setAttribute("aria-pressed", String(each.dataset.language === state.language));
    }
    const sorted = (all) => Object.entries(all).map(([slug, names]) => [slug, here(names)])
      .sort((one, other) => one[1].localeCompare(other[1], state.language));
    options(at("system"), sorted(CHOICES.systems), state.system);
    options(at("city"), sorted(CHOICES.cities), state.city);
    options(at("payer"), ["municipality", "all_payers"].map((each) => [each, word(each)]), state.payer);
    options(at("without"), CHOICES.without.map((each) => [each, word("without_" + each)]), state.without);
    options(at("measure"), CHOICES.measures.map((each) => [each, word(each === "waiting" ? "measure_waiting_list" : "measure_" + each)]), state.measure);
    options(at("rank"), TILES.map((each) => [each, word("measure_" + each)]), at("rank").value || "money");
    const years = Object.entries(CHOICES.against).sort((one, other) => Number(one[0]) - Number(other[0]));
    options(at("against"), years.map(([value, names]) => [value, here(names)]), String(state.against));
    form.inWords();
  };
  const same = (one, other) => JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
  const part = (letter, shared) => Object.fromEntries(Object.entries(state.policies[letter])
    .filter(([name, value]) => CHOICES.sliders[name].shared === shared && (shared || value || !["signalling", "extra"].includes(name))));
  const showPolicies = () => {
    const letters = Object.keys(state.policies);
    at("tabs").replaceChildren(...letters.map((letter) => {
      const tab = make("button", { type: "button", class: "plain", "data-letter": letter, id: `tab-${letter}`,
        "aria-pressed": String(letter === state.look), title: nameOf(letter) }, letter.toUpperCase());
      tab.addEventListener("click", () => { look(letter); at(`tab-${letter}`).focus(); });
      return tab;
    }));
    at("which").hidden = letters.length < 2;
    for (const each of document.querySelectorAll("[data-adds]")) each.disabled = letters.length >= LETTERS.length;
    at("four").textContent = letters.length >= LETTERS.length ? word("four_at_most") : "";
    for (const [kind, shared] of [["policy", false], ["landing", true]]) {
      for (const radio of document.querySelectorAll(`input[name=${kind}]`)) {
        radio.checked = same(part(state.look, shared), CHOICES.presets[kind][radio.value]);
      }
    }
    at("drawer-policy").textContent = `${word("adjust_policy", { letter: state.look.toUpperCase() })}: ${nameOf(state.look)}`;
    if (document.activeElement !== at("policy-name")) at("policy-name").value = state.names[state.look] || "";
    for (const name of Object.keys(CHOICES.sliders)) showSlider(name);
  };
  const nameOf = (letter) => state.names[letter] || (latest && latest.names[letter]) || letter.toUpperCase();
  const look = (letter) => { state.look = letter; showPolicies(); ask(0, false); };
  const valueText = (name, value) => {
    const slider = CHOICES.sliders[name];
    const shown = slider.percent ? 100 * value : value;
    return word(`${name}_unit`, { value: number(shown, Number.isInteger(shown) ? 0 : slider.decimals) });
  };
  const today = (name) => {
    const now = place ? place.own[name] : undefined;
    if (name === "signalling") return valueText(name, 0);
    if (name === "cut" && (now === null || now === undefined)) return word("per_law");
    if (name === "phase_in" && (now === null || now === undefined)) return word("as_happened_value");
    if (name === "teams" && now === 0) return word("by_wijk_value");
    return now === null || now === undefined ? "" : valueText(name, now);
  };
  const showSlider = (name) => {
    const slider = CHOICES.sliders[name];
    const range = at(name);
    const value = state.policies[state.look][name];
    const now = place ? place.own[name] : undefined;
    if (name === "teams" && place) range.max = place.wijken;
    range.value = value !== undefined ? value : name === "signalling" ? 0 : now ?? slider.low;
    const text = value !== undefined ? valueText(name, value) : today(name);
    at(`${name}-value`).textContent = text;
    at(`${name}-value`).classList.toggle("own", value === undefined);
    at(`${name}-today`).textContent = place ? word("today", { value: today(name) }) : "";
    range.setAttribute("aria-valuetext", text);
  };
  const addPolicy = (levers) => {
    const letter = LETTERS.find((each) => !(each in state.policies));
    if (!letter) return;
    state.policies = Object.fromEntries(Object.entries({ ...state.policies, [letter]: levers }).sort());
    state.look = letter;
    showPolicies();
    ask();
  };
  const removePolicy = (letter) => {
    delete state.policies[letter];
    delete state.names[letter];
    if (!(state.look in state.policies)) [state.look] = Object.keys(state.policies);
    showPolicies();
    ask();
    at("compare-question").closest("main").querySelector("[data-adds]").focus();
  };
  const drawer = () => document.querySelector("#app .bslib-sidebar-layout > .collapse-toggle");
  const isOpen = () => drawer().getAttribute("aria-expanded") === "true";
  const openDrawer = (open = true) => { if (isOpen() !== open) drawer().click(); if (open) setTimeout(() => at("drawer-title").focus({ preventScroll: innerWidth >= 576 }), MILLISECONDS_TO_OPEN); };
  const adds = (name) => {
    if (name === "copy") addPolicy({ ...state.policies[state.look] });
    else if (name === "five_years") addPolicy({ ...CHOICES.presets.landing.five_years });
    else addPolicy({ ...CHOICES.presets.policy[name] });
    if (name === "copy") openDrawer();
  };
  const listen = () => {
    for (const [kind, shared] of [["policy", false], ["landing", true]]) {
      for (const radio of document.querySelectorAll(`input[name=${kind}]`)) {
        radio.addEventListener("change", () => {
          state.policies[state.look] = { ...part(state.look, !shared), ...CHOICES.presets[kind][radio.value] };
          delete state.names[state.look];
          showPolicies();
          ask();
        });
      }
    }
    for (const name of Object.keys(CHOICES.sliders)) {
      at(name).addEventListener("input", () => {
        state.policies[state.look][name] = Number(at(name).value);
        showPolicies();
        ask(180);
      });
    }
    at("policy-name").addEventListener("input", () => {
      const clean = at("policy-name").value.replace(/[^\p{L}\p{N}_ .'()%+/-]/gu, "");
      if (clean !== at("policy-name").value) at("policy-name").value = clean;
      if (clean.trim()) state.names[state.look] = clean.trim(); else delete state.names[state.look];
      ask(400, false);
    });
    at("system").addEventListener("change", () => {
      state.system = at("system").value;
      state.city = at("city").value = CHOICES.own_city[state.system] || state.city;
      moved();
    });
    at("city").addEventListener("change", () => {
      state.city = at("city").value;
      const of_city = Object.entries(CHOICES.own_city).filter(([, city]) => city === state.city).map(([system]) => system);
      state.system = at("system").value = of_city.includes(state.system) ? state.system : of_city.includes(state.city) ? state.city : of_city[0] || "national_average";
      moved();
    });
    for (const each of document.querySelectorAll("[data-adds]")) each.addEventListener("click", () => adds(each.dataset.adds));
    at("close").addEventListener("click", () => { openDrawer(false); at("adjust").focus(); });
    at("reset").addEventListener("click", () => { state.policies[state.look] = { signalling: 1 }; delete state.names[state.look]; showPolicies(); ask(); });
    for (const key of ["payer", "measure"]) at(key).addEventListener("change", () => { state[key] = at(key).value; ask(0, false); });
    at("against").addEventListener("change", () => {
      state.against = Number(at("against").value);
      for (const each of at("tab").closest("main").querySelectorAll("#landing-title, #figures-landing, #harms")) each.closest(".dated").classList.add("stale");
      ask(0, false);
    });
    at("rank").addEventListener("change", showPairs);
    for (const each of YEARS) at(each).addEventListener("input", () => { setYear(Number(at(each).value)); ask(120, false); });
    at("play").addEventListener("click", plays);
    at("fly").addEventListener("click", flies);
    at("without").addEventListener("change", () => { state.without = at("without").value; ask(); });
    for (const each of document.querySelectorAll("[data-sets]")) each.addEventListener("click", () => sets(each.dataset.sets, each.dataset.tab));
    for (const each of document.querySelectorAll("[data-language]")) {
      each.addEventListener("click", () => {
        state.language = each.dataset.language;
        inWords();
        showPolicies();
        showStory();
        showRun();
        showOwn();
        lab.again();
        ask(0, false);
      });
    }
    for (const id of ["controls", "presets"]) at(id).addEventListener("submit", (event) => event.preventDefault());
    at("adjust").addEventListener("click", () => openDrawer(!isOpen()));
    document.addEventListener("keydown", (event) => {
      const inDrawer = at("drawer").contains(document.activeElement) || document.activeElement === at("adjust");
      if (event.key === "Escape" && isOpen() && inDrawer) { openDrawer(false); at("adjust").focus(); }
    });
    new MutationObserver(() => at("adjust").setAttribute("aria-expanded", String(isOpen()))).observe(drawer(), { attributes: true });
    at("refine").addEventListener("click", () => ask());
    at("tell").addEventListener("click", tells);
    for (const each of document.querySelectorAll("[data-tells]")) {
      each.addEventListener("click", () => { open("view", "answer"); open("tab", "people"); tells(); at("story-title").scrollIntoView(); });
    }
    at("copy").addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(at("link").textContent); at("copied").textContent = word("copied"); }
      catch { at("copied").textContent = at("link").textContent; }
    });
    // What is open belongs to the link; only some tabs ask for more than everybody gets.
    for (const group of ["view", "tab"]) {
      at(group).addEventListener("shown.bs.tab", (event) => {
        if (event.target.closest(`#${group}`) === null) return;
        state[group] = event.target.dataset.value;
        showLive();
        drawOpened();
        dispatchEvent(new Event("resize"));
        if (state.view === "answer" && DETAILED.includes(state.tab)) {
          if (!detail || detail.tab !== state.tab || detail.of !== settings()) at(`${state.tab}-status`).textContent = word("detail_wait");
          ask(0, false);
        } else if (asked) showLink(link());
      });
    }
    form.listen();
    lab.listen();
  };
  // What a detail belongs to: everything in the link but what is merely looked at.
  const settings = () => JSON.stringify([state.system, state.city, state.policies[state.look], state.without, state.against, state.language]);
  const open = (group, value) => {
    const tab = document.querySelector(`#${group} [data-value=${value}]`);
    if (!tab.classList.contains("active")) tab.click();
  };
  const setYear = (year) => {
    state.year = year;
    for (const each of YEARS) { at(each).value = year; at(`${each}-value`).textContent = year; }
  };
  const plays = () => {
    clearInterval(playing);
    const stops = at("play").getAttribute("aria-pressed") === "true";
    at("play").setAttribute("aria-pressed", String(!stops));
    at("play").dataset.word = stops ? "play" : "stop";
    at("play").textContent = word(at("play").dataset.word);
    if (stops) return;
    if (state.year >= CHOICES.last_year) setYear(CHOICES.first_year - 1);
    playing = setInterval(() => {
      if (app.dataset.year !== String(state.year) && asked) return;  // the last one is still to come
      if (state.year >= CHOICES.last_year) { plays(); return; }
      setYear(state.year + 1);
      ask(0, false);
    }, MILLISECONDS_A_YEAR);
  };
  const tells = () => {
    story = null;
    at("story").replaceChildren(make("p", {}, word("telling")));
    Shiny.setInputValue("tell", link(), { priority: "event" });
  };
  // An exercise of the lab sets the sliders as a link would, in the place that is looked at.
  const sets = (query, tab) => {
    const given = new URLSearchParams(query);
    state.policies = policiesOf(given);
    state.names = {};
    [state.look] = Object.keys(state.policies);
    state.without = at("without").value = given.get("without") || "nothing";
    showPolicies();
    ask();
    open("view", Object.keys(state.policies).length > 1 && tab !== "landing" ? "compare" : "answer");
    open("tab", tab);
    scrollTo(0, 0);
  };
  // Another place may have fewer wijken: a number of teams it cannot have goes back to the system's own.
  const moved = () => {
    place = null;
    for (const levers of Object.values(state.policies)) delete levers.teams;
    showPolicies();
    ask();
  };

  // -- the landing, flown -----------------------------------------------------------------------
  const SECONDS = 6;
  const PLANE = "M-16,0 L-20,9 L-15,9 L-9,3 L2,3 L-5,-8 L0,-8 L10,3 L18,3 Q23,1 18,-2 L-12,-2 Z";
  const planeAt = (x, y) => ({ type: "path", path: PLANE, xref: "x", yref: "y2", xsizemode: "pixel", ysizemode: "pixel",
    xanchor: x, yanchor: y, fillcolor: "#0a4b78", line: { color: "#0a4b78", width: 1 } });
  const along = (stops, share) => {
    const begin = 2012.2;
    const x = begin + (stops.end - begin) * (1 - (1 - share) ** 2);
    return planeAt(x, x < stops.down ? 1.5 - ((x - begin) / (stops.down - begin)) * 1.1 : 0.4);
  };
  const flies = () => {
    if (!detail || detail.tab !== "landing" || !window.Plotly) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const planes = Object.entries(detail.stops).map(([name, stops]) => [at(`figure-runway-${name}`), stops]).filter(([frame]) => frame);
    const begin = performance.now();
    const step = async (now) => {
      const share = still ? 1 : Math.min(1, (now - begin) / (1000 * SECONDS));
      await Promise.all(planes.map(([frame, stops]) => Plotly.relayout(frame.querySelector(".drawing"), { shapes: [...frame.figure.layout.shapes, along(stops, share)] })));
      app.dataset.flown = share.toFixed(2);
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };

  // -- answers ---------------------------------------------------------------------------------
  const refuse = (sentence) => {
    at("refused").hidden = !sentence && !badLink;
    at("refused").textContent = sentence || badLink;
    if (sentence) { app.setAttribute("aria-busy", "false"); at("status").textContent = ""; }
  };
  // Who comes by a link that cannot be read is told so, and sees the usual question.
  const askTheUsual = (sentence) => {
    badLink = `${sentence} ${word("usual_question")}`;
    const opened = Object.fromEntries(["view", "tab"].map((group) => [group, document.querySelector(`#${group} .active`).dataset.value]));
    Object.assign(state, structuredClone(USUAL), opened, { language: state.language });
    inWords();
    showPolicies();
    setYear(state.year);
    ask(0, false);
  };
  const showTile = (tile) => {
    const put = (name, ...inside) => at(`tile-${tile.name}-${name}`).replaceChildren(...inside);
    put("direction", chip(tile.direction));
    put("number", tile.number);
    put("baseline", tile.baseline);
    put("certainty", tile.certainty);
    const name = word(`tile_${tile.name}`);
    put("strip", strip(tile, word("strip_alt", { name, number: tile.number, unit: word(`tile_${tile.name}_unit`), certainty: tile.certainty })));
    at(`tile_${tile.name}`).dataset.mean = tile.mean;
  };
  const showLive = () => { at("live").hidden = state.view !== "answer"; };
  const showAnswer = (message) => {
    showLive();
    at("question").textContent = message.question;
    document.title = `${message.question} – landingsbaan`;
    at("answer-title").textContent = message.answer.title;
    at("answer-basis").textContent = message.answer.basis;
    const { side } = message.answer;
    at("side").className = `side ${side.kind}`;
    at("side-text").textContent = side.text;
    at("side-more").textContent = side.more;
    message.tiles.forEach(showTile);
    at("live").replaceChildren(...message.tiles.map((tile) => make("span", { class: tile.direction.kind },
      `${word(`measure_${tile.name}_short`)} `, make("b", {}, tile.number), " ", make("small", {}, word(`tile_${tile.name}_unit`)), " ", make("b", {}, tile.direction.word))));
    at("findings").replaceChildren(...message.findings.filter((each) => each.letter === state.look).map((finding) =>
      make("section", { class: "finding", "data-letter": finding.letter, "data-saved": finding.saved }, make("ul", {}, ...finding.sentences.map((each) => make("li", {}, each))))));
  };
  const showComparison = (message) => {
    const { comparison } = message;
    at("compare-question").textContent = word("compare_question", { city: place ? place.names[state.language] : "" });
    at("compare-title").textContent = comparison.title;
    at("compare-basis").textContent = comparison.basis;
    at("compare-status").textContent = message.status;
    at("compare-side").className = `side ${comparison.worse_kind}`;
    at("compare-worse").replaceChildren(...comparison.worse.map((each) => make("div", {},
      each.name ? make("strong", {}, each.name) : null, make("ul", { class: "small" }, ...each.lines.map((line) => make("li", {}, line))))));
    const { reference } = comparison;
    const first = [
      reference.name,
      ...reference.cells.map((cell) => [`${cell.what} `.trimStart(), make("b", {}, cell.number), make("div", { class: "small" }, cell.interval)]),
      make("ul", { class: "small" }, ...reference.contents.map((each) => make("li", {}, each))),
    ];
    const rows = [first, ...comparison.rows.map((row) => [
      [make("span", { class: `key ${row.letter}` }), row.name, make("div", { class: "row-of-buttons small" }, ...actions(row))],
      ...row.cells.map((cell) => [make("b", {}, cell.number), " ", chip(cell.direction), make("div", { class: "small" }, cell.interval), make("div", { class: "small" }, cell.after)]),
      make("ul", { class: "small" }, ...row.contents.map((each) => make("li", {}, each))),
    ])];
    at("compare-note").textContent = comparison.note;
    at("compare-table").replaceChildren(cards([word("policy_column"), ...comparison.columns, word("compare_contents")], rows, word("compare_table")));
    showPairs();
  };
  const actions = (row) => {
    const button = (key, does) => {
      const made = make("button", { type: "button", class: "link", "aria-label": `${word(key)}: ${row.name}` }, word(key));
      made.addEventListener("click", does);
      return made;
    };
    const alone = Object.keys(state.policies).length < 2;
    return [button("change", () => { if (state.look !== row.letter) look(row.letter); openDrawer(); }),
      ...(alone ? [] : [button("remove", () => removePolicy(row.letter))])];
  };
  const showPairs = () => {
    if (!latest) return;
    const { pairs, ranking, measures } = latest.comparison;
    const tile = at("rank").value || "money";
    const heads = [word("row_less_column"), ...pairs[tile].map((each) => each.letter)];
    const rows = pairs[tile].map((row) => [row.name, ...row.cells.map((cell) => (cell
      ? [make("b", {}, cell.number), make("div", { class: "small" }, cell.interval), make("div", { class: "small" }, cell.word)] : "–"))]);
    at("pairs").replaceChildren(cards(heads, rows, measures[tile]));
    const places = ranking[tile].length;
    const columns = [word("policy_column"), ...Array.from({ length: places }, (_, each) => String(each + 1) + (state.language === "nl" ? "e" : ["st", "nd", "rd"][each] || "th"))];
    const shares = ranking[tile].map((row) => [row.name, ...row.shares.map((share) => make("span", { class: "share", style: `--share: ${share}` }, `${number(100 * share, 0)}%`))]);
    at("ranking").replaceChildren(cards(columns, shares, measures[tile]));
  };
  const show = async (message) => {
    if (message.asked !== asked) return;
    refuse("");
    latest = message;
    showLink(message.link);
    outdated(false);
    at("status").textContent = message.status;
    at("status").className = message.size;
    at("refine").hidden = message.refining || !message.limited;
    showPolicies();
    showAnswer(message);
    showComparison(message);
    at("commands").replaceChildren(...message.commands.map((each) => make("code", { class: "line" }, each)));
    const places = new Set(message.figures.map((each) => each.place));
    for (const each of places) keep(each, message.figures.filter((figure) => figure.place === each));
    if (detail && detail.of !== settings()) for (const each of DETAILED) stale(each);
    app.dataset.size = message.size;
    app.dataset.replications = message.replications;
    app.dataset.link = message.link;
    app.dataset.year = message.year;
    await Promise.all(message.figures.map(draw));
    if (message.asked === asked) app.setAttribute("aria-busy", String(message.refining));
  };
  const stale = (tab) => { if (at(`figures-${tab}`).children.length) at(`figures-${tab}`).closest(".dated:not(.figures)").classList.add("stale"); };
  const showDetail = async (message) => {
    if (message.asked !== asked) return;
    detail = { ...message, of: settings() };
    at(`${message.tab}-title`).textContent = message.title;
    at(`${message.tab}-status`).textContent = message.status;
    at(`figures-${message.tab}`).closest(".dated:not(.figures)").classList.remove("stale");
    at(`figures-${message.tab}`).classList.remove("stale");
    if (message.tab === "why") {
      at("not-counted").textContent = message.not_counted;
      at("placebo-whole").textContent = message.placebo.whole;
      const rows = message.placebo.rows.map((row) => [row.what, [make("b", {}, row.number), make("div", { class: "small" }, row.interval)], chip({ kind: row.kind, word: row.verdict })]);
      at("placebo").replaceChildren(cards(message.placebo.columns, rows, word("placebo_title")));
    } else {
      const rows = message.harms.rows.map((row) => [[row.name, make("div", { class: "small" }, row.unit)], row.second, row.first,
        [make("b", {}, row.less), make("div", { class: "small" }, row.interval)], row.speed, row.money, chip(row.direction)]);
      at("harms").replaceChildren(cards(message.harms.columns, rows, word("harms_title")));
    }
    await Promise.all(message.figures.map(draw));
    app.dataset.detail = message.done ? message.tab : "";
  };
  const claims = (message) => {
    const parts = message.sentence ? [make("p", {}, message.sentence)] : [];
    at("claims").replaceChildren(...parts, ...(message.rows.length ? [table(message)] : []));
  };
  const showStory = () => {
    if (!story) return;
    const of_language = story[state.language];
    // The server renders this without raw HTML, so a name in it stays text.
    at("story").innerHTML = of_language.markup;
    if (!of_language.figure) return;
    const buttons = make("div", { class: "row-of-buttons" });
    buttons.append(make("a", { class: "plain", href: of_language.figure, download: `story_${state.language}.png` }, word("png")));
    const data = make("button", { type: "button", class: "plain csv" }, word("csv"));
    data.addEventListener("click", () => save(`story_${state.language}.csv`, [of_language.data], "text/csv"));
    buttons.append(data);
    at("story").append(buttons);
  };
  const showRun = () => {
    if (!run) return;
    const opened = run[state.language];
    at("run-summary").replaceChildren(...opened.lines.map((line) => make("p", {}, line)));
    if (opened.figure) draw(opened.figure);
  };
  // A file goes to this visitor's own desk at the server, which says at once what it made of it.
  const bring = async (kind, takes) => {
    const [file] = at(kind).files;
    if (!file) return;
    const tells = (key, values) => {
      const lines = (each) => [wordIn(each, key, values)];
      takes(Object.fromEntries(["en", "nl"].map((each) => [each, kind === "own_file" ? lines(each) : { lines: lines(each), figure: null }])));
    };
    const [most, mostInWords] = CHOICES.largest[kind];
    if (file.size > most) { tells("too_large", { most: mostInWords }); return; }
    tells("reading");
    try {
      const answer = await fetch(`bring/${desk}/${kind}?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
      if (!answer.ok) throw new Error(answer.status);
      takes(await answer.json());
    } catch { tells("not_sent"); }
    at(kind).value = "";  // the same file can be brought again
  };
  const takesRun = (message) => { run = message; showRun(); };
  const takesOwn = (message) => {
    own = message;
    showOwn();
    if (!message.city) return;
    state.city = message.city;
    state.system = message.system;
    offers(message.city, [message.name, message.name]);
    at("city").value = state.city;
    at("system").value = state.system;
    moved();
  };
  const showOwn = () => { if (own) at("own-summary").replaceChildren(...own[state.language].map((line) => make("p", {}, line))); };
  const offers = (city, names) => {
    if (city in CHOICES.cities) return;
    CHOICES.cities[city] = names;
    inWords();
  };
  const begin = () => {
    fromLink(location.search);
    inWords();
    showPolicies();
    setYear(state.year);
    listen();
    Shiny.addCustomMessageHandler("shown", show);
    Shiny.addCustomMessageHandler("detail", showDetail);
    Shiny.addCustomMessageHandler("claims", claims);
    Shiny.addCustomMessageHandler("refused", (message) => {
      if (message.asked !== asked) return;
      refuse(message.sentence);
      if (!latest && !badLink) askTheUsual(message.sentence);
    });
    Shiny.addCustomMessageHandler("working", (message) => {
      if (message.asked !== asked) return;
      refuse("");
      place = message.place;
      offers(state.city, [place.names.en, place.names.nl]);
      showPolicies();
      at("question").textContent = place.question;
      at("trust").textContent = `${place.trust[state.language]} `;
      at("foot").textContent = place.foot[state.language];
      if (!latest) at("status").textContent = message.status;
    });
    Shiny.addCustomMessageHandler("story", (message) => { story = message; showStory(); });
    Shiny.addCustomMessageHandler("seen", lab.show);
    Shiny.addCustomMessageHandler("own", takesOwn);
    Shiny.addCustomMessageHandler("desk", (message) => { desk = message.name; });
    at("run_zip").addEventListener("change", () => bring("run_zip", takesRun));
    at("own_file").addEventListener("change", () => bring("own_file", takesOwn));
    // The first question is the link as it came, so that the server can refuse what is wrong with it.
    asked = location.search.length > 1 ? location.search : link();
    Shiny.setInputValue("link", asked, { priority: "event" });
  };
  $(document).one("shiny:sessioninitialized", begin);
  $(document).on("shiny:disconnected", () => refuse(word("gone")));
})();
