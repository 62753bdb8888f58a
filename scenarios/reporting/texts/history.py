"""Words and sentences of the model next to the record, the history and the back-test: key, English, Dutch."""

from typing import Final

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "history_youth_share": ("youths in care, % of under 18", "jeugdigen met jeugdzorg, % van onder 18"),
    "history_youth_users_index": ("youths in care, 2016 = 100", "jeugdigen met jeugdzorg, 2016 = 100"),
    "history_youth_stay_share": ("residential, % of youths helped", "met verblijf, % van jeugdigen met hulp"),
    "history_youth_stay_per_1000": ("residential, per 1,000 under 18", "met verblijf, per 1.000 onder 18"),
    "history_wmo_clients": ("Wmo clients per 1,000 inhabitants", "Wmo-cliënten per 1.000 inwoners"),
    "history_wmo_household_help": ("  household help", "  huishoudelijke hulp"),
    "history_wmo_support": ("  guidance and day care", "  begeleiding en dagbesteding"),
    "history_wmo_residence": ("  protected housing and shelter", "  beschermd wonen en opvang"),
    "history_youth_spending": ("youth care, euro per inhabitant", "jeugdzorg, euro per inwoner"),
    "history_youth_spending_real": (
        "youth care, euro of 2015 per inhabitant",
        "jeugdzorg, euro van 2015 per inwoner",
    ),
    "history_youth_spending_without_teams": ("  without teams", "  zonder wijkteams"),
    "history_wmo_spending": ("Wmo, euro per inhabitant", "Wmo, euro per inwoner"),
    "history_wmo_spending_real": ("Wmo, euro of 2015 per inhabitant", "Wmo, euro van 2015 per inwoner"),
    "history_balance": ("balance, % of youth and Wmo budget", "resultaat, % van budget jeugd en Wmo"),
    "history_balance_with_participation": ("  with participation", "  met participatie"),
    "history_evictions": ("evictions per 1,000 households", "huisuitzettingen per 1.000 huishoudens"),
    "history_wijkteam_cases_per_fte": ("open cases per fte, wijkteams", "lopende zaken per fte, wijkteams"),
    "history_youth_team_cases_per_fte": ("  youth teams", "  jeugdteams"),
}
_LINES: Final[dict[str, tuple[str, str]]] = {
    "line_model": ("model", "model"),
    "line_wmo_clients": ("all", "alle"),
    "line_wmo_household_help": ("household\nhelp", "huishoud-\nelijke hulp"),
    "line_wmo_support": ("guidance,\nday care", "begeleiding,\ndagbesteding"),
    "line_wmo_residence": ("protected\nhousing", "beschermd\nwonen"),
    "line_youth_spending": ("prices of\nthe year", "prijzen van\ndat jaar"),
    "line_youth_spending_real": ("prices of\n2015", "prijzen van\n2015"),
    "line_youth_spending_without_teams": ("without\nteams", "zonder\nteams"),
    "line_wmo_spending": ("prices of\nthe year", "prijzen van\ndat jaar"),
    "line_wmo_spending_real": ("prices of\n2015", "prijzen van\n2015"),
    "line_balance": ("youth and\nWmo", "jeugd en\nWmo"),
    "line_balance_with_participation": ("with partici-\npation", "met partici-\npatie"),
    "line_wijkteam_cases_per_fte": ("wijkteams", "wijkteams"),
    "line_youth_team_cases_per_fte": ("youth teams", "jeugdteams"),
}
_PANELS: Final[dict[str, tuple[str, str]]] = {
    "panel_youth_share": ("Youths in care\n% of under 18", "Jeugdigen met jeugdzorg\n% van onder 18"),
    "panel_stay": (
        "Youths in residential care\n% of youths helped",
        "Jeugdigen met verblijf\n% van jeugdigen met hulp",
    ),
    "panel_wmo": ("Wmo clients\nper 1,000 inhabitants", "Wmo-cliënten\nper 1.000 inwoners"),
    "panel_cases": ("Open cases of teams\nper fte", "Lopende zaken van teams\nper fte"),
    "panel_youth_spending": (
        "Spending on youth care\neuro per inhabitant a year",
        "Uitgaven jeugdzorg\neuro per inwoner per jaar",
    ),
    "panel_wmo_spending": (
        "Spending on the Wmo\neuro per inhabitant a year",
        "Uitgaven Wmo\neuro per inwoner per jaar",
    ),
    "panel_balance": (
        "Balance of budgets\n% of budget, below 0: deficit",
        "Resultaat op budget\n% van budget, onder 0: tekort",
    ),
    "panel_evictions": ("Evictions\nper 1,000 households", "Huisuitzettingen\nper 1.000 huishoudens"),
}
WORDS: Final[dict[str, tuple[str, str]]] = {
    **_NAMES,
    **_LINES,
    **_PANELS,
    "history_sentence": (
        "History {first}-{last}, before any policy: the reference agrees with {met} of {points} recorded "
        "national figures; its mean lies within the bounds of {within} of {bounded}.",
        "Geschiedenis {first}-{last}, zonder nieuw beleid: de referentie komt overeen met {met} van "
        "{points} landelijke metingen; het gemiddelde ligt binnen de grenzen van {within} van {bounded}.",
    ),
    "history_sentence_one": (
        "History {first}-{last}, before any policy: the reference lies within the bounds of {within} of "
        "{bounded} recorded national figures. One replication has no interval.",
        "Geschiedenis {first}-{last}, zonder nieuw beleid: de referentie ligt binnen de grenzen van "
        "{within} van {bounded} landelijke metingen. Eén berekening heeft geen interval.",
    ),
    "history_none": (
        "History: the window contains no full year of 2012-2022, so the model cannot be compared with the "
        "record.",
        "Geschiedenis: de periode bevat geen heel jaar van 2012-2022, dus het model is niet met metingen "
        "te vergelijken.",
    ),
    "history_series": ("series", "reeks"),
    "history_model": ("model [90%]", "model [90%]"),
    "history_record": ("record [bounds]", "meting [grenzen]"),
    "history_met": ("agrees", "komt overeen"),
    "history_of": ("{met} of {points}", "{met} van {points}"),
    "history_yes": ("yes", "ja"),
    "history_no": ("no", "nee"),
    "history_input": ("input", "invoer"),
    "history_no_interval": ("no interval", "geen interval"),
    "history_year": ("year", "jaar"),
    "history_title": (
        "{first}-{last}: the model agrees with {met} of {points} recorded figures; its mean lies within "
        "the bounds of {within} of {bounded}",
        "{first}-{last}: het model komt overeen met {met} van {points} metingen; het gemiddelde ligt "
        "binnen de grenzen van {within} van {bounded}",
    ),
    "history_title_one": (
        "{first}-{last}: the model lies within the bounds of {within} of {bounded} recorded figures",
        "{first}-{last}: het model ligt binnen de grenzen van {within} van {bounded} metingen",
    ),
    "history_how": (
        "Line: the reference with its 90% interval. Dot: the national record with its bounds, filled where "
        "the model agrees.",
        "Lijn: de referentie met 90%-interval. Stip: de landelijke meting met grenzen, gevuld waar het "
        "model overeenkomt.",
    ),
    "history_how_one": (
        "Line: the reference; one replication has no interval. Dot: the national record with its bounds, "
        "filled where the model lies within them, grey where there are no bounds.",
        "Lijn: de referentie; één berekening heeft geen interval. Stip: de landelijke meting met grenzen, "
        "gevuld waar het model erbinnen ligt, grijs zonder grenzen.",
    ),
    "history_note": (
        "Agrees: the recorded figure lies in the model's interval, or the model's mean lies within the "
        "bounds of the record. A diamond is an input: a dated figure of the model follows it. The youth "
        "record has a break in 2021. Sources: data/record.csv.",
        "Komt overeen: de meting ligt in het interval van het model, of het gemiddelde van het model "
        "ligt binnen de grenzen van de meting. Een ruit is invoer: het model krijgt dit cijfer mee. "
        "In 2021 is er een breuk in de jeugdcijfers. Bronnen: data/record.csv.",
    ),
    "history_section": ("Does the model follow what happened?", "Volgt het model wat er gebeurd is?"),
    "history_why": (
        "Before comparing policies, this section compares the model under the reference policy with what "
        "was measured in the country. Where the two differ, trust what the model says about a policy less.",
        "Voordat beleid wordt vergeleken, staat hier het model met het referentiebeleid naast wat in het "
        "land is gemeten. Waar die twee verschillen, verdient wat het model over beleid zegt minder "
        "vertrouwen.",
    ),
    "history_figure": (
        "The model under the reference policy (line, 90% interval) and what was measured (dots).",
        "Het model met het referentiebeleid (lijn, 90%-interval) en wat is gemeten (stippen).",
    ),
    "history_aside": ("The model and every recorded figure", "Het model en elke meting"),
    "history_written": (
        "{rows} rows in {table}; the figure is {figure}.",
        "{rows} rijen in {table}; de figuur is {figure}.",
    ),
}


