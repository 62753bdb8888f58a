"""Words and sentences of the story of a household: key, English, Dutch.

A sentence of `EVENTS` belongs to what was noted, by its name in the diary. `{when}` is the months in
which it happened; a note without a sentence is in the table and in the figure, not in the text.
"""

from typing import Final

# Sentences of the story about what is offered and arranged: key, English, Dutch.

EVENTS_OF_OFFERS: Final[dict[str, tuple[str, str]]] = {
    "by_number": (
        "{when} it asked by the one telephone number: {problem}.",
        "{when} vroeg het via het ene telefoonnummer: {problem}.",
    ),
    "gp_to_team": (
        "{when} the GP, who works with the team, sent the household there instead of straight on: {problem}.",
        "{when} stuurde de huisarts, die met het team samenwerkt, het huishouden daarheen en niet "
        "rechtstreeks door: {problem}.",
    ),
    "help_on_school": (
        "{when} there was help at school, without an assessment: {problem}.",
        "{when} was er hulp op school, zonder indicatie: {problem}.",
    ),
    "youth_work": (
        "{when} youth work lent a hand: {problem}.",
        "{when} stak het jongerenwerk een hand toe: {problem}.",
    ),
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
        "{when} the team talked with the household and its own circle about what they could do themselves.",
        "{when} sprak het team met het huishouden en de eigen kring over wat zij zelf konden doen.",
    ),
    "close_to_family": (
        "{when} the team gave intensive help at home: {care}.",
        "{when} gaf het team intensieve hulp thuis: {care}.",
    ),
    "other_handed_over": (
        "{when} problems of the other generation were noticed and handed over: {care}.",
        "{when} werden moeilijkheden van de andere generatie opgemerkt en overgedragen: {care}.",
    ),
    "other_lost": (
        "{when} problems of the other generation were noticed, but lost on the way to the other team: "
        "{care}.",
        "{when} werden moeilijkheden van de andere generatie opgemerkt, maar die raakten zoek op weg naar "
        "het andere team: {care}.",
    ),
    "other_taken_up": (
        "{when} the team noticed problems of the other generation and took them up itself: {care}.",
        "{when} merkte het team moeilijkheden van de andere generatie op en pakte die zelf op: {care}.",
    ),
    "at_desk": (
        "{when} the request lay at the desk while there was a place: {care}.",
        "{when} lag de aanvraag bij het toegangsloket terwijl er plek was: {care}.",
    ),
    "bought_by_team": (
        "{when} the team bought help itself: {problem}.",
        "{when} kocht het team zelf hulp in: {problem}.",
    ),
    "turned_away": (
        "{when} the team said after the first talk that it was not for this team.",
        "{when} zei het team na het eerste gesprek dat het niet voor dit team was.",
    ),
    "access_only": (
        "{when} the team gave no help itself: it only arranged access to others.",
        "{when} hielp het team niet zelf: het regelde alleen de toegang tot anderen.",
    ),
    "lasting_contact": (
        "{when} the team stayed in contact while specialists worked: {care}.",
        "{when} bleef het team in contact terwijl specialisten aan het werk waren: {care}.",
    ),
    "broken_off": (
        "{when} a tender brought another party, and the case was broken off: {care}.",
        "{when} bracht een aanbesteding een andere partij, en de hulp werd afgebroken: {care}.",
    ),
    "answered_together": (
        "{when} what many in the wijk asked was answered together: {problem}.",
        "{when} werd wat velen in de wijk vroegen gezamenlijk beantwoord: {problem}.",
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
        "{when} the team referred the household and opened no case of its own: {care}.",
        "{when} verwees het team door, zonder zelf een traject te starten: {care}.",
    ),
    "stepped_up": (
        "{when} the team's help ended with a referral to a specialist: {problem}.",
        "{when} eindigde de hulp van het team met een verwijzing naar een specialist: {problem}.",
    ),
}


Words = dict[str, tuple[str, str]]

MONTHS: Final = (
    ("January", "januari"), ("February", "februari"), ("March", "maart"), ("April", "april"), ("May", "mei"),
    ("June", "juni"), ("July", "juli"), ("August", "augustus"), ("September", "september"),
    ("October", "oktober"), ("November", "november"), ("December", "december"),
)  # fmt: skip
ORDINALS: Final = (("first", "eerste"), ("second", "tweede"), ("third", "derde"), ("fourth", "vierde"))

