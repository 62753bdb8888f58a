"""Words of the value of information, and the studies that would measure an unknown, in English and Dutch."""

from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from scenarios.reporting.texts import filled


class StudyWords(NamedTuple):
    """A study that would measure some unknowns.

    Attributes
    ----------
    unknowns : str
        Full names of parameters, with * for any letters, separated by spaces. A parameter belongs to the
        first study that names it.
    study : tuple of str
        What would be done, in English and Dutch.
    exists : tuple of str
        What data there are, in English and Dutch.
    """

    unknowns: str
    study: tuple[str, str]
    exists: tuple[str, str]


STUDIES: Final[dict[str, StudyWords]] = {
    "natural_course": StudyWords(
        "household.passes_per_month household.fade_per_month household.escalation_per_month "
        "household.tipping_point household.*_tipping household.*_to_* household.eviction_* "
        "household.long_standing_share household.violence_at",
        (
            "a panel of households that asks about problems twice a year, also of those without help",
            "een panel van huishoudens met twee keer per jaar vragen over problemen, ook bij wie geen "
            "hulp heeft",
        ),
        (
            "registers know people only once they have help; how problems pass without it is not measured",
            "registraties kennen mensen pas als ze hulp hebben; hoe problemen zonder hulp verlopen is niet "
            "gemeten",
        ),
    ),
    "linked_registers": StudyWords(
        "household.incidence_per_year household.one_parent_hazard household.*_trend_per_year "
        "household.youth_threshold_falls household.youth_level population.* "
        "municipality_government.supervision_after_crisis referral_source.gp_supply",
        (
            "debts, Wmo, youth care and mental health care linked per household over ten years "
            "(microdata of CBS)",
            "schulden, Wmo, jeugdhulp en ggz over tien jaar gekoppeld per huishouden (microdata van het CBS)",
        ),
        (
            "counts per law and year (CBS StatLine); shares of households with several problems from a few "
            "municipalities",
            "aantallen per wet en jaar (CBS StatLine); aandelen huishoudens met meer problemen uit enkele "
            "gemeenten",
        ),
    ),
    "help_seeking": StudyWords(
        "household.help_seeking_* household.counter_* household.contribution_* "
        "referral_source.mobile_counter_eases referral_source.number_*",
        (
            "a survey of when and where people with problems ask for help, as well as the registers of "
            "counters",
            "een enquête over wanneer en waar mensen met problemen hulp vragen, naast de registratie van "
            "loketten",
        ),
        (
            "years in debt before help (Nibud); household help before and after the flat contribution of "
            "2019",
            "jaren schuld voor hulp (Nibud); huishoudelijke hulp voor en na het abonnementstarief van 2019",
        ),
    ),
    "early_signalling": StudyWords(
        "wijkteam.hours_per_found referral_source.*_per_month referral_source.debt_* "
        "referral_source.existing_links referral_source.observation_error referral_source.linked_gp_consults "
        "referral_source.gp_refers_straight",
        (
            "outreach and links introduced wijk by wijk in an order drawn by lot, with every signal "
            "followed up",
            "outreach en signalen wijk voor wijk ingevoerd in gelote volgorde, waarbij elk signaal wordt "
            "gevolgd",
        ),
        (
            "follow-up of debt signals (Divosa); of outreach, and of links that existed, no counts were "
            "found",
            "opvolging van schuldsignalen (Divosa); over outreach en bestaande signalen zijn geen tellingen "
            "gevonden",
        ),
    ),
    "cost_of_links": StudyWords(
        "referral_source.eur_per_link_per_1000 wijkteam.fte_per_link",
        (
            "what schools, corporations and teams spend on links, from their own books, in some ten "
            "municipalities",
            "wat scholen, corporaties en teams aan signalering besteden, uit hun eigen boekhouding, in een "
            "tiental gemeenten",
        ),
        ("none was found", "niets gevonden"),
    ),
    "effect_of_teams": StudyWords(
        "wijkteam.support_* wijkteam.light_help_effect wijkteam.team_raises_tipping wijkteam.harm "
        "wijkteam.replaces_requests wijkteam.half_effect_hours wijkteam.edge_effect wijkteam.gift_effect "
        "wijkteam.seconded_shift wijkteam.breadth_effect",
        (
            "a trial of team help: who is offered it first is drawn by lot where there is a waiting list, "
            "care used is followed for years",
            "een proef met hulp door het wijkteam: loten wie bij een wachtlijst als eerste aan de beurt "
            "is, en "
            "het zorggebruik jaren volgen",
        ),
        (
            "growth of care by kind of team (CPB 2019), small substitution (CPB 2020), a relative risk for "
            "the edge of care",
            "groei van zorg per soort team (CPB 2019), kleine substitutie (CPB 2020), een relatief "
            "risico voor "
            "de rand van zorg",
        ),
    ),
    "time_of_teams": StudyWords(
        "wijkteam.hours_per_* wijkteam.team_* wijkteam.refers_* wijkteam.step_up_share wijkteam.short_advice "
        "wijkteam.link_hours wijkteam.turnover_by_load wijkteam.inexperience_costs wijkteam.youth_fte_share "
        "wijkteam.planning_saves wijkteam.other_noticed wijkteam.dip_years wijkteam.collective_effect",
        (
            "time and cases recorded by teams for a year, in some ten municipalities with teams of all kinds",
            "een jaar lang tijd en zaken bijhouden door wijkteams, in een tiental gemeenten met allerlei "
            "teams",
        ),
        (
            "open cases per fte and duration of cases from single municipalities",
            "lopende zaken per fte en duur van zaken uit enkele gemeenten",
        ),
    ),
    "referrals": StudyWords(
        "wijkteam.failed_referral_share wijkteam.follow_up_saves wijkteam.desk_takes_a_month "
        "wijkteam.mandate_shift wijkteam.social_work_shift wijkteam.consortium_shift "
        "wijkteam.professional_norm",
        (
            "a sample of referrals followed until help starts, or does not",
            "een steekproef van verwijzingen volgen tot de hulp begint, of niet",
        ),
        (
            "30 to 60% arrive without follow-up, in studies elsewhere",
            "30 tot 60% komt aan zonder opvolging, in onderzoek elders",
        ),
    ),
    "effect_of_specialists": StudyWords(
        "provider.effect_* provider.closes_per_month provider.decision_months provider.needs_at "
        "provider.offered_share provider.coordination_gain",
        (
            "outcomes and duration of care per kind, before, during and after, linked to the decision",
            "resultaat en duur van zorg per soort, voor, tijdens en na, gekoppeld aan de beschikking",
        ),
        (
            "users, starts and duration per form of youth care (CBS); a month of waiting (Prudon 2025)",
            "gebruikers, instroom en duur per vorm van jeugdhulp (CBS); een maand wachten (Prudon 2025)",
        ),
    ),
    "providers": StudyWords(
        "provider.*",
        (
            "contracts, tariffs, staff and exits of providers followed per region over the years",
            "contracten, tarieven, personeel en vertrek van aanbieders per regio door de jaren volgen",
        ),
        (
            "yearly accounts, a few studies of contract forms; cost per youth in care (CBS)",
            "jaarrekeningen, enkele studies naar contractvormen; kosten per jeugdige in zorg (CBS)",
        ),
    ),
    "councils": StudyWords(
        "municipality_government.* landing.*",
        (
            "budgets, deficits and decisions of councils put in one file for all municipalities, by month",
            "begrotingen, tekorten en raadsbesluiten van alle gemeenten per maand in één bestand",
        ),
        (
            "accounts per year and law (CBS, Iv3); single cases of how councils reacted",
            "rekeningen per jaar en wet (CBS, Iv3); losse gevallen van hoe raden reageerden",
        ),
    ),
    "networks": StudyWords(
        "informal_network.*",
        (
            "a panel of people who are helped and their carers, with formal care from registers",
            "een panel van mensen met hulp en hun mantelzorgers, met formele zorg uit registraties",
        ),
        (
            "shares of overburdened carers (SCP, CBS); substitution of paid help from surveys",
            "aandelen overbelaste mantelzorgers (SCP, CBS); substitutie van betaalde hulp uit enquêtes",
        ),
    ),
    "ways_to_organise": StudyWords(
        "wijkteam.* referral_source.*",
        (
            "municipalities that organise teams and schools in other ways compared before and after the "
            "change",
            "gemeenten die teams en scholen anders organiseren vergelijken voor en na de verandering",
        ),
        (
            "descriptions of single municipalities, without a comparison group",
            "beschrijvingen van losse gemeenten, zonder vergelijkingsgroep",
        ),
    ),
}


