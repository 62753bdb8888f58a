// The page's own part: controls to a link, the server's answer to figures, tables and words.
// Texts are set as text, never as markup, so nothing that came by a link can become part of the page.
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const WORDS = read("words");
  const CHOICES = read("choices");
  const LETTERS = ["a", "b", "c", "d"];
  const COLOURS = { a: "#0072B2", b: "#D55E00", c: "#009E73", d: "#CC79A7" };
  const at = (id) => document.getElementById(id);
  const state = { system: "zaanstad", city: "zaanstad", policies: { a: { signalling: 1 } }, without: "nothing", look: "a",
    payer: "municipality", measure: "waiting", year: 2020, shown: null, language: "en", model: CHOICES.model };
  const YEARS = ["year", "year-wijken"];
  const MILLISECONDS_A_YEAR = 700;
  let place = null;
  let story = null;
  let run = null;
  let own = null;
  let playing = null;
  let asked = "";
  let timer = null;

  const word = (key, values = {}) => {
    const text = WORDS[key][state.language === "nl" ? 1 : 0];
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  };
  const make = (tag, attributes = {}, text = null) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text !== null) made.textContent = text;
    return made;
  };
  const number = (value, digits) => new Intl.NumberFormat(state.language === "nl" ? "nl-NL" : "en-GB",
    { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: true }).format(value);

  const { table, save, draw } = figuresOf(at, make, word, number);

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
    for (const key of ["system", "city", "without", "look", "payer", "measure", "shown", "language", "model"]) {
      if (given.has(key)) state[key] = given.get(key);
    }
    if (given.has("system") && !given.has("city")) state.city = CHOICES.own_city[state.system] || state.city;
    if (given.has("year")) state.year = Number(given.get("year"));
    const policies = policiesOf(given);
    if (Object.keys(policies).length) state.policies = policies;
    if (!(state.look in state.policies)) state.look = Object.keys(state.policies)[0];
    if (!["en", "nl"].includes(state.language)) state.language = "en";
  };
  const link = () => {
    const parts = [["system", state.system], ["city", state.city]];
    for (const [letter, levers] of Object.entries(state.policies)) {
      const written = Object.entries(levers).map(([name, value]) => `${name}:${value}`).join(",");
      parts.push([letter, written || "signalling:0"]);
    }
    if (state.without !== "nothing") parts.push(["without", state.without]);
    parts.push(["look", state.look], ["payer", state.payer], ["measure", state.measure], ["year", state.year]);
    if (state.shown) parts.push(["shown", state.shown]);
    parts.push(["language", state.language], ["model", state.model]);
    return "?" + parts.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",")}`).join("&");
  };
  const ask = (wait = 0, changed = true) => {
    if (changed) { state.shown = null; state.model = CHOICES.model; }
    clearTimeout(timer);
    timer = setTimeout(() => {
      asked = link();
      document.querySelector("main").setAttribute("aria-busy", "true");
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
    document.title = word("title");
    for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
    for (const [file, key] of [["run_zip", "run"], ["own_file", "own_city"]]) {
      at(file).closest(".shiny-input-container").querySelector("input[readonly]").setAttribute("aria-label", word(key));
    }
    for (const each of document.querySelectorAll("[data-language]")) {
      each.setAttribute("aria-pressed", String(each.dataset.language === state.language));
    }
    const titles = (all) => Object.entries(all).map(([slug, names]) => [slug, names[state.language === "nl" ? 1 : 0]])
      .sort((one, other) => one[1].localeCompare(other[1], state.language));
    options(at("system"), titles(CHOICES.systems), state.system);
    options(at("city"), titles(CHOICES.cities), state.city);
    options(at("payer"), ["municipality", "all_payers"].map((each) => [each, word(each)]), state.payer);
    options(at("without"), CHOICES.without.map((each) => [each, word("without_" + each)]), state.without);
    options(at("measure"), CHOICES.measures.map((each) => [each, word("measure_" + each)]), state.measure);
  };
  const showPolicies = () => {
    const letters = Object.keys(state.policies);
    at("tabs").replaceChildren(...letters.map((letter) => {
      const tab = make("button", { type: "button", class: "plain", "data-letter": letter, id: `tab-${letter}`,
        "aria-pressed": String(letter === state.look) }, word("policy", { letter: letter.toUpperCase() }));
      tab.addEventListener("click", () => { state.look = letter; showPolicies(); at(`tab-${letter}`).focus(); ask(0, false); });
      return tab;
    }));
    at("add").disabled = at("add-long").disabled = letters.length >= LETTERS.length;
    at("remove").disabled = letters.length < 2;
    for (const name of Object.keys(CHOICES.sliders)) showSlider(name);
  };
  const showSlider = (name) => {
    const slider = CHOICES.sliders[name];
    const range = at(name);
    const value = state.policies[state.look][name];
    const own = place ? place.own[name] : undefined;
    if (name === "teams" && place) range.max = place.wijken;
    const stands = value !== undefined ? value : name === "signalling" ? 0 : own ?? slider.low;
    range.value = stands;
    const shown = number(slider.percent ? 100 * stands : stands, slider.decimals);
    let text = shown;
    if (value === undefined && name !== "signalling") {
      const unknown = name === "cut" && (own === null || own === undefined);
      text = unknown ? word("per_law") : name === "teams" && own === 0 ? word("own") : `${shown} (${word("own")})`;
    }
    at(`${name}-value`).textContent = text;
    at(`${name}-value`).classList.toggle("own", value === undefined && name !== "signalling");
    range.setAttribute("aria-valuetext", text);
  };
  const addPolicy = (more) => {
    const letter = LETTERS.find((each) => !(each in state.policies));
    if (!letter) return;
    const copy = { ...state.policies[state.look], ...more };
    state.policies = Object.fromEntries(Object.entries({ ...state.policies, [letter]: copy }).sort());
    state.look = letter;
    showPolicies();
    at(`tab-${letter}`).focus();
    ask();
  };
  const listen = () => {
    for (const name of Object.keys(CHOICES.sliders)) {
      at(name).addEventListener("input", () => {
        state.policies[state.look][name] = Number(at(name).value);
        showSlider(name);
        ask(180);
      });
    }
    at("system").addEventListener("change", () => {
      state.system = at("system").value;
      state.city = at("city").value = CHOICES.own_city[state.system] || state.city;
      place = null;
      limitTeams();
      ask();
    });
    at("city").addEventListener("change", () => { state.city = at("city").value; place = null; limitTeams(); ask(); });
    at("add").addEventListener("click", () => addPolicy({}));
    at("add-long").addEventListener("click", () => addPolicy({ phase_in: 8 }));
    at("remove").addEventListener("click", () => {
      delete state.policies[state.look];
      state.look = Object.keys(state.policies)[0];
      showPolicies();
      at(`tab-${state.look}`).focus();
      ask();
    });
    at("reset").addEventListener("click", () => { state.policies[state.look] = { signalling: 1 }; showPolicies(); ask(); });
    for (const key of ["payer", "measure"]) {
      at(key).addEventListener("change", () => { state[key] = at(key).value; ask(0, false); });
    }
    for (const each of YEARS) at(each).addEventListener("input", () => { setYear(Number(at(each).value)); ask(120, false); });
    at("play").addEventListener("click", plays);
    at("without").addEventListener("change", () => { state.without = at("without").value; ask(); });
    for (const each of document.querySelectorAll("[data-sets]")) each.addEventListener("click", () => sets(each.dataset.sets));
    for (const each of document.querySelectorAll("[data-language]")) {
      each.addEventListener("click", () => {
        state.language = each.dataset.language;
        inWords();
        showPolicies();
        showStory();
        showRun();
        showOwn();
        ask(0, false);
      });
    }
    at("controls").addEventListener("submit", (event) => event.preventDefault());
    at("refine").addEventListener("click", () => ask());
    at("tell").addEventListener("click", tells);
    for (const each of document.querySelectorAll("[data-tells]")) {
      each.addEventListener("click", () => { tells(); at("story-title").scrollIntoView(); });
    }
    at("copy").addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(at("link").textContent); at("copied").textContent = word("copied"); }
      catch { getSelection().selectAllChildren(at("link")); }
    });
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
      if (document.querySelector("main").dataset.year !== String(state.year) && asked) return;  // the last one is still to come
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
  const sets = (query) => {
    const given = new URLSearchParams(query);
    state.policies = policiesOf(given);
    state.look = Object.keys(state.policies)[0];
    state.without = at("without").value = given.get("without") || "nothing";
    showPolicies();
    ask();
    at("results").focus();
  };
  // Another city may have fewer wijken: a number of teams it cannot have goes back to the system's own.
  const limitTeams = () => { for (const levers of Object.values(state.policies)) delete levers.teams; showPolicies(); };

  // -- answers ---------------------------------------------------------------------------------
  const refuse = (sentence) => {
    at("refused").hidden = !sentence;
    at("refused").textContent = sentence || "";
    if (sentence) document.querySelector("main").setAttribute("aria-busy", "false");
  };
  const show = async (message) => {
    if (message.asked !== asked) return;
    refuse("");
    if (message.size) {
      history.replaceState(null, "", message.link);
      at("link").textContent = location.origin + location.pathname + message.link;
    }
    at("status").textContent = message.status;
    at("status").className = message.size;
    at("refine").hidden = message.refining || !message.limited;
    at("findings").replaceChildren(...message.findings.map((finding) => {
      const part = make("section", { class: "finding", "data-letter": finding.letter, "data-saved": finding.saved, style: `--own: ${COLOURS[finding.letter]}` });
      part.append(make("h3", {}, finding.title), ...finding.sentences.map((each) => make("p", {}, each)));
      return part;
    }));
    const ends = message.findings.map((each) => `${each.letter.toUpperCase()} ${number(each.saved, 0)}`).join(" · ");
    at("live").textContent = `${ends} ${word("live", { year: CHOICES.last_year })} (${message.mark})`;
    at("commands").replaceChildren(...message.commands.map((each) => make("code", { class: "line" }, each)));
    const wanted = new Set(message.figures.map((each) => `figure-${each.id}`));
    for (const each of document.querySelectorAll("[id^=figures-] > figure")) {
      if (!wanted.has(each.id) && each.id !== "figure-run") { Plotly.purge(each.querySelector(".drawing")); each.remove(); }
    }
    await Promise.all(message.figures.map(draw));
    const main = document.querySelector("main");
    main.dataset.size = message.size;
    main.dataset.replications = message.replications;
    main.dataset.link = message.link;
    main.dataset.year = message.year;
    main.setAttribute("aria-busy", String(message.refining));
  };
  const claims = (message) => {
    const parts = message.sentence ? [make("p", {}, message.sentence)] : [];
    at("claims").replaceChildren(...parts, ...(message.rows.length ? [table(message)] : []));
  };
  const showStory = () => {
    if (!story) return;
    const told = story[state.language];
    // The server renders this without raw HTML, so a name in it stays text.
    at("story").innerHTML = told.markup;
    if (!told.figure) return;
    const buttons = make("div", { class: "row-of-buttons" });
    buttons.append(make("a", { class: "plain", href: told.figure, download: `story_${state.language}.png` }, word("png")));
    const data = make("button", { type: "button", class: "plain csv" }, word("csv"));
    data.addEventListener("click", () => save(`story_${state.language}.csv`, [told.data], "text/csv"));
    buttons.append(data);
    at("story").append(buttons);
  };
  const showRun = () => {
    if (!run) return;
    const opened = run[state.language];
    at("run-summary").replaceChildren(...opened.lines.map((line) => make("p", {}, line)));
    if (opened.figure) draw(opened.figure);
  };
  const showOwn = () => { if (own) at("own-summary").replaceChildren(...own[state.language].map((line) => make("p", {}, line))); };
  const offers = (city, name) => {
    if (city in CHOICES.cities) return;
    CHOICES.cities[city] = [name, name];
    inWords();
  };
  const begin = () => {
    fromLink(location.search);
    inWords();
    showPolicies();
    setYear(state.year);
    listen();
    Shiny.addCustomMessageHandler("shown", show);
    Shiny.addCustomMessageHandler("claims", claims);
    Shiny.addCustomMessageHandler("refused", (message) => { if (!message.asked || message.asked === asked) refuse(message.sentence); });
    Shiny.addCustomMessageHandler("working", (message) => {
      if (message.asked !== asked) return;
      refuse("");
      place = message.place;
      offers(state.city, place.name);
      showPolicies();
      at("status").textContent = message.status;
    });
    Shiny.addCustomMessageHandler("story", (message) => { story = message; showStory(); });
    Shiny.addCustomMessageHandler("run", (message) => { run = message; showRun(); });
    Shiny.addCustomMessageHandler("own", (message) => {
      own = message;
      showOwn();
      if (!message.city) return;
      state.city = message.city;
      state.system = message.system;
      offers(message.city, message.name);
      at("city").value = state.city;
      at("system").value = state.system;
      place = null;
      limitTeams();
      ask();
    });
    // The first question is the link as it came, so that the server can refuse what is wrong with it.
    asked = location.search.length > 1 ? location.search : link();
    Shiny.setInputValue("link", asked, { priority: "event" });
  };
  $(document).one("shiny:sessioninitialized", begin);
  $(document).on("shiny:disconnected", () => refuse(word("gone")));
})();