PROBLEMS: Final[Words] = {
    "money": ("money problems", "geldzorgen"),
    "mind": ("mental problems", "psychische klachten"),
    "care": ("problems with daily life", "moeite met het dagelijks leven"),
    "safety": ("an unsafe home", "onveiligheid thuis"),
    "youth": ("problems of the {nth} child", "problemen van het {nth} kind"),
}
CRISES: Final[Words] = {
    "money": ("eviction", "huisuitzetting"),
    "mind": ("a mental emergency", "een psychische noodsituatie"),
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
    "aids": ("aids and adaptations", "hulpmiddelen en diensten"),
    "debt_service": ("debt service", "schuldhulpverlening"),
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
    "network": ("its own circle", "de eigen kring"),
    "gp": ("the GP", "de huisarts"),
    "school": ("the school", "de school"),
    "youth_health_care": ("youth health care", "de jeugdgezondheidszorg"),
    "housing_corporation": ("the housing corporation", "de woningcorporatie"),
    "police": ("the police", "de politie"),
    "district_nurse": ("the district nurse", "de wijkverpleegkundige"),
    "debt_signal": ("a creditor", "een schuldeiser"),
    "outreach": ("the outreach team", "het outreachende team"),
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
    "household": (
        "own contributions, to the municipality",
        "eigen bijdragen, aan de gemeente",
    ),
    "general_means": ("the municipality's general means", "de algemene middelen van de gemeente"),
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
        "{when} came a setback: {problem} (severity now {truth}).",
        "{when} kwam er een tegenslag: {problem} (ernst nu {truth}).",
    ),
    "shared_problem": (
        "{when} a problem that struck the whole wijk reached this home as well.",
        "{when} bereikten moeilijkheden die de hele wijk troffen ook dit huis.",
    ),
    "separated": ("{when} the couple separated.", "{when} ging het stel uit elkaar."),
    "partnered": ("{when} a new partner came.", "{when} kwam er een partner bij."),
    "born": ("{when} a child was born.", "{when} werd een kind geboren."),
    "bereaved": ("{when} one of the partners died.", "{when} overleed een van de partners."),
    "left_by_death": (
        "{when} the last adult died or left for long-term care; here its story ends.",
        "{when} overleed de laatste volwassene of vertrok die naar de langdurige zorg; hier eindigt het "
        "verhaal.",
    ),
    "moved": (
        "{when} the household moved away; here its story ends.",
        "{when} verhuisde het huishouden; hier eindigt het verhaal.",
    ),
    "dispute": ("{when} there was a dispute with neighbours.", "{when} was er ruzie met de buren."),
    "dispute_settled": (
        "{when} there was a dispute with neighbours, which mediation settled.",
        "{when} was er ruzie met de buren, die door buurtbemiddeling werd bijgelegd.",
    ),
    "grew_up": (
        "{when} the {nth} child turned eighteen; youth care ends at that age.",
        "{when} werd het {nth} kind achttien; jeugdhulp houdt dan op.",
    ),
    "carer_strained": (
        "{when} caring for others in its circle took its toll: {problem} (severity now {truth}).",
        "{when} eiste het zorgen voor anderen in de kring zijn tol: {problem} (ernst nu {truth}).",
    ),
    "respite": (
        "{when} carers in its circle got respite.",
        "{when} kregen mantelzorgers in de kring respijtzorg.",
    ),
    "spilled_over": (
        "{when} it spilled over: {problem}.",
        "{when} werkte het door op een ander gebied: {problem}.",
    ),
    "became_heavy": (
        "{when} it became heavy: {problem}.",
        "{when} werd het zwaar: {problem}.",
    ),
    "was_over": ("{when} it was over: {problem}.", "{when} was het voorbij: {problem}."),
    "circle_supports": (
        "{when} kin and neighbours began to help.",
        "{when} begonnen familie en buren mee te helpen.",
    ),
    "circle_stops": (
        "{when} little was left of the help by kin and neighbours.",
        "{when} bleef van de hulp van familie en buren weinig over.",
    ),
    "circle_overburdened": (
        "{when} that circle became overburdened.",
        "{when} raakte die kring overbelast.",
    ),
    "circle_recovered": (
        "{when} that circle had its strength back.",
        "{when} was die kring weer op krachten.",
    ),
    "signal": ("{when} {route} raised it: {problem}.", "{when} kaartte {route} het aan: {problem}."),
    "signal_self": (
        "{when} the household itself asked for help: {problem}.",
        "{when} vroeg het huishouden zelf om hulp: {problem}.",
    ),
    "misdirected_contact": (
        "{when} the household stood at the wrong counter, and lost some trust.",
        "{when} stond het huishouden bij het verkeerde loket, en dat kostte vertrouwen.",
    ),
    "debt_case": (
        "{when} the municipality took up a creditor's report.",
        "{when} nam de gemeente de melding van een schuldeiser in behandeling.",
    ),
    "debt_reached": (
        "{when} it got hold of the household about its arrears.",
        "{when} kreeg zij het huishouden over de achterstanden te spreken.",
    ),
    "debt_accepted": (
        "{when} the household accepted the help offered.",
        "{when} nam het huishouden de aangeboden hulp aan.",
    ),
    "first_contact": (
        "{when} professionals got to know the household (severity {truth}).",
        "{when} kwam het huishouden in beeld bij professionals (ernst {truth}).",
    ),
    "first_contact_early": (
        "{when} professionals got to know the household, early: it would not have asked for help itself yet "
        "(severity {truth}).",
        "{when} kwam het huishouden in beeld bij professionals, vroeg: het zou zelf nog niet om hulp hebben "
        "gevraagd (ernst {truth}).",
    ),
    "practitioner": (
        "{when} the youth practitioner at the GP's helped at once: {problem}.",
        "{when} hielp de praktijkondersteuner jeugd van de huisarts meteen: {problem}.",
    ),
    "joined": (
        "{when} it joined a waiting list: {care}.",
        "{when} kwam het op een wachtlijst: {care}.",
    ),
    "dropped": (
        "{when} it left a waiting list without having been helped: {care}.",
        "{when} ging het van een wachtlijst af zonder geholpen te zijn: {care}.",
    ),
    "not_granted": (
        "{when} a request by {route} led to no place: {problem}.",
        "{when} leverde een verzoek van {route} geen plek op: {problem}.",
    ),
    "passed_on": (
        "{when} the municipality, in deficit, passed it on: {care}.",
        "{when} schoof de gemeente, die tekortkwam, het door: {care}.",
    ),
    "lost": (
        "{when} the referral failed, and with it some trust: {care}.",
        "{when} raakte de overdracht zoek, en daarmee ook vertrouwen: {care}.",
    ),
    "intake": (
        "{when} there was a first talk with the team, which took the severity to be {value}; it was {truth}.",
        "{when} was er een eerste gesprek met het team, dat de ernst op {value} schatte; die was {truth}.",
    ),
    "harmed": (
        "{when} such a talk did more harm than good.",
        "{when} deed zo'n gesprek meer kwaad dan goed.",
    ),
    "light_help": (
        "{when} the team gave short help at once.",
        "{when} gaf het team meteen korte hulp.",
    ),
    "coordinated": (
        "{when} one plan and one coordinator were agreed.",
        "{when} werden één plan en één regisseur afgesproken.",
    ),
    "started": ("{when} help began: {care}{waited}.", "{when} begon de hulp: {care}{waited}."),
    "started_crisis": (
        "{when} help began at once, in a crisis: {care}.",
        "{when} begon de hulp meteen, in een crisis: {care}.",
    ),
    "started_court": (
        "{when} the court decided on {care}.",
        "{when} besliste de rechter: {care}.",
    ),
    "not_renewed": (
        "{when} a decision ran out and was not renewed (severity {truth}): {care}.",
        "{when} liep een beschikking af en werd die niet verlengd (ernst {truth}): {care}.",
    ),
    "renewed": (
        "{when} a decision was renewed: {care}.",
        "{when} werd een beschikking verlengd: {care}.",
    ),
    "ended": ("{when} help ended: {care}{lasted}.", "{when} eindigde de hulp: {care}{lasted}."),
    "handed_over": (
        "{when} the provider gave up and another took over: {care}.",
        "{when} hield de aanbieder ermee op en nam een andere het over: {care}.",
    ),
    "violence": ("{when} there was violence at home.", "{when} was er geweld thuis."),
    "crisis": ("{when} it came to a crisis: {crisis}.", "{when} kwam het tot een crisis: {crisis}."),
    **EVENTS_OF_OFFERS,
}
