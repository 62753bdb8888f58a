"""Short names of the figures that the model is held against: key, English, Dutch."""

from typing import Final

TARGETS: Final[dict[str, tuple[str, str]]] = {
    "youth_care_share_u18_2019": ("youths in care, 2019", "jongeren met jeugdzorg, 2019"),
    "youth_cost_per_user_2019": ("cost per youth in care, 2019", "kosten per jongere met jeugdzorg, 2019"),
    "wmo_clients_per_1000_2019": ("Wmo clients, 2019", "Wmo-cliënten, 2019"),
    "youth_repeat_share": ("youths in care again", "jongeren opnieuw in jeugdzorg"),
    "jcurve_formal_measures_month_from": (
        "month from which measures are higher",
        "maand waarna er meer maatregelen zijn",
    ),
    "jcurve_in_care_reduction": (
        "fewer in care after 19-24 months",
        "minder in zorg na 19-24 maanden",
    ),
    "prevention_cut_lag": ("delay after a cut in prevention", "vertraging na korting op preventie"),
    "satisfaction_gap_zaanstad": ("satisfaction gap, Zaanstad", "verschil in tevredenheid, Zaanstad"),
    "youth_help_spread_of_municipalities": (
        "spread of youth care over municipalities",
        "spreiding van jeugdzorg over gemeenten",
    ),
    "wmo_spending_per_inhabitant_2019": ("Wmo spending, 2019", "Wmo-uitgaven, 2019"),
    "team_closed_within_year": ("team help ended within a year", "hulp van team binnen een jaar klaar"),
    "youth_care_users_growth_2016_2019": (
        "growth of youths in care, 2016-2019",
        "groei jongeren met jeugdzorg, 2016-2019",
    ),
    "youth_growth_without_stay_share": (
        "growth of youth care that is without stay",
        "deel groei jeugdzorg zonder verblijf",
    ),
    "youth_spending_growth_2016_2018": (
        "growth of youth spending, 2016-2018",
        "groei uitgaven jeugdzorg, 2016-2018",
    ),
    "youth_spending_growth_volume_share": (
        "growth of spending due to more users",
        "groei uitgaven door meer jongeren",
    ),
    "overspend_2017": ("spending over budget, 2017", "uitgaven boven budget, 2017"),
    "municipalities_over_budget_2018": (
        "municipalities over budget, 2018",
        "gemeenten boven budget, 2018",
    ),
    "wmo_clients_growth_2018": ("growth of Wmo clients, 2018", "groei Wmo-cliënten, 2018"),
    "wmo_clients_growth_2019": ("growth of Wmo clients, 2019", "groei Wmo-cliënten, 2019"),
    "household_help_growth_2019": ("growth of household help, 2019", "groei huishoudelijke hulp, 2019"),
    "household_help_growth_lowest_income": (
        "household help, lowest incomes",
        "huishoudelijke hulp, laagste inkomens",
    ),
    "household_help_growth_highest_income": (
        "household help, highest incomes",
        "huishoudelijke hulp, hoogste inkomens",
    ),
    "wmo_spending_per_inhabitant_2020": ("Wmo spending, 2020", "Wmo-uitgaven, 2020"),
    "gp_practitioner_volume_effect": (
        "effect of a youth practitioner at the GP",
        "effect praktijkondersteuner jeugd",
    ),
    "gp_practitioner_closed_share": (
        "closed by a youth practitioner at the GP",
        "afgerond door praktijkondersteuner jeugd",
    ),
}
