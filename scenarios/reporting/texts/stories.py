"""Words and sentences of the story of a household: key, English, Dutch.

A sentence of `EVENTS` belongs to what was noted, by its name in the diary. `{when}` is the months in
which it happened; a note without a sentence is in the table and in the figure, not in the text.
"""

from typing import Final

# Sentences of the story about what is offered and arranged: key, English, Dutch.

EVENTS_OF_OFFERS: Final[dict[str, tuple[str, str]]] = {
    "by_number": (
        "{when} the household called the central telephone number: {problem}.",
        "{when} belde het huishouden het centrale telefoonnummer: {problem}.",
    ),
    "gp_to_team": (
        "{when} the GP, who works with the team, referred the household to the team and not to a "
        "specialist: {problem}.",
        "{when} verwees de huisarts, die met het team samenwerkt, het huishouden naar het team en niet "
        "naar een specialist: {problem}.",
    ),
    "help_on_school": (
        "{when} there was help at school, without an assessment: {problem}.",
        "{when} was er hulp op school, zonder indicatie: {problem}.",
    ),
    "youth_work": ("{when} youth work helped: {problem}.", "{when} hielp het jongerenwerk: {problem}."),
    "youth_intervention": (
        "{when} a youth intervention team helped: {problem}.",
        "{when} hielp een jeugdinterventieteam: {problem}.",
    ),
    "flying_brigade": (
        "{when} the flying brigade between school and work helped: {problem}.",
        "{when} hielp de vliegende brigade tussen school en werk: {problem}.",
    ),
    "poverty_gift": (
        "{when} the household got a gift from the fund against poverty.",
        "{when} kreeg het huishouden een gift uit het armoedefonds.",
    ),
    "network_talk": (
        "{when} the team talked with the household and its own network about what they could do themselves.",
        "{when} sprak het team met het huishouden en het eigen netwerk over wat zij zelf konden doen.",
    ),
    "close_to_family": (
        "{when} the team gave intensive help at home: {care}.",
        "{when} gaf het team intensieve hulp thuis: {care}.",
    ),
    "other_handed_over": (
        "{when} the team noticed problems of the other generation and referred them: {care}.",
        "{when} merkte het team problemen van de andere generatie op en verwees die door: {care}.",
    ),
    "other_lost": (
        "{when} problems of the other generation were noticed, but the referral to the other team failed: "
        "{care}.",
        "{when} werden problemen van de andere generatie opgemerkt, maar mislukte de verwijzing naar het "
        "andere team: {care}.",
    ),
    "other_taken_up": (
        "{when} the team noticed problems of the other generation and helped with them itself: {care}.",
        "{when} merkte het team problemen van de andere generatie op en pakte die zelf op: {care}.",
    ),
    "at_desk": (
        "{when} the request waited for a decision at the access desk although a place was free: {care}.",
        "{when} wachtte de aanvraag op een beslissing van het toegangsloket, terwijl er plek was: {care}.",
    ),
    "bought_by_team": (
        "{when} the team bought help itself: {problem}.",
        "{when} kocht het team zelf hulp in: {problem}.",
    ),
    "turned_away": (
        "{when} the team said after the first talk that other organisations should help.",
        "{when} zei het team na het eerste gesprek dat andere organisaties moesten helpen.",
    ),
    "access_only": (
        "{when} the team did not help itself but only arranged access to others.",
        "{when} hielp het team niet zelf, maar regelde het alleen toegang tot anderen.",
    ),
    "lasting_contact": (
        "{when} the team stayed in contact while specialists helped: {care}.",
        "{when} bleef het team in contact terwijl specialisten hielpen: {care}.",
    ),
    "broken_off": (
        "{when} another party won the tender and the case was broken off: {care}.",
        "{when} won een andere partij de aanbesteding en werd de hulp afgebroken: {care}.",
    ),
    "answered_together": (
        "{when} many households in the wijk had the same question and got one answer together: {problem}.",
        "{when} hadden veel huishoudens in de wijk dezelfde vraag en kregen ze samen antwoord: {problem}.",
    ),
    "passed": (
        "{when} the problem passed by itself or was solved elsewhere: {problem}.",
        "{when} ging het probleem vanzelf over of werd het elders opgelost: {problem}.",
    ),
    "settled": (
        "{when} an eviction was averted at the last moment.",
        "{when} werd op het laatste moment een uithuiszetting voorkomen.",
    ),
    "advised": (
        "{when} short advice was enough, and no case was opened: {care}.",
        "{when} was een kort advies genoeg en werd geen traject gestart: {care}.",
    ),
    "no_case": (
        "{when} the team referred the household and did not open a case of its own: {care}.",
        "{when} verwees het team door, zonder zelf een traject te starten: {care}.",
    ),
    "stepped_up": (
        "{when} the team's help ended with a referral to a specialist: {problem}.",
        "{when} eindigde de hulp van het team met een verwijzing naar een specialist: {problem}.",
    ),
}


