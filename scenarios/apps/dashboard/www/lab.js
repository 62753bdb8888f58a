// The lab: a prediction goes to the server, what the model says comes back next to it. The discussion opens
// when there is something to discuss. Texts are set as text, never as markup.
"use strict";
const labOf = ({ at, make, word, cards, strip, link }) => {
  const sent = {};
  const put = (exercise, ...inside) => at(`seen-${exercise}`).replaceChildren(...inside);
  const send = (exercise) => Shiny.setInputValue("predict", { ...sent[exercise], link: link() }, { priority: "event" });
  const read = (form) => {
    const number = (name) => (form.elements[name].value.trim() === "" ? null : Number(form.elements[name].value));
    return { exercise: form.dataset.predicts, low: number("low"), high: number("high"), without: form.elements.without ? form.elements.without.value : "" };
  };
  const status = (exercise, sentence, wrong = false) => {
    at(`told-${exercise}`).textContent = sentence;
    at(`told-${exercise}`).classList.toggle("refused", wrong);
  };
  const refuse = (exercise, sentence) => { put(exercise); status(exercise, sentence, true); };
  const show = (message) => {
    if (!message.exercise) return;
    if (message.refused) { refuse(message.exercise, message.refused); return; }
    const rows = message.rows.map((row) => [row.what, row.predicted ? [make("b", {}, row.mean)] : row.mean, row.interval]);
    const picture = make("div", { class: "strip" });
    picture.append(strip(message.strip, message.strip.told));
    const names = make("p", { class: "small" }, make("span", { class: "key model" }), word("lab_model"), " ", make("span", { class: "key b" }), word("lab_mine"));
    const parts = [make("p", { class: "finding-title" }, message.finding), picture, names, cards(message.columns, rows, message.finding)];
    if (message.done) parts.push(make("p", { class: "score" }, message.score));
    put(message.exercise, ...parts);
    status(message.exercise, message.status);
    at(`seen-${message.exercise}`).dataset.count = message.count;
    if (!message.done) return;
    document.querySelector(`[data-exercise=${message.exercise}] > details:last-of-type`).hidden = false;
    at("lab-total").hidden = false;
    at("lab-total").textContent = message.total;
  };
  const listen = () => {
    for (const form of document.querySelectorAll("[data-predicts]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const prediction = read(form);
        const missing = ["low", "high"].find((name) => prediction[name] === null || Number.isNaN(prediction[name]));
        if (missing) { refuse(prediction.exercise, word("lab_first")); form.elements[missing].focus(); return; }
        sent[prediction.exercise] = prediction;
        put(prediction.exercise);
        status(prediction.exercise, word("working"));
        send(prediction.exercise);
      });
    }
  };
  // What was seen is told again in another language; nothing is simulated for that.
  const again = () => { for (const exercise of Object.keys(sent)) send(exercise); };
  return { listen, show, again };
};
