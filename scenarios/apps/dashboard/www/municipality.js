// The form of a municipality of one's own: validated while somebody types, in the page's language.
"use strict";
const municipalityForm = (fields, { at, make, word, number, language, save }) => {
  const input = (name) => at(`field-${name}`);
  const text = (pair) => pair[language() === "nl" ? 1 : 0];
  const shown = (name, value) => (fields[name].year ? String(value) : number(value, Number.isInteger(value) ? 0 : 1));
  // 12.345 is a thousand in Dutch and a decimal in English; what is typed is read as the language writes it.
  const read = (typed) => {
    const plain = typed.trim().replace(/\s/g, "");
    if (!plain) return null;
    const dutch = plain.replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
    const english = plain.replace(/,(?=\d{3}(\D|$))/g, "");
    const value = Number(language() === "nl" ? dutch : english);
    return Number.isFinite(value) ? value : NaN;
  };
  const values = () => {
    const found = {};
    for (const name of Object.keys(fields)) {
      const value = read(input(name).value);
      if (value !== null) found[name] = value;
    }
    return found;
  };
  const wrongAlone = (name, value) => {
    const field = fields[name];
    if (Number.isNaN(value)) return word("field_number");
    if (field.whole && !Number.isInteger(value)) return word("field_whole");
    if (value < field.low || value > field.high) return word("field_range", { low: shown(name, field.low), high: shown(name, field.high) });
    return "";
  };
  const wrongTogether = (found) => {
    const wrong = {};
    const [single, children, oneParent] = ["single", "with_children", "one_parent"].map((each) => found[`people.${each}_percent`]);
    if (single + children > 100) wrong["people.with_children_percent"] = word("field_shares");
    if (oneParent > children) wrong["people.one_parent_percent"] = word("field_one_parent");
    if (found["teams.count"] > found["wijken.number"]) wrong["teams.count"] = word("field_teams");
    if (found["people.households"] > 1.1 * found["people.inhabitants"]) wrong["people.households"] = word("field_households");
    return wrong;
  };
  const say = (id, sentence, kind) => {
    at(`${id}-says`).textContent = sentence;
    at(`${id}-says`).className = `says ${sentence ? kind : ""}`;
    at(id).setAttribute("aria-invalid", String(kind === "wrong" && Boolean(sentence)));
  };
  const name = () => at("own-name").value.trim();
  // Whoever has typed nothing yet is not told what is wrong.
  const check = (all = false) => {
    const found = values();
    const together = wrongTogether(found);
    let wrong = 0;
    for (const [key, field] of Object.entries(fields)) {
      const value = found[key];
      let sentence = value === undefined ? (field.needed ? word("field_needed") : "") : wrongAlone(key, value) || together[key] || "";
      if (sentence) wrong += 1;
      if (value === undefined && !all && !input(key).dataset.touched) sentence = "";
      if (!sentence && value !== undefined && field.usual && (value < field.usual[0] || value > field.usual[1])) {
        say(`field-${key}`, word("field_unusual", { low: shown(key, Number(field.usual[0].toPrecision(3))), high: shown(key, Number(field.usual[1].toPrecision(3))) }), "unusual");
      } else say(`field-${key}`, sentence, "wrong");
    }
    if (!name()) wrong += 1;
    say("own-name", !name() && (all || at("own-name").dataset.touched) ? word("field_needed") : "", "wrong");
    const begun = name() || Object.keys(found).length;
    at("form-status").textContent = !begun && !all ? "" : wrong ? word("form_wrong", { count: wrong }) : word("form_fine", { count: Object.keys(found).length });
    return wrong === 0;
  };
  const inWords = () => {
    for (const [key, field] of Object.entries(fields)) {
      const label = text(field.label);
      document.querySelector(`[data-field-label="${key}"]`).textContent = `${label[0].toUpperCase()}${label.slice(1)} (${text(field.unit)}${field.needed ? `, ${word("needed")}` : ""})`;
      at(`field-${key}-country`).textContent = word("country_value", { value: shown(key, field.country) });
    }
    check();
  };
  const send = (to) => {
    if (!check(true)) { document.querySelector("#own-form [aria-invalid=true]").focus(); return; }
    Shiny.setInputValue(to, { name: name(), figures: values() }, { priority: "event" });
  };
  const listen = () => {
    at("own-form").addEventListener("input", (event) => { event.target.dataset.touched = "yes"; check(); });
    at("own-form").addEventListener("submit", (event) => { event.preventDefault(); send("own_form"); });
    at("form-use").addEventListener("click", () => send("own_form"));
    at("form-save").addEventListener("click", () => send("own_save"));
    at("form-clear").addEventListener("click", () => {
      at("own-form").reset();
      for (const each of document.querySelectorAll("#own-form input")) delete each.dataset.touched;
      check();
    });
    Shiny.addCustomMessageHandler("own_file", (message) => save(message.name, [message.text], "application/yaml"));
  };
  return { inWords, listen };
};
