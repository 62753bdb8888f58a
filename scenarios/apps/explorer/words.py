"""Words of the explorer, in English and Dutch: its pages, and the sentences that its script fills in."""

from typing import Final

from scenarios.reporting.texts import filled

PAGE: Final[dict[str, tuple[str, str]]] = {
    "title": (
        "Early signalling, teams and the cut: what do they bring?",
        "Vroegsignalering, wijkteams en de korting: wat levert het op?",
    ),
    "language_name": ("English", "Nederlands"),
    "other_language": ("Nederlands", "English"),
    "pages": ("Pages", "Pagina's"),
    "nav_explore": ("Explore", "Verkennen"),
    "nav_claims": ("Claims", "Beweringen"),
    "skip": ("Skip to the answer", "Naar het antwoord"),
    "skip_claims": ("Skip to the claims", "Naar de beweringen"),
    "choose": ("Choose a language", "Kies een taal"),
    "no_script": (
        "The sliders on this page need scripts, and your browser has them switched off. The page with the "
        "claims works without them.",
        "De schuifknoppen op deze pagina werken met scripts, en die staan in uw browser uit. De pagina met "
        "beweringen werkt ook zonder.",
    ),
    # Choices.
    "choices": ("Question and municipality", "Vraag en gemeente"),
    "levers": ("The four choices", "De vier keuzes"),
    "place": ("Municipality", "Gemeente"),
    "place_none": ("Choose a municipality", "Kies een gemeente"),
    "kind": ("Kind of municipality", "Soort gemeente"),
    "ask": ("What do you want to know?", "Wat wilt u weten?"),
    "ask_organisation": ("Early signalling and teams", "Vroegsignalering en wijkteams"),
    "ask_landing": ("The cut", "De korting"),
    "ask_level": ("All together", "Alles samen"),
    "signalling": ("Early signalling", "Vroegsignalering"),
    "signalling_help": (
        "Share of team hours for home visits, with extra staff. Schools, landlords and creditors report more "
        "too. Usual: 0%, nothing beyond what exists.",
        "Deel van de teamuren voor huisbezoek, met extra personeel. Ook scholen, corporaties en schuldeisers "
        "melden meer. Gebruikelijk: 0%, niets boven wat er al is.",
    ),
    "team": ("Size of the teams", "Omvang van de wijkteams"),
    "team_help": (
        "Full-time jobs per 1,000 inhabitants. Usual: 0.9.",
        "Voltijdbanen (fte) per 1.000 inwoners. Gebruikelijk: 0,9.",
    ),
    "cut": ("Size of the cut", "Omvang van de korting"),
    "cut_help": (
        "Share of the grants that is lost in the end. Usual: 15%, about what the cuts of 2015 came to.",
        "Deel van het rijksbudget dat uiteindelijk vervalt. Gebruikelijk: 15%, ongeveer de kortingen van "
        "2015 samen.",
    ),
    "years": ("Length of the phase-in", "Lengte van de landingsbaan"),
    "years_help": (
        "Years over which the cut is spread. Longer also brings more money. Usual: at once.",
        "Aantal jaren waarover de korting wordt gespreid. Langer geeft ook meer geld. Gebruikelijk: ineens.",
    ),
    "reset": ("Back to the start", "Terug naar het begin"),
    "copy": ("Copy a link to this answer", "Kopieer een link naar dit antwoord"),
    "link": ("Link to this answer", "Link naar dit antwoord"),
    # Answer.
    "answer": ("Answer", "Antwoord"),
    "tiles": ("The answer in four numbers", "Het antwoord in vier getallen"),
    "chart": ("Other choices at a glance", "Andere keuzes in één oogopslag"),
    "chart_of": ("What the chart shows", "Wat de grafiek toont"),
    "chart_over": ("Over which two choices", "Over welke twee keuzes"),
    "map_teams": ("Early signalling and teams", "Vroegsignalering en wijkteams"),
    "map_cut": ("Cut and phase-in", "Korting en landingsbaan"),
    "numbers": ("The numbers behind this chart", "De getallen achter deze grafiek"),
    "numbers_region": ("Table of the chart", "Tabel bij de grafiek"),
    # Baseline.
    "baseline": ("Where we start from", "De uitgangssituatie"),
    "baseline_how": (
        "The usual situation: 0.9 full-time jobs per 1,000 inhabitants in the teams, no early signalling "
        "beyond what exists, and a cut of 15% at once. Mean per year, 2015 to {last}.",
        "De gebruikelijke situatie: 0,9 fte per 1.000 inwoners in de wijkteams, geen vroegsignalering boven "
        "wat er al is, en een korting van 15% ineens. Gemiddeld per jaar, 2015 tot en met {last}.",
    ),
    "measure": ("Measure", "Maat"),
    # What is not known.
    "unknown": ("What we do not know", "Wat we niet weten"),
    "unknown_forecast": (
        "The numbers follow from a simulation with assumptions. They are no forecast, and no advice.",
        "De getallen volgen uit een simulatie met aannames. Ze zijn geen voorspelling en geen advies.",
    ),
    "unknown_kinds": (
        "Nothing here is about one municipality. The study simulated three kinds, each with {households} "
        "households, that differ only in how often debts and problems of children begin. Household types, "
        "age and how care is organised are those of the whole country.",
        "Niets op deze pagina gaat over één gemeente. Er zijn drie soorten gemeenten gesimuleerd, elk met "
        "{households} huishoudens, die alleen verschillen in hoe vaak schulden en problemen van kinderen "
        "ontstaan. Huishoudens, leeftijden en de organisatie van de zorg zijn die van heel Nederland.",
    ),
    "unknown_interval": (
        "A 90% interval shows the spread over {draws} sets of assumptions, and over chance. Tried on "
        "calculations that it had not seen, it held {coverage}%.",
        "Een 90%-interval toont de spreiding over {draws} sets aannames en over toeval. Op "
        "berekeningen die niet waren gebruikt, bevatte het {coverage}%.",
    ),
    "unknown_chance": (
        "In one municipality chance weighs heavily: it makes {share}% of the spread in what early signalling "
        "costs.",
        "In één gemeente speelt toeval een grote rol: het is {share}% van de spreiding in wat "
        "vroegsignalering kost.",
    ),
    "unknown_placebo": (
        "Visits cost money even when they find nobody: with 10% of team hours {mean} euro per inhabitant per "
        "year in an average municipality (90% interval: {low} to {high}).",
        "Huisbezoek kost ook geld als het niemand vindt: bij 10% van de teamuren {mean} euro per inwoner per "
        "jaar in een gemiddelde gemeente (90%-interval: {low} tot {high}).",
    ),
    "unknown_grants": (
        "Nobody knows how the grants will grow. Three scenarios count alike.",
        "Niemand weet hoe het rijksbudget zal groeien. Drie scenario's tellen even zwaar.",
    ),
    "unknown_lines": (
        "Between the calculated points the page draws straight lines. When a point was left out and "
        "estimated from points twice as far apart, the estimate was off by at most {cost} euro, {unmet} "
        "problem-months and {waiting} months of waiting on average. The calculation itself is off by more: "
        "{cost_own}, {unmet_own} and {waiting_own}.",
        "Tussen de doorgerekende punten trekt de pagina rechte lijnen. Een weggelaten punt, geschat uit "
        "punten die twee keer zo ver uit elkaar liggen, week gemiddeld hoogstens {cost} euro, {unmet} "
        "probleemmaanden en {waiting} maanden wachten af. De berekening zelf wijkt meer af: {cost_own}, "
        "{unmet_own} en {waiting_own}.",
    ),
    "unknown_waiting": (
        "Waiting counts all waiting lists, for a team and for care. More months on the list need not mean "
        "more people: the same people may wait longer.",
        "Wachten telt alle wachtlijsten: voor het wijkteam en voor zorg. Meer maanden op de lijst betekent "
        "niet altijd meer mensen: dezelfde mensen kunnen langer wachten.",
    ),
    # Downloads.
    "downloads": ("Downloads", "Downloads"),
    "downloads_how": (
        "Tables that a spreadsheet opens.",
        "Tabellen voor een spreadsheet, met komma's in de getallen.",
    ),
    "download_answer": ("This answer", "Dit antwoord"),
    "download_chart": ("This chart", "Deze grafiek"),
    "download_grid": ("All predictions", "Alle uitkomsten"),
    # Foot.
    "about": (
        "Made with landingsbaan, a simulation of Dutch municipalities around the decentralisation of 2015. "
        "Result version {version}; published on {date}. Euro of 2015.",
        "Gemaakt met landingsbaan, een simulatie van Nederlandse gemeenten rond de decentralisatie van 2015. "
        "Resultaatversie {version}; gepubliceerd op {date}. Prijzen van 2015.",
    ),
    "older": (
        "The model has changed since: its present result version is {version}.",
        "Het model is sindsdien veranderd: de huidige resultaatversie is {version}.",
    ),
    # Claims.
    "claims_title": (
        "{count} claims about care and prevention, put to the test",
        "{count} beweringen over zorg en preventie, getoetst",
    ),
    "claims_how": (
        "Articles and reports about Dutch municipalities make these claims. Each was simulated: once with "
        "what it is about and once without, with the same people. Verdicts hold for the model and its "
        "assumptions, not for every municipality.",
        "Artikelen en rapporten over Nederlandse gemeenten doen deze beweringen. Elke bewering is "
        "gesimuleerd: één keer met waar het om gaat en één keer zonder, met dezelfde inwoners. De "
        "oordelen gelden voor het model en zijn aannames, niet voor elke gemeente.",
    ),
    "find": ("Search", "Zoeken"),
    "find_example": ("for instance debts or Almere", "bijvoorbeeld schulden of Almere"),
    "verdict": ("Verdict", "Oordeel"),
    "verdict_all": ("All verdicts", "Alle oordelen"),
    "means_supported": (
        "All it says comes out as claimed.",
        "Alles wat er gezegd wordt, komt uit zoals beweerd.",
    ),
    "means_not_supported": (
        "It comes out the other way, or too small to count.",
        "Het komt andersom uit, of te klein om te tellen.",
    ),
    "means_depends": (
        "It holds on one side of a number that nobody has measured.",
        "Het gaat op aan één kant van een getal dat niemand heeft gemeten.",
    ),
    "means_trade_off": (
        "One part holds and another does not, or one thing improves and another gets worse.",
        "Het ene deel gaat op en het andere niet, of het een wordt beter en het ander slechter.",
    ),
    "means_inconclusive": (
        "The calculations do not decide it.",
        "De berekeningen geven geen uitsluitsel.",
    ),
    "supported": ("Supported", "Gesteund"),
    "not_supported": ("Not supported", "Niet gesteund"),
    "depends": ("It depends", "Hangt ervan af"),
    "trade_off": ("Trade-off", "Voor en tegen"),
    "inconclusive": ("Inconclusive", "Onzeker"),
    "statement": ("What it comes down to", "Waar het op neerkomt"),
    "found": (
        "{effect} {unit} (95% interval: {low} to {high}); as claimed in {probability}% of {replications} "
        "calculations.",
        "{effect} {unit} (95%-interval: {low} tot {high}); zoals beweerd in {probability}% van de "
        "{replications} berekeningen.",
    ),
    "found_without_direction": (
        "{effect} {unit} (95% interval: {low} to {high}), in {replications} calculations; the source gives "
        "no direction.",
        "{effect} {unit} (95%-interval: {low} tot {high}), in {replications} berekeningen; de bron noemt "
        "geen richting.",
    ),
    "found_nothing": (
        "It happened in no calculation, so there is no number.",
        "Het kwam in geen enkele berekening voor, dus er is geen getal.",
    ),
    "points": ("percentage points", "procentpunt"),
    "rests_on": ("What the verdict rests on", "Waar het oordeel op rust"),
    "rests_calculations": (
        "{count} calculations, each with its own assumptions and chance. Compared: {arms}.",
        "{count} berekeningen, elk met eigen aannames en toeval. Vergeleken: {arms}.",
    ),
    "rests_threshold": (
        "The claim holds where {what} is {side} {value}: {mean} there (95% interval: {low} to {high}), "
        "elsewhere {elsewhere} ({elsewhere_low} to {elsewhere_high}).",
        "De bewering gaat op waar {what} {side} {value} is: daar {mean} (95%-interval: {low} tot {high}), "
        "elders {elsewhere} ({elsewhere_low} tot {elsewhere_high}).",
    ),
    "above": ("above", "hoger dan"),
    "below": ("at most", "hoogstens"),
    "rests_settle": (
        "About {count} calculations would decide it.",
        "Met ongeveer {count} berekeningen is het te beslissen.",
    ),
    "source": ("Source", "Bron"),
    "literature": ("Research elsewhere", "Onderzoek elders"),
    "sources_note": (
        "S0 to S4 are the articles and reports in which municipalities describe their way of working.",
        "S0 tot en met S4 zijn de artikelen en rapporten waarin gemeenten hun werkwijze beschrijven.",
    ),
    "none_found": ("No claim fits. Try another word.", "Geen bewering past. Probeer een ander woord."),
    "claims_about": (
        "Simulated in a neutral city of {households} households. Result version {version}; published on "
        "{date}.",
        "Gesimuleerd in een neutrale stad van {households} huishoudens. Resultaatversie {version}; "
        "gepubliceerd op {date}.",
    ),
}