def study_of(name: str) -> str:
    """Return which study would measure an unknown.

    Examples
    --------
    >>> study_of("household.passes_per_month[3]"), study_of("provider.margin_weight")
    ('natural_course', 'providers')
    """
    parameter = name.partition("[")[0]
    for key, study in STUDIES.items():
        if any(fnmatchcase(parameter, pattern) for pattern in study.unknowns.split()):
            return key
    raise KeyError(f"{name}: no study would measure it")


WORDS: Final[dict[str, tuple[str, str]]] = {
    "unit": ("euro of 2015 per inhabitant a year", "euro van 2015 per inwoner per jaar"),
    # findings
    "no_doubt": (
        "{best} is best in every draw of the unknowns: no study would change the choice",
        "{best} is in elke trekking van de onbekenden het beste: geen onderzoek verandert de keuze",
    ),
    "none_counts": (
        "No single study is shown to change the choice of {best}",
        "Van geen enkel onderzoek is aangetoond dat het de keuze voor {best} verandert",
    ),
    "one_leads": (
        "The study worth most before choosing: {study}",
        "Het onderzoek dat vóór de keuze het meest waard is: {study}",
    ),
    "some_lead": (
        "{count} studies are worth most before choosing and are not distinguishable; the first: {study}",
        "{count} onderzoeken zijn vóór de keuze het meest waard en niet te onderscheiden; het eerste: "
        "{study}",
    ),
    "compared": ("{policy} against {first}", "{policy} ten opzichte van {first}"),
    "at_most": (
        "Best on average is {best}. Knowing everything, chance included, is worth {upper} ({unit}; "
        "standard error {error}).",
        "Gemiddeld het beste is {best}. Alles weten, het toeval inbegrepen, is {upper} waard ({unit}; "
        "standaardfout {error}).",
    ),
    "at_least": (
        "Without chance it is at least {lower} (standard error {error}).",
        "Zonder het toeval is dat ten minste {lower} (standaardfout {error}).",
    ),
    "policy_row": (
        "{policy}: {more} against {first} ({unit}; standard error {error}), best in {share}% of draws",
        "{policy}: {more} ten opzichte van {first} ({unit}; standaardfout {error}), het beste in "
        "{share}% van "
        "de trekkingen",
    ),
    "worth": (
        "{value} (standard error {error}); changes the best policy in {changes}% of draws; explains "
        "{explained}%",
        "{value} (standaardfout {error}); verandert het beste beleid in {changes}% van de trekkingen; "
        "verklaart "
        "{explained}%",
    ),
    "not_shown": ("not distinguishable from nothing", "niet van niets te onderscheiden"),
    "by_study": ("Studies", "Onderzoeken"),
    "by_unknown": ("Single unknowns", "Losse onbekenden"),
    "by_split": ("What the fit informs, and what it does not", "Wat de kalibratie raakt, en wat niet"),
    "by_parameters": ("Groups of parameters", "Groepen parameters"),
    "money_only": (
        "Net benefit is minus the net cost of the municipality. Unmet need has no price here; that is a "
        "choice "
        "(unmet_price=).",
        "De netto opbrengst is min de netto kosten van de gemeente. Nood zonder hulp heeft hier geen "
        "prijs; dat "
        "is een keuze (unmet_price=).",
    ),
    "with_price": (
        "Net benefit is minus the net cost of the municipality and minus {price} euro per severity-month "
        "that "
        "nobody attends to. That price is a choice, not a finding.",
        "De netto opbrengst is min de netto kosten van de gemeente en min {price} euro per ernstmaand waar "
        "niemand naar omziet. Die prijs is een keuze, geen bevinding.",
    ),
    "on_money_alone": (
        "At a price of 0, for money alone, {policy} is cheapest on average and in {share}% of draws.",
        "Bij een prijs van 0, alleen voor het geld, is {policy} het goedkoopst, gemiddeld en in {share}% van "
        "de trekkingen.",
    ),
    "even_price": (
        "At {price} euro per severity-month (standard error {error}) {first} and {second} would be equally "
        "good on average.",
        "Bij {price} euro per ernstmaand (standaardfout {error}) zouden {first} en {second} gemiddeld "
        "even goed "
        "zijn.",
    ),
    "no_even_price": (
        "No price of unmet need makes {first} and {second} equally good on average: one of them is better in "
        "both.",
        "Bij geen prijs van nood zonder hulp zijn {first} en {second} gemiddeld even goed: een van beide "
        "is in "
        "allebei beter.",
    ),
    # the figure
    "value_axis": ("expected value of knowing it\n({unit})", "verwachte waarde van het weten\n({unit})"),
    "threshold": (
        "what studies (unknowns) that tell nothing stay below, 95%",
        "waar onderzoeken (onbekenden) die niets zeggen onder blijven, 95%",
    ),
    "all": ("all unknowns", "alle onbekenden"),
    "fitted": ("fitted to the targets", "gekalibreerd op de doelwaarden"),
    "scenario": ("scenario uncertainty", "scenario-onzekerheid"),
    "together": ("those named together", "de samen genoemde"),
}  # fmt: skip


def word(key: str, language: str, **values: object) -> str:
    """Return a text in a language with its values filled in.

    Examples
    --------
    >>> word("by_study", "nl")
    'Onderzoeken'
    """
    return filled(WORDS, key, language, **values)
