// Shows one language and hides the other; the address keeps the choice, so that a link opens in it.
const buttons = document.querySelectorAll("button[data-language]");

function show(language) {
  for (const each of buttons) {
    each.setAttribute("aria-pressed", String(each.dataset.language === language));
    document.getElementById(each.dataset.language).hidden = each.dataset.language !== language;
    if (each.dataset.language === language) document.title = each.dataset.title;
  }
  document.documentElement.lang = language;
}

function asked() {
  const language = location.hash.slice(1).split("-")[0];
  if (![...buttons].some((each) => each.dataset.language === language)) return;
  show(language);
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

for (const each of buttons) {
  each.addEventListener("click", () => {
    show(each.dataset.language);
    history.replaceState(null, "", "#" + each.dataset.language);
  });
}
window.addEventListener("hashchange", asked);
asked();