# Filled in by the script, where its values stand between braces.
LIVE: Final[dict[str, tuple[str, str]]] = {
    "decimal_sign": (".", ","),
    "thousands_sign": (",", "."),
    "column_sign": (",", ";"),
    "deprived": ("a deprived municipality", "een gemeente met veel achterstand"),
    "average": ("an average municipality", "een gemiddelde gemeente"),
    "well_off": ("a well-off municipality", "een welvarende gemeente"),
    "short_deprived": ("Deprived", "Veel achterstand"),
    "short_average": ("Average", "Gemiddeld"),
    "short_well_off": ("Well-off", "Welvarend"),
    "kind_like": ("{kind} like {place}", "{kind} als {place}"),
    "short_signalling": ("{value}%", "{value}%"),
    "short_team": ("{value} fte", "{value} fte"),
    "short_cut": ("{value}%", "{value}%"),
    "value_signalling": ("{value}% of team hours", "{value}% van de teamuren"),
    "value_team": ("{value} per 1,000 inhabitants", "{value} fte per 1.000 inwoners"),
    "value_cut": ("{value}% of the grants", "{value}% van het rijksbudget"),
    "value_years": ("{value} years", "{value} jaar"),
    "value_year": ("1 year", "1 jaar"),
    "value_at_once": ("at once", "ineens"),
    "value_no_cut": ("no cut", "geen korting"),
    # Questions.
    "question_signalling": (
        "What does early signalling bring {kind}?", "Wat levert vroegsignalering {kind} op?",
    ),
    "question_teams": ("What do {teams} bring {kind}?", "Wat leveren {teams} {kind} op?"),
    "question_both": (
        "What do early signalling and {teams} bring {kind}?",
        "Wat leveren vroegsignalering en {teams} {kind} op?",
    ),
    "question_nothing": (
        "What would early signalling or other teams bring {kind}?",
        "Wat zouden vroegsignalering of andere wijkteams {kind} opleveren?",
    ),
    "question_cut_at_once": (
        "What does a cut of {cut}% at once do to {kind}?",
        "Wat doet een korting van {cut}% ineens met {kind}?",
    ),
    "question_cut_spread": (
        "What does a cut of {cut}% over {years} do to {kind}?",
        "Wat doet een korting van {cut}%, gespreid over {years}, met {kind}?",
    ),
    "question_no_cut": ("What would a cut do to {kind}?", "Wat zou een korting doen met {kind}?"),
    "question_all": (
        "What do these choices together do to {kind}?", "Wat doen deze keuzes samen met {kind}?",
    ),
    "larger_teams": ("larger teams", "grotere wijkteams"),
    "smaller_teams": ("smaller teams", "kleinere wijkteams"),
    # What it is compared with.
    "against_organisation": (
        "the same cut with usual teams and no extra early signalling",
        "dezelfde korting met gewone wijkteams en zonder extra vroegsignalering",
    ),
    "against_landing": (
        "no cut, with the same teams and early signalling",
        "geen korting, met dezelfde wijkteams en vroegsignalering",
    ),
    "against_level": (
        "no cut, usual teams and no extra early signalling",
        "geen korting, gewone wijkteams en geen extra vroegsignalering",
    ),
    "compared": (
        "Mean per year from the transition of 2015 to the end of 2029, compared with {against}.",
        "Gemiddeld per jaar, van de overgang in 2015 tot en met 2029, vergeleken met {against}.",
    ),
    "nothing": (
        "Nothing differs yet from what it is compared with: move a slider.",
        "Er is nog geen verschil met waarmee wordt vergeleken: verschuif een knop.",
    ),
    # The answer in words.
    "cost_more": ("It costs the municipality money.", "Het kost de gemeente geld."),
    "cost_less": ("It saves the municipality money.", "Het bespaart de gemeente geld."),
    "cost_less_help": ("The municipality spends less.", "De gemeente geeft minder uit."),
    "cost_unsure": (
        "Whether it costs or saves money is uncertain.", "Of het geld kost of bespaart, is onzeker.",
    ),
    "unmet_more": ("More problems go without help.", "Meer problemen blijven zonder hulp."),
    "unmet_less": ("Fewer problems go without help.", "Minder problemen blijven zonder hulp."),
    "unmet_unsure": (
        "Whether more people get help is uncertain.", "Of meer mensen hulp krijgen, is onzeker.",
    ),
    "waiting_more": ("People wait longer.", "Inwoners wachten langer."),
    "waiting_less": ("People wait less.", "Inwoners wachten korter."),
    "not_a_saving": (
        "Spending falls while more problems go without help. That does not count as a saving.",
        "De uitgaven dalen terwijl meer problemen zonder hulp blijven. Dat telt niet als besparing.",
    ),
    "signalling_alone": (
        "Of this, early signalling by itself: {mean} euro per inhabitant per year (90% interval: {low} to "
        "{high}).",
        "Daarvan vroegsignalering alleen: {mean} euro per inwoner per jaar (90%-interval: {low} tot {high}).",
    ),
    # Tiles.
    "name_cost": ("Cost to the municipality", "Kosten voor de gemeente"),
    "name_unmet": ("Problems without help", "Problemen zonder hulp"),
    "name_waiting": ("Waiting for help", "Wachten op hulp"),
    "name_harm": ("Transition harm", "Schade van de overgang"),
    "name_crises": ("Crises", "Crises"),
    "short_cost": ("Cost", "Kosten"),
    "short_unmet": ("Without help", "Zonder hulp"),
    "short_waiting": ("Waiting", "Wachten"),
    "unit_cost": ("euro per inhabitant per year", "euro per inwoner per jaar"),
    "unit_unmet": (
        "problem-months per 1,000 households per year; a heavy problem counts for more",
        "probleemmaanden per 1.000 huishoudens per jaar; een zwaar probleem telt zwaarder",
    ),
    "unit_waiting": (
        "months on waiting lists per 1,000 households per year",
        "maanden op wachtlijsten per 1.000 huishoudens per jaar",
    ),
    "unit_harm": (
        "extra problem-months without help per 1,000 households per year, first ten years",
        "extra probleemmaanden zonder hulp per 1.000 huishoudens per jaar, eerste tien jaar",
    ),
    "unit_crises": ("crises per 1,000 households per year", "crises per 1.000 huishoudens per jaar"),
    "more": ("{value} more", "{value} meer"),
    "less": ("{value} less", "{value} minder"),
    "none": ("0", "0"),
    "from_to": ("From {before} to {after}.", "Van {before} naar {after}."),
    "from_harm": (
        "Compared with the same cut over eight years. Usual total: {before}.",
        "Vergeleken met dezelfde korting in acht jaar. Gebruikelijk totaal: {before}.",
    ),
    "no_harm": (
        "None: this is the cut over eight years, with which it is compared.",
        "Geen: dit is de korting in acht jaar, waarmee wordt vergeleken.",
    ),
    "no_cut_no_harm": (
        "None: without a cut there is nothing to spread.",
        "Geen: zonder korting valt er niets te spreiden.",
    ),
    "is_compared": (
        "This is what it is compared with.", "Dit is waarmee wordt vergeleken.",
    ),
    "interval": ("90% interval: {low} to {high}.", "90%-interval: {low} tot {high}."),
    "certain": ("Very likely.", "Zeer waarschijnlijk."),
    "uncertain": ("More and less are both possible.", "Meer en minder zijn allebei mogelijk."),
    "better": ("Better", "Beter"),
    "worse": ("Worse", "Slechter"),
    "better_harm": ("Better than over eight years", "Beter dan in acht jaar"),
    "worse_harm": ("Worse than over eight years", "Slechter dan in acht jaar"),
    "unsure": ("Uncertain", "Onzeker"),
    "same": ("No difference", "Geen verschil"),
    "saves": ("Saves money", "Bespaart geld"),
    "costs": ("Costs money", "Kost geld"),
    "spends_less": ("Less spent", "Minder uitgaven"),
    "axis_less_cost": ("cheaper", "goedkoper"),
    "axis_more_cost": ("dearer", "duurder"),
    "axis_less": ("better", "beter"),
    "axis_more": ("worse", "slechter"),
    "strip": (
        "{name}: {mean}, 90% interval {low} to {high}; zero is no difference",
        "{name}: {mean}, 90%-interval {low} tot {high}; nul is geen verschil",
    ),
    # Side effect.
    "side_sure": ("Largest side effect", "Grootste keerzijde"),
    "side_maybe": ("Possible side effect", "Mogelijke keerzijde"),
    "side_none": ("No side effect seen", "Geen keerzijde gezien"),
    "side_effect": (
        "{name}: {change}, from {before} to {after} ({unit}). 90% interval: {low} to {high}.",
        "{name}: {change}, van {before} naar {after} ({unit}). 90%-interval: {low} tot {high}.",
    ),
    "side_harm": (
        "{name}: {change} ({unit}) than with eight years. 90% interval: {low} to {high}.",
        "{name}: {change} ({unit}) dan bij acht jaar. 90%-interval: {low} tot {high}.",
    ),
    "side_nothing": (
        "For people none of these measures gets worse, not even on average.",
        "Voor inwoners wordt geen van deze maten slechter, ook niet gemiddeld.",
    ),
    # Chart.
    "chart_title": (
        "{name}: higher in {more}, lower in {less} and uncertain in {open} of {all} combinations",
        "{name}: hoger in {more}, lager in {less} en onzeker in {open} van de {all} combinaties",
    ),
    "chart_subtitle": (
        "{unit}; mean difference with {against}. The other two choices stay as you set them. Hatched: "
        "uncertain. Choose a square to take its values over.",
        "{unit}; gemiddeld verschil met {against}. De andere twee keuzes blijven zoals u ze instelde. "
        "Gearceerd: onzeker. Kies een vakje om de waarden over te nemen.",
    ),
    "axis_signalling": ("Early signalling (% of team hours)", "Vroegsignalering (% van de teamuren)"),
    "axis_team": ("Teams (jobs per 1,000 inhabitants)", "Wijkteams (fte per 1.000 inwoners)"),
    "axis_cut": ("Cut (% of the grants)", "Korting (% van het rijksbudget)"),
    "axis_years": ("Phase-in (years)", "Landingsbaan (jaren)"),
    "you": ("your choice", "uw keuze"),
    "head_mean": ("Mean", "Gemiddeld"),
    "head_low": ("90% from", "90% van"),
    "head_high": ("to", "tot"),
    # Municipality.
    "place_resembles": (
        "Of the three kinds that were simulated, {place} resembles {kind} most, by registered debts "
        "({money}%) and youth help ({youth}%). The numbers are those of that kind, not of {place} itself.",
        "Van de drie soorten die zijn doorgerekend, lijkt {place} het meest op {kind}, naar geregistreerde "
        "schulden ({money}%) en jeugdhulp ({youth}%). De getallen zijn die van die soort, niet van {place} "
        "zelf.",
    ),
    "place_nearly": (
        "It resembles {kind} nearly as much.", "Het verschil met {kind} is klein.",
    ),
    "place_unknown": (
        "Of {place} youth help is known ({youth}%) and registered debts are not. That does not tell which "
        "kind it resembles, so the average kind is shown. Do you know better? Choose another kind.",
        "Van {place} is de jeugdhulp bekend ({youth}%), maar het aandeel geregistreerde schulden niet. "
        "Daaruit blijkt niet op welke soort {place} lijkt; daarom ziet u de gemiddelde soort. Weet u het "
        "beter? Kies dan een andere soort.",
    ),
    "place_own": (
        "You chose {kind} yourself; the numbers are not about {place}.",
        "U koos zelf {kind}; de getallen gaan niet over {place}.",
    ),
    "place_nobody": (
        "Kinds differ in registered debts and youth help only.",
        "De soorten verschillen alleen in geregistreerde schulden en jeugdhulp.",
    ),
    # Links and downloads.
    "copied": ("The link is copied.", "De link is gekopieerd."),
    "not_copied": ("Copy the link from the field.", "Kopieer de link uit het veld."),
    "file_answer": ("answer", "antwoord"),
    "file_chart": ("chart", "grafiek"),
    "file_grid": ("all_predictions", "alle_uitkomsten"),
    "column_kind": ("kind of municipality", "soort gemeente"),
    "column_question": ("compared with", "vergeleken met"),
    "column_measure": ("measure", "maat"),
    "column_unit": ("unit", "eenheid"),
    "column_signalling": ("early signalling, share of team hours", "vroegsignalering, deel van de teamuren"),
    "column_team": ("teams, jobs per 1000 inhabitants", "wijkteams, fte per 1000 inwoners"),
    "column_cut": ("cut, share of the grants", "korting, deel van het rijksbudget"),
    "column_years": ("phase-in, years", "landingsbaan, jaren"),
    "column_mean": ("mean", "gemiddelde"),
    "column_low": ("low (90%)", "laag (90%)"),
    "column_high": ("high (90%)", "hoog (90%)"),
    "measure_net_cost": ("net municipal cost", "netto kosten van de gemeente"),
    "measure_all_payers_cost": ("cost to all payers", "kosten voor alle betalers"),
    "measure_unmet": ("problems without help", "problemen zonder hulp"),
    "measure_waiting": ("months on waiting lists", "maanden op wachtlijsten"),
    "measure_crises": ("crises", "crises"),
    "measure_unmet_ten_years": (
        "problems without help, first ten years", "problemen zonder hulp, eerste tien jaar",
    ),
    "measure_crises_ten_years": ("crises, first ten years", "crises, eerste tien jaar"),
    "measure_own_payments_ten_years": (
        "cost on top of the grants, first ten years", "kosten boven het rijksbudget, eerste tien jaar",
    ),
    "of_organisation": ("the same cut, usual teams", "dezelfde korting, gewone wijkteams"),
    "of_landing": ("no cut", "geen korting"),
    "of_harm": ("the same cut over eight years", "dezelfde korting in acht jaar"),
    "of_signalling": ("no extra early signalling", "geen extra vroegsignalering"),
    "of_level": ("no cut, usual teams", "geen korting, gewone wijkteams"),
    "claims_found": ("{count} of {all} claims", "{count} van de {all} beweringen"),
}  # fmt: skip