BACKTEST: Final[dict[str, tuple[str, str]]] = {
    "backtest_missed": (
        "On {first}-{last} this model's forecasts missed by {youth_users}% (share of youths in care), "
        "{wmo_clients}% (Wmo clients) and {spending}% (spending) on average; {inside}% of the figures lay in "
        "the 90% interval.",
        "Over {first}-{last} zaten voorspellingen van dit model er gemiddeld {youth_users}% (aandeel "
        "jeugdigen met jeugdzorg), {wmo_clients}% (Wmo-cliënten) en {spending}% (uitgaven) naast; {inside}% "
        "van de cijfers lag in het 90%-interval.",
    ),
    "backtest_old": (
        "That was measured with another result version of the model ({version}).",
        "Dat is gemeten met een andere resultaatversie van het model ({version}).",
    ),
    "backtest_none": (
        "How far this model's forecasts of 2018-2022 missed was not measured: landingsbaan backtest.",
        "Hoe ver voorspellingen van dit model over 2018-2022 ernaast zaten is niet gemeten: landingsbaan "
        "backtest.",
    ),
    "backtest_title": (
        "2018-2022 as forecast from 2017: {inside} of {points} figures lie in the model's 90% interval; its "
        "interval score is {verdict}",
        "2018-2022 voorspeld vanuit 2017: {inside} van {points} cijfers liggen in het 90%-interval van het "
        "model; de intervalscore is {verdict}",
    ),
    "backtest_better_both": (
        "better than that of both simple forecasts",
        "beter dan die van beide eenvoudige voorspellingen",
    ),
    "backtest_better_last_value": (
        "better than that of the last value and worse than that of the trend",
        "beter dan die van de laatste waarde en slechter dan die van de trend",
    ),
    "backtest_better_trend": (
        "better than that of the trend and worse than that of the last value",
        "beter dan die van de trend en slechter dan die van de laatste waarde",
    ),
    "backtest_better_none": (
        "worse than that of both simple forecasts",
        "slechter dan die van beide eenvoudige voorspellingen",
    ),
    "backtest_subtitle": (
        "Band: the model at {draws} draws of its fit to what was known in 2017, 50% and 90% intervals, "
        "error of observation included. Open points: the record that was known; filled: what happened. "
        "Lines: last value and trend of the years known.",
        "Band: het model bij {draws} trekkingen van zijn aanpassing aan wat in 2017 bekend was, 50%- en "
        "90%-interval, meetfout inbegrepen. Open punten: bekende metingen; gevuld: wat er gebeurde. Lijnen: "
        "laatste waarde en trend van de bekende jaren.",
    ),
    "backtest_note": (
        "A city of {households} households, {members} histories of the prior and {second} in each of three "
        "further waves; result version {version}. 2021 is a break in the youth record and in Wmo spending. "
        "Sources: data/record.csv.",
        "Een stad van {households} huishoudens, {members} geschiedenissen van de prior en {second} in elk "
        "van drie volgende golven; resultaatversie {version}. In 2021 is er een breuk in de jeugdcijfers en "
        "de Wmo-uitgaven. Bronnen: data/record.csv.",
    ),
    "backtest_last_value": ("last value", "laatste waarde"),
    "backtest_trend": ("trend", "trend"),
    "backtest_model": ("model", "model"),
    "backtest_known": ("known in 2017", "bekend in 2017"),
    "backtest_happened": ("what happened", "wat er gebeurde"),
}
