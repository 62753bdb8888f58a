"""Words and sentences of the back-test: key, English, Dutch."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "backtest_missed": (
        "On {first}-{last} this model's forecasts missed by {youth_users}% (youths in care), {wmo_clients}% "
        "(Wmo clients) and {spending}% (spending) on average; {inside}% of the figures lay in the "
        "90% interval.",
        "Over {first}-{last} zaten voorspellingen van dit model er gemiddeld {youth_users}% (jeugdigen met "
        "jeugdzorg), {wmo_clients}% (Wmo-cliënten) en {spending}% (uitgaven) naast; {inside}% van de cijfers "
        "lag in het 90%-interval.",
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
        "A city of {households} households, {members} histories of the prior and {second} of a second wave; "
        "result version {version}. 2021 is a break in the youth record and in Wmo spending. Sources: "
        "data/record.csv.",
        "Een stad van {households} huishoudens, {members} geschiedenissen van de prior en {second} van een "
        "tweede golf; resultaatversie {version}. In 2021 is er een breuk in de jeugdcijfers en de "
        "Wmo-uitgaven. Bronnen: data/record.csv.",
    ),
    "backtest_last_value": ("last value", "laatste waarde"),
    "backtest_trend": ("trend", "trend"),
    "backtest_model": ("model", "model"),
    "backtest_known": ("known in 2017", "bekend in 2017"),
    "backtest_happened": ("what happened", "wat er gebeurde"),
}