# Numbers on which a verdict depends, by the name of the parameter.
PARAMETERS: Final[dict[str, tuple[str, str]]] = {
    "wijkteam.gift_effect": (
        "what a gift takes off money problems (severity)", "wat een gift van geldproblemen afhaalt (ernst)",
    ),
    "wijkteam.hours_per_intake": (
        "the time of one intake with its visit and plan (hours)",
        "de tijd voor één intake met huisbezoek en plan (uren)",
    ),
    "referral_source.number_finds_way": (
        "the share of misdirected contacts that one central number prevents",
        "het deel van de verkeerd gerichte vragen dat één centraal nummer voorkomt",
    ),
    "wijkteam.failed_referral_share": (
        "the share of referrals between organisations that fail without active follow-up",
        "het deel van de verwijzingen tussen organisaties dat zonder opvolging mislukt",
    ),
    "household.support_raises_tipping": (
        "how much full informal support raises the severity from which problems grow (severity)",
        "hoeveel volledige informele steun de ernst verhoogt waarboven problemen groeien (ernst)",
    ),
    "household.counter_reach": (
        "how much easier to reach each counter beyond the first is (severity)",
        "hoeveel makkelijker bereikbaar elk loket na het eerste is (ernst)",
    ),
    "wijkteam.autonomy_frees": (
        "the share of administration that a fully autonomous team does not need",
        "het deel van de administratie dat een zelfstandig team kan missen",
    ),
    "wijkteam.edge_effect": (
        "what a month of intensive help at home takes off the problems of a child close to placement "
        "(severity)",
        "wat een maand intensieve hulp thuis afhaalt van de problemen van een kind dat bijna uit huis gaat "
        "(ernst)",
    ),
    "wijkteam.fte_per_link": (
        "the staff that one linked referral source takes (jobs per 1,000 inhabitants)",
        "het personeel dat één aangesloten verwijzer vraagt (fte per 1.000 inwoners)",
    ),
    "informal_network.social_base_lift": (
        "the share of capacity that comes with twice the money for the social base",
        "het deel aan draagkracht dat erbij komt als de sociale basis twee keer zo groot is",
    ),
    "informal_network.centres_lift": (
        "the share of capacity that independent community centres add",
        "het deel aan draagkracht dat zelfstandige buurthuizen toevoegen",
    ),
    "informal_network.centres_speak_less": (
        "the share of signals that is lost where community centres are independent",
        "het deel van de signalen dat verloren gaat waar buurthuizen zelfstandig zijn",
    ),
    "wijkteam.support_effect": (
        "what a month with enough hours takes off the problem of a team case (severity)",
        "wat een maand met genoeg uren van het probleem van een cliënt afhaalt (ernst)",
    ),
    "provider.form_shifts_closing": (
        "how much later care ends where providers earn by production (severity)",
        "hoeveel later zorg eindigt als aanbieders aan productie verdienen (ernst)",
    ),
    "provider.coordination_gain": (
        "how much more care does when it is coordinated in one plan (share)",
        "hoeveel meer zorg doet als ze in één plan op elkaar is afgestemd (aandeel)",
    ),
    "household.fade_per_month[3]": (
        "how fast conflicts and violence at home fade below their tipping point (per month)",
        "hoe snel ruzie en geweld thuis afnemen onder het kantelpunt (per maand)",
    ),
    "wijkteam.social_work_shift": (
        "how much sooner social work refers (severity)",
        "hoeveel eerder maatschappelijk werk verwijst (ernst)",
    ),
}  # fmt: skip