Words = dict[str, tuple[str, str]]

ORDINALS: Final = (("first", "eerste"), ("second", "tweede"), ("third", "derde"), ("fourth", "vierde"))

PROBLEMS: Final[Words] = {
    "money": ("money problems", "geldzorgen"),
    "mind": ("mental health problems", "psychische klachten"),
    "care": ("problems with daily life", "moeite met het dagelijks leven"),
    "safety": ("an unsafe home", "onveiligheid thuis"),
    "youth": ("problems of the {nth} child", "problemen van het {nth} kind"),
}
CRISES: Final[Words] = {
    "money": ("eviction", "huisuitzetting"),
    "mind": ("a mental health emergency", "een psychische noodsituatie"),
    "care": ("a care emergency", "een noodsituatie in de zorg"),
    "safety": ("violence at home", "geweld thuis"),
    "youth": ("a crisis of the {nth} child", "een crisis van het {nth} kind"),
}
CARE: Final[Words] = {
    "wijkteam": ("support by the wijkteam", "hulp door het wijkteam"),
    "guidance": ("guidance", "begeleiding"),
    "day_care": ("day activities", "dagbesteding"),
    "household_help": ("household help", "huishoudelijke hulp"),
    "protected_residence": ("protected residence", "beschermd wonen"),
    "aids": ("aids and adaptations", "hulpmiddelen en aanpassingen"),
    "debt_service": ("debt counselling", "schuldhulpverlening"),
    "mental_health": ("mental health care", "geestelijke gezondheidszorg"),
    "shelter": ("shelter", "opvang"),
    "youth_team": (
        "support of the {nth} child by the youth team",
        "hulp door het jeugdteam voor het {nth} kind",
    ),
    "youth_outpatient": (
        "specialist youth help for the {nth} child",
        "ambulante jeugdhulp voor het {nth} kind",
    ),
    "youth_day_care": ("day treatment of the {nth} child", "daghulp voor het {nth} kind"),
    "youth_residential": (
        "youth care away from home for the {nth} child",
        "jeugdhulp met verblijf voor het {nth} kind",
    ),
    "supervision_order": (
        "a supervision order for the {nth} child",
        "ondertoezichtstelling van het {nth} kind",
    ),
}
ROUTES: Final[Words] = {
    "self": ("the household itself", "het huishouden zelf"),
    "network": ("its own network", "het eigen netwerk"),
    "gp": ("the GP", "de huisarts"),
    "school": ("the school", "de school"),
    "youth_health_care": ("youth health care", "de jeugdgezondheidszorg"),
    "housing_corporation": ("the housing corporation", "de woningcorporatie"),
    "police": ("the police", "de politie"),
    "district_nurse": ("the district nurse", "de wijkverpleegkundige"),
    "debt_signal": ("a creditor", "een schuldeiser"),
    "outreach": ("the outreach team", "het wijkteam op huisbezoek"),
    "wijkteam": ("the team", "het team"),
    "court": ("the court", "de rechter"),
    "renewal": ("a renewed decision", "een nieuwe beschikking"),
    "crisis": ("crisis care", "de crisisdienst"),
    "intervention_team": ("the youth intervention team", "het jeugdinterventieteam"),
    "guardian": ("the child's guardian", "de gezinsvoogd"),
    "medical_specialist": ("a medical specialist", "een medisch specialist"),
}
PAYERS: Final[Words] = {
    "municipality": ("the municipality", "de gemeente"),
    "province_and_national_funds": ("province and national funds", "provincie en landelijke fondsen"),
    "health_insurer": ("the health insurer", "de zorgverzekeraar"),
    "long_term_care": ("long-term care", "de langdurige zorg"),
    "housing_corporation": ("the housing corporation", "de woningcorporatie"),
    "justice": ("justice", "justitie"),
    "household": ("own contributions, to the municipality", "eigen bijdragen, aan de gemeente"),
    "general_means": ("the municipality's general budget", "de algemene middelen van de gemeente"),
}
# Happening more than once in a year, these are one sentence with all its months.
REPEATED: Final = frozenset(
    (
        "struck",
        "signal",
        "signal_self",
        "misdirected_contact",
        "debt_case",
        "debt_reached",
        "debt_accepted",
        "not_granted",
        "lost",
        "renewed",
        "violence",
        "dispute_settled",
        "dispute",
        "respite",
        "harmed",
        "became_heavy",
        "circle_stops",
        "circle_overburdened",
        "circle_recovered",
        "by_number",
        "gp_to_team",
        "help_on_school",
        "youth_work",
        "youth_intervention",
        "flying_brigade",
        "close_to_family",
        "other_lost",
        "at_desk",
        "bought_by_team",
        "lasting_contact",
        "answered_together",
        "passed",
        "settled",
        "advised",
        "no_case",
        "stepped_up",
    )
)
EVENTS: Final[Words] = {
    "struck": (
        "{when} a problem began or got worse: {problem} (severity now {truth}).",
        "{when} begon of verergerde een probleem: {problem} (ernst nu {truth}).",
    ),
    "shared_problem": (
        "{when} a problem of the whole wijk also reached this household.",
        "{when} trof een probleem van de hele wijk ook dit huishouden.",
    ),
    "separated": ("{when} the couple separated.", "{when} ging het stel uit elkaar."),
    "partnered": ("{when} a new partner moved in.", "{when} trok een nieuwe partner in."),
    "born": ("{when} a child was born.", "{when} werd een kind geboren."),
    "bereaved": ("{when} one of the partners died.", "{when} overleed een van de partners."),
    "left_by_death": (
        "{when} the last adult died or left for long-term care; this is the end of the story.",
        "{when} overleed de laatste volwassene of vertrok die naar de langdurige zorg; hier eindigt het "
        "verhaal.",
    ),
    "moved": (
        "{when} the household moved away; this is the end of the story.",
        "{when} verhuisde het huishouden; hier eindigt het verhaal.",
    ),
    "dispute": ("{when} there was a dispute with neighbours.", "{when} was er ruzie met de buren."),
    "dispute_settled": (
        "{when} there was a dispute with neighbours, and mediation solved it.",
        "{when} was er ruzie met de buren, en buurtbemiddeling loste die op.",
    ),
    "grew_up": (
        "{when} the {nth} child turned eighteen; youth care ends at that age.",
        "{when} werd het {nth} kind achttien; jeugdhulp houdt dan op.",
    ),
    "carer_strained": (
        "{when} caring for others in the network became too much: {problem} (severity now {truth}).",
        "{when} werd het zorgen voor anderen in het netwerk te veel: {problem} (ernst nu {truth}).",
    ),
    "respite": (
        "{when} carers in the network got respite care.",
        "{when} kregen mantelzorgers in het netwerk respijtzorg.",
    ),
    "spilled_over": (
        "{when} one problem led to another: {problem}.",
        "{when} leidde het ene probleem tot het andere: {problem}.",
    ),
    "became_heavy": (
        "{when} the problem became severe: {problem}.",
        "{when} werd het probleem zwaar: {problem}.",
    ),
    "was_over": ("{when} the problem was over: {problem}.", "{when} was het probleem voorbij: {problem}."),
    "circle_supports": (
        "{when} family and neighbours began to help.",
        "{when} begonnen familie en buren te helpen.",
    ),
    "circle_stops": (
        "{when} little help from family and neighbours was left.",
        "{when} bleef er weinig hulp van familie en buren over.",
    ),
    "circle_overburdened": (
        "{when} that network became overburdened.",
        "{when} raakte dat netwerk overbelast.",
    ),
    "circle_recovered": ("{when} that network had recovered.", "{when} was dat netwerk hersteld."),
    "signal": ("{when} {route} reported it: {problem}.", "{when} meldde {route} het: {problem}."),
    "signal_self": (
        "{when} the household itself asked for help: {problem}.",
        "{when} vroeg het huishouden zelf om hulp: {problem}.",
    ),
    "misdirected_contact": (
        "{when} the household came to the wrong counter and lost some trust.",
        "{when} kwam het huishouden bij het verkeerde loket, en dat kostte vertrouwen.",
    ),
    "debt_case": (
        "{when} the municipality took up a creditor's report.",
        "{when} nam de gemeente de melding van een schuldeiser in behandeling.",
    ),
    "debt_reached": (
        "{when} the municipality reached the household about its arrears.",
        "{when} bereikte de gemeente het huishouden over de achterstanden.",
    ),
    "debt_accepted": (
        "{when} the household accepted the help offered.",
        "{when} nam het huishouden de aangeboden hulp aan.",
    ),
    "first_contact": (
        "{when} professionals first met the household (severity {truth}).",
        "{when} kwam het huishouden in beeld bij professionals (ernst {truth}).",
    ),
    "first_contact_early": (
        "{when} professionals first met the household, early: it would not have asked for help itself yet "
        "(severity {truth}).",
        "{when} kwam het huishouden vroeg in beeld bij professionals: het zou zelf nog niet om hulp hebben "
        "gevraagd (ernst {truth}).",
    ),
    "practitioner": (
        "{when} the youth practitioner at the GP practice helped at once: {problem}.",
        "{when} hielp de praktijkondersteuner jeugd van de huisarts meteen: {problem}.",
    ),
    "joined": (
        "{when} the household joined a waiting list: {care}.",
        "{when} kwam het huishouden op een wachtlijst: {care}.",
    ),
    "dropped": (
        "{when} the household left a waiting list without help: {care}.",
        "{when} ging het huishouden zonder hulp van een wachtlijst af: {care}.",
    ),
    "not_granted": (
        "{when} a request by {route} was not granted: {problem}.",
        "{when} werd een aanvraag via {route} afgewezen: {problem}.",
    ),
    "passed_on": (
        "{when} the municipality had a deficit and referred the household to another payer: {care}.",
        "{when} had de gemeente een tekort en schoof ze de hulp door naar een andere betaler: {care}.",
    ),
    "lost": (
        "{when} the referral failed, and the household lost some trust: {care}.",
        "{when} mislukte de verwijzing, en dat kostte vertrouwen: {care}.",
    ),
    "intake": (
        "{when} the team had a first talk with the household and estimated the severity at {value}; it was "
        "{truth}.",
        "{when} had het team een eerste gesprek met het huishouden en schatte het de ernst op {value}; die "
        "was {truth}.",
    ),
    "harmed": (
        "{when} a first talk did more harm than good.",
        "{when} deed een eerste gesprek meer kwaad dan goed.",
    ),
    "light_help": ("{when} the team gave short help at once.", "{when} gaf het team meteen korte hulp."),
    "coordinated": (
        "{when} the helpers agreed on one plan and one coordinator.",
        "{when} spraken de hulpverleners één plan en één regisseur af.",
    ),
    "started": ("{when} help began: {care}{waited}.", "{when} begon de hulp: {care}{waited}."),
    "started_crisis": (
        "{when} help began at once, in a crisis: {care}.",
        "{when} begon de hulp meteen, in een crisis: {care}.",
    ),
    "started_court": ("{when} the court decided: {care}.", "{when} besliste de rechter: {care}."),
    "not_renewed": (
        "{when} a decision ended and was not renewed (severity {truth}): {care}.",
        "{when} liep een beschikking af en werd die niet verlengd (ernst {truth}): {care}.",
    ),
    "renewed": ("{when} a decision was renewed: {care}.", "{when} werd een beschikking verlengd: {care}."),
    "ended": ("{when} help ended: {care}{lasted}.", "{when} eindigde de hulp: {care}{lasted}."),
    "handed_over": (
        "{when} the provider stopped and another took over: {care}.",
        "{when} stopte de aanbieder en nam een andere het over: {care}.",
    ),
    "violence": ("{when} there was violence at home.", "{when} was er geweld thuis."),
    "crisis": ("{when} there was a crisis: {crisis}.", "{when} was er een crisis: {crisis}."),
    **EVENTS_OF_OFFERS,
}
