"""Words and sentences of a forecast and of comparable municipalities: key, English, Dutch."""

from typing import Final

from scenarios.reporting.texts import filled

WORDS: Final[dict[str, tuple[str, str]]] = {
    # Measures.
    "inhabitants": ("inhabitants", "inwoners"),
    "youth_users": ("children with youth care", "kinderen met jeugdzorg"),
    "youth_share": ("share of children with youth care", "aandeel kinderen met jeugdzorg"),
    "wmo_users": ("Wmo clients", "Wmo-cliënten"),
    "household_help_users": ("Wmo clients with household help", "Wmo-cliënten met huishoudelijke hulp"),
    "support_users": (
        "Wmo clients with guidance or day care",
        "Wmo-cliënten met begeleiding of dagbesteding",
    ),
    "aids_users": (
        "Wmo clients with aids and adaptations",
        "Wmo-cliënten met hulpmiddelen of aanpassingen",
    ),
    "residence_users": (
        "Wmo clients in protected residence or shelter",
        "Wmo-cliënten in beschermd wonen of opvang",
    ),
    "wmo_clients": ("Wmo clients per 1,000 inhabitants", "Wmo-cliënten per 1.000 inwoners"),
    "debt_users": ("households with debt help", "huishoudens met schuldhulp"),
    "problem_debt_share": (
        "share of households in problem debt",
        "aandeel huishoudens met problematische schulden",
    ),
    "cost_youth": ("cost of youth care", "kosten van jeugdzorg"),
    "cost_wmo": ("cost of the Wmo", "kosten van de Wmo"),
    "cost_debt": ("cost of debt help", "kosten van schuldhulp"),
    "result": ("grants and general means less cost", "rijksgeld en algemene middelen min kosten"),
    "waiting_youth": ("waiting for specialist youth care", "wachtend op specialistische jeugdzorg"),
    "waiting_wmo": ("waiting for Wmo provisions", "wachtend op Wmo-voorzieningen"),
    "waiting_debt": ("waiting for debt help", "wachtend op schuldhulp"),
    "waiting_teams": ("waiting for a team", "wachtend op een team"),
    "team_staff": ("staff of teams", "personeel van teams"),
    "team_staff_needed": (
        "staff of teams to help those who wait too",
        "personeel van teams om ook de wachtenden te helpen",
    ),
    "provider_staff": ("staff of providers", "personeel van aanbieders"),
    "waiting": ("waiting for specialists", "wachtend op specialisten"),
    "care_cost": ("price of the care given", "prijs van de gegeven zorg"),
    # Units.
    "persons": ("persons", "personen"),
    "children_a_year": ("children a year", "kinderen per jaar"),
    "people_a_year": ("people a year", "mensen per jaar"),
    "households_a_year": ("households a year", "huishoudens per jaar"),
    "percent_under_18": ("% of residents under 18", "% van de inwoners onder 18"),
    "per_1000_inhabitants": ("per 1,000 inhabitants a year", "per 1.000 inwoners per jaar"),
    "percent_households": ("% of households", "% van de huishoudens"),
    "million_euro": ("million euro, prices of the year", "miljoen euro, prijzen van het jaar"),
    "people_waiting": ("people, mean of the year", "mensen, gemiddeld over het jaar"),
    "households_waiting": ("households, mean of the year", "huishoudens, gemiddeld over het jaar"),
    "fte": ("fte, mean of the year", "fte, gemiddeld over het jaar"),
    # Laws, and scenarios of the grants.
    "law_youth": ("Youth Act", "Jeugdwet"),
    "law_wmo": ("Wmo", "Wmo"),
    "law_debt": ("debt help", "schuldhulp"),
    "law_all": ("all laws", "alle wetten"),
    "low": ("low", "laag"),
    "middle": ("middle", "midden"),
    "high": ("high", "hoog"),
    "all": ("all scenarios", "alle scenario's"),
    # How a registered figure counts.
    "counts_same": ("counted as in the model", "geteld zoals in het model"),
    "counts_in_kind": (
        "care in kind only, without personal budgets; in 2022 some municipalities registered team help for "
        "the first time",
        "alleen zorg in natura, zonder pgb; in 2022 registreerden sommige gemeenten hulp door het team voor"
        " het eerst",
    ),
    "counts_help_in_kind": (
        "youth help in kind only, without protection, probation and personal budgets",
        "alleen jeugdhulp in natura, zonder bescherming, reclassering en pgb",
    ),
    "counts_own_count": (
        "own registration of the municipality, wider than that of CBS",
        "eigen registratie van de gemeente, ruimer dan die van het CBS",
    ),
    "counts_cost_count": (
        "as the municipality books it; which teams and overhead count differs",
        "zoals de gemeente het boekt; welke teams en overhead meetellen verschilt",
    ),
    # The page.
    "title": (
        "Forecast for {municipality}, {first}-{last}",
        "Voorspelling voor {municipality}, {first}-{last}",
    ),
    "how": (
        "The municipality is simulated {replications} times, each time with its own parameter draw and "
        "random numbers, from before the transition on. The last year with known figures of the country is "
        "{known}. From January {first} each replication continues under {policies} and under {grants} of "
        "the grants, with the same households and random numbers.",
        "De gemeente is {replications} keer gesimuleerd, elke keer met een eigen parametertrekking "
        "en eigen toevalsgetallen, vanaf ruim voor de transitie. Het laatste jaar met bekende "
        "landelijke cijfers is {known}. Vanaf januari {first} gaat elke berekening verder onder "
        "{policies} en onder {grants} voor het rijksgeld, met dezelfde huishoudens en "
        "toevalsgetallen.",
    ),
    "policies": ("{number} policies", "{number} soorten beleid"),
    "one_policy": ("the current policy", "het huidige beleid"),
    "scenarios": ("{number} scenarios", "{number} scenario's"),
    "one_scenario": ("one scenario ({name})", "één scenario ({name})"),
    "fan": (
        "A fan gives the median, the 50% interval and the 90% interval over {values} runs. The current "
        "policy is the reference policy of the model: the system of the municipality ({system}) without "
        "outreach, links with referral sources and debt signals.",
        "Een waaier geeft de mediaan, het 50%-interval en het 90%-interval over {values} runs. Het "
        "huidige beleid is het referentiebeleid van het model: het stelsel van de gemeente "
        "({system}) zonder huisbezoek, korte lijnen met vindplaatsen en schuldsignalen.",
    ),
    "few": (
        "With {replications} the ends of the 90% interval are little more than the extremes: use "
        "replications=40 or more.",
        "Met {replications} zijn de grenzen van het 90%-interval weinig meer dan de uitersten: gebruik "
        "replications=40 of meer.",
    ),
    "sample": (
        "{households} households were simulated instead of the whole municipality: numbers of people, staff"
        " and euros are multiplied by {scale}, and chance makes the fans wider than in the whole "
        "municipality.",
        "Er zijn {households} huishoudens gesimuleerd in plaats van de hele gemeente: aantallen mensen, "
        "personeel en euro's zijn vermenigvuldigd met {scale}, en door toeval zijn de waaiers breder dan in"
        " de hele gemeente.",
    ),
    "assumed": (
        "After {known} everything is assumed: grants per inhabitant grow by {growths} a year above prices "
        "(scenarios, never fitted), the population follows the country's projection, and prices after 2025 "
        "rise by 2% a year.",
        "Na {known} is alles aangenomen: het rijksgeld per inwoner groeit met {growths} per jaar boven de "
        "prijzen (scenario's, nooit geschat), de bevolking volgt de landelijke prognose, en de prijzen "
        "stijgen na 2025 met 2% per jaar.",
    ),
    "weights": (
        "The scenarios of the grants have equal weight in the fans.",
        "De scenario's voor het rijksgeld wegen in de waaiers even zwaar.",
    ),
    "growth": ("{percent}% ({name})", "{percent}% ({name})"),
    "errors": ("How far off such forecasts were", "Hoe ver zulke voorspellingen ernaast zaten"),
    "errors_of": (
        "These errors are of the country as a whole. A single municipality lies further off: the model is "
        "not fitted to its figures, and how it differs from others of the same population is drawn.",
        "Deze fouten gelden voor het land als geheel. Een enkele gemeente ligt er verder naast: het "
        "model is niet aan haar cijfers aangepast, en hoe zij van andere met dezelfde bevolking "
        "verschilt, is geloot.",
    ),
    "coming": ("What comes", "Wat er volgens het model komt"),
    "differences": ("What another policy changes in {year}", "Wat ander beleid verandert in {year}"),
    "beside": (
        "What remains without the mechanism, and under which law",
        "Wat overblijft zonder het mechanisme, en onder welke wet",
    ),
    "beside_how": (
        "The alternative less the current policy, a year, over {first} to {last} (grants: {grants}).",
        "Het alternatief min het huidige beleid, per jaar, over {first} tot en met {last} ("
        "rijksbudget: {grants}).",
    ),
    "paired": (
        "Difference from the current policy in the same replication and scenario. A difference is "
        "inconclusive when the 90% interval contains zero.",
        "Verschil met het huidige beleid in dezelfde berekening en hetzelfde scenario. Een verschil "
        "is onzeker als het 90%-interval nul bevat.",
    ),
    "by_grants": ("What the grants matter in {year}", "Wat het rijksgeld uitmaakt in {year}"),
    "registered": ("Next to the municipality's own figures", "Naast de eigen cijfers van de gemeente"),
    "no_registered": (
        "data/ has no registered figures of this municipality in the years shown.",
        "In data/ staan geen geregistreerde cijfers van deze gemeente in de getoonde jaren.",
    ),
    "inside": (
        "{inside} of {all} registered figures that count as the model does lie in the 90% interval of their"
        " year. The interval has no error of registration in it. Where the model misses the level, read the"
        " change and not the level of the forecast.",
        "{inside} van {all} geregistreerde cijfers die tellen zoals het model liggen in het 90%-interval "
        "van hun jaar. In het interval zit geen registratiefout. Waar het model het niveau mist, lees dan "
        "de verandering en niet het niveau van de voorspelling.",
    ),
    "wijken": ("By wijk in {year}", "Per wijk in {year}"),
    "made_up": (
        "The wijken are those of the model, from the least to the most deprived. Their sizes and "
        "deprivation are drawn, unless a file of your own gives their deprivation, so a number is no real "
        "wijk.",
        "De wijken zijn die van het model, van de minste naar de meeste achterstand. Hun grootte en "
        "achterstand zijn geloot, tenzij een eigen bestand de achterstand geeft; een nummer is dus "
        "geen echte wijk.",
    ),
    "one_wijk": (
        "By wijk there is nothing to show: what was simulated has one wijk.",
        "Per wijk is er niets te tonen: wat gesimuleerd is, heeft één wijk.",
    ),
    "tables": ("Tables", "Tabellen"),
    "laid_beside": (
        "`forecast.csv` and `forecast.xlsx` have a row per year, measure, law, policy and scenario of the "
        "grants: p5, p25, median, p75, p95, and what was registered. The Wmo-voorspelmodel forecasts "
        "clients per category of the Wmo for five years: put it next to the rows with `law` = wmo and "
        "`grants` = all (`wmo_users`, `household_help_users`, `support_users`, `aids_users`). A person with"
        " two categories counts in both, and once in `wmo_users`; check how the other table counts.",
        "`forecast.csv` en `forecast.xlsx` hebben een rij per jaar, maat, wet, beleid en scenario van het "
        "rijksgeld: p5, p25, mediaan (median), p75, p95, en wat er geregistreerd is. Het Wmo-voorspelmodel "
        "voorspelt cliënten per categorie van de Wmo voor vijf jaar: leg het naast de rijen met `law` = wmo"
        " en `grants` = all (`wmo_users`, `household_help_users`, `support_users`, `aids_users`). Wie twee "
        "categorieën heeft, telt in beide mee, en één keer in `wmo_users`; ga na hoe de andere tabel telt.",
    ),
    "made": (
        "Made with `{command}`, result version {version}.",
        "Gemaakt met `{command}`, resultaatversie {version}.",
    ),
    "no_excel": (
        "{path} was not written: openpyxl is not installed; pip install 'landingsbaan[excel]'",
        "{path} is niet geschreven: openpyxl is niet geïnstalleerd; pip install 'landingsbaan[excel]'",
    ),
    # Heads of columns.
    "measure": ("measure", "maat"),
    "unit": ("unit", "eenheid"),
    "law": ("law", "wet"),
    "year": ("year", "jaar"),
    "model": ("model, median [90%]", "model, mediaan [90%]"),
    "register": ("registered", "geregistreerd"),
    "within": ("in the interval", "in het interval"),
    "counts": ("how it counts", "hoe het telt"),
    "policy": ("policy", "beleid"),
    "wijk": ("wijk", "wijk"),
    "deprivation": ("deprivation", "achterstand"),
    "difference": ("difference, median [90%]", "verschil, mediaan [90%]"),
    "certainty": ("certainty", "zekerheid"),
    "higher": ("higher", "hoger"),
    "lower": ("lower", "lager"),
    "no_difference": ("no difference", "geen verschil"),
    "inconclusive": ("inconclusive", "onzeker"),
    "yes": ("yes", "ja"),
    "no": ("no", "nee"),
    "in_year": ("{year}, median [90%]", "{year}, mediaan [90%]"),
    "half": ("50%", "50%"),
    # Figures.
    "figure_title": ("{municipality} to {last}: {policy}", "{municipality} tot {last}: {policy}"),
    "figure_subtitle": (
        "Line: median. Bands: 50% and 90% of {values} runs. Points: registered (filled: counted as in the "
        "model). Dotted: last year known.",
        "Lijn: mediaan. Banden: 50% en 90% van {values} runs. Punten: geregistreerd (dicht: geteld zoals in"
        " het model). Stippellijn: laatste jaar dat bekend is.",
    ),
    "figure_current": ("median of the current policy", "mediaan van het huidige beleid"),
    "figure_wijken": (
        "{municipality} by wijk in {last}, from the least to the most deprived wijk of the model",
        "{municipality} per wijk in {last}, van de minste naar de meeste achterstand",
    ),
    "figure_wijken_subtitle": (
        "Point: median. Thick and thin: 50% and 90% of the runs, current policy. Wijken are drawn, none is "
        "a real one.",
        "Punt: mediaan. Dik en dun: 50% en 90% van de runs, huidig beleid. De wijken zijn geloot; "
        "het zijn geen echte wijken.",
    ),
    # Comparable municipalities.
    "comparable_title": (
        "{policy} in municipalities like {municipality}",
        "{policy} in gemeenten die op {municipality} lijken",
    ),
    "comparable_how": (
        "{replications}, with the same seed and uncertain parameters in every municipality; how a "
        "municipality differs from others with the same people is drawn per municipality. Every number is "
        "what the policy changes from the reference policy, over {first}-{last}: mean, and in brackets the "
        "interval with 90% of the replications. The neutral organisation is {neutral}.",
        "{replications}, met in elke gemeente dezelfde seed en onzekere parameters; hoe een gemeente "
        "verschilt van andere met dezelfde bevolking, is per gemeente geloot. Elk getal is wat het "
        "beleid verandert ten opzichte van het referentiebeleid, over {first}-{last}: gemiddelde, en "
        "tussen haakjes het interval met 90% van de berekeningen. De neutrale organisatie is {neutral}.",
    ),
    "comparable_few": (
        "With {replications} an interval says little: a difference that is not there lies on one side of "
        "zero in every replication with a probability of {chance}, and many outcomes are looked at. Use "
        "replications=40 or more.",
        "Met {replications} zegt een interval weinig: een verschil dat er niet is, ligt met een kans "
        "van {chance} in elke berekening aan één kant van nul, en er zijn veel uitkomsten. Gebruik "
        "replications=40 of meer.",
    ),
    "alike": ("Most similar municipalities", "Gemeenten die er het meest op lijken"),
    "alike_distance": (
        "Distance: root mean square of the differences in standard deviations over the sixteen "
        "municipalities of {file}, in inhabitants (logarithm), singles, households with children, share "
        "under 15, problem debt and youth help; a figure that fewer than four of them have is left out, and"
        " so is one that either of the two lacks: 'figures' says how many are left. Of few figures a "
        "distance says little.",
        "Afstand: wortel van het gemiddelde kwadraat van de verschillen in standaarddeviaties over de "
        "zestien gemeenten van {file}, in inwoners (logaritme), alleenstaanden, huishoudens met kinderen, "
        "aandeel onder 15, problematische schulden en jeugdhulp; een cijfer dat minder dan vier gemeenten "
        "hebben telt niet mee, en een cijfer dat een van de twee mist ook niet: 'cijfers' zegt hoeveel er "
        "over zijn. Bij weinig cijfers zegt een afstand weinig.",
    ),
    "effects_own": (
        "What {policy} does, every municipality with its own organisation",
        "Wat {policy} doet, elke gemeente met de eigen organisatie",
    ),
    "effects_neutral": (
        "What {policy} does, every municipality with the same (neutral) organisation",
        "Wat {policy} doet, elke gemeente met dezelfde (neutrale) organisatie",
    ),
    "why": ("Why it differs from {municipality}", "Waarom het verschilt van {municipality}"),
    "why_parts": (
        "The difference of the effect, replication by replication. 'People' is the difference with the same"
        " organisation in both: population, size, money and what is drawn per municipality. 'Organisation' "
        "is the rest: what the own organisations add, and how they go together with the people. The two add"
        " up.",
        "Het verschil in effect, berekening voor berekening. 'Mensen' is het verschil met in beide "
        "dezelfde organisatie: bevolking, omvang, geld en wat per gemeente is geloot. 'Organisatie' "
        "is de rest: wat de eigen organisaties toevoegen, en hoe die met de mensen samengaan. Samen "
        "vormen ze het hele verschil.",
    ),
    "no_organisation": (
        "{municipalities}: no organisation is described, so the own one is the neutral one.",
        "{municipalities}: er is geen organisatie beschreven, dus de eigen is de neutrale.",
    ),
    "municipality": ("municipality", "gemeente"),
    "away": ("distance", "afstand"),
    "of": ("figures", "cijfers"),
    "system": ("organisation", "organisatie"),
    "outcome": ("outcome", "uitkomst"),
    "in_all": ("difference", "verschil"),
    "people": ("people", "mensen"),
    "organisation": ("organisation", "organisatie"),
    "undecided": (
        "{outcome}: inconclusive, the effect in {other} less that in {municipality} lies between {low} and "
        "{high} {unit} (90% interval).",
        "{outcome}: onzeker, het effect in {other} min dat in {municipality} ligt tussen {low} en {high} "
        "{unit} (90%-interval).",
    ),
    "by_people": (
        "{outcome}: the effect in {other} differs by {mean} {unit} from that in {municipality} (90% "
        "interval: {low} to {high}), by the people; what the organisation adds is inconclusive or goes the "
        "other way.",
        "{outcome}: het effect in {other} verschilt {mean} {unit} van dat in {municipality} (90%-interval: "
        "{low} tot {high}), door de mensen; wat de organisatie toevoegt is onzeker of gaat de andere kant "
        "op.",
    ),
    "by_organisation": (
        "{outcome}: the effect in {other} differs by {mean} {unit} from that in {municipality} (90% "
        "interval: {low} to {high}), by the organisation; what the people matter is inconclusive or goes "
        "the other way.",
        "{outcome}: het effect in {other} verschilt {mean} {unit} van dat in {municipality} (90%-interval: "
        "{low} tot {high}), door de organisatie; wat de mensen uitmaken is onzeker of gaat de andere kant "
        "op.",
    ),
    "by_both": (
        "{outcome}: the effect in {other} differs by {mean} {unit} from that in {municipality} (90% "
        "interval: {low} to {high}), by the people and by the organisation.",
        "{outcome}: het effect in {other} verschilt {mean} {unit} van dat in {municipality} (90%-interval: "
        "{low} tot {high}), door de mensen en door de organisatie.",
    ),
    "by_unknown": (
        "{outcome}: the effect in {other} differs by {mean} {unit} from that in {municipality} (90% "
        "interval: {low} to {high}); whether by people or organisation is inconclusive.",
        "{outcome}: het effect in {other} verschilt {mean} {unit} van dat in {municipality} (90%-interval: "
        "{low} tot {high}); of dat door mensen of organisatie komt, is onzeker.",
    ),
    "comparable_limits": (
        "Organisations follow their sources; numbers that no source gives are assumed (docs/systems.md). "
        "The model is not fitted to single municipalities.",
        "Organisaties volgen hun bronnen; getallen die geen bron geeft, zijn aangenomen (docs/systems.md). "
        "Het model is niet aan afzonderlijke gemeenten aangepast.",
    ),
}


def said(key: str, language: str, **values: object) -> str:
    """Return a text of a forecast with its values filled in.

    Examples
    --------
    >>> said("law_youth", "nl")
    'Jeugdwet'
    """
    return filled(WORDS, key, language, **values)