# What sources are called stands in English with the claims; these are its words that are no names.
IN_SOURCES: Final[dict[str, tuple[str, str]]] = {
    "adds": (
        "(S2 adds that the predicted disaster seems not to have come)",
        "(volgens S2 is de voorspelde ramp uitgebleven)",
    ),
    "generalist_teams": (
        "(not generalists but generalist teams)", "(geen generalisten, maar generalistische teams)",
    ),
    "its_practice": ("(its practice)", "(de praktijk)"),
    "the_idea": ("(the idea)", "(het idee)"),
    "rival": ("the rival view is S1", "S1 ziet het andersom"),
    "shop_floor": ("series on the shop floor", "serie over de werkvloer"),
    "comment_on": ("comment on", "reactie over"),
    "comment": ("comment", "reactie"),
    "overview_of": ("overview of", "overzicht van"),
    "overview": ("overview", "overzicht"),
    "twente": ("Twente University", "Universiteit Twente"),
    "and": (" and ", " en "),
}  # fmt: skip


def said(key: str, language: str, **values: object) -> str:
    """Return a text of the pages in a language, with its values filled in.

    Examples
    --------
    >>> said("nav_claims", "nl")
    'Beweringen'
    """
    return filled(PAGE, key, language, **values)


def source_in(source: str, language: str) -> str:
    """Return the source of a claim in a language.

    Examples
    --------
    >>> source_in("S2 Hengelo and Utrecht", "nl")
    'S2 Hengelo en Utrecht'
    """
    if language == "nl":
        for english, dutch in IN_SOURCES.values():
            source = source.replace(english, dutch)
    return source
