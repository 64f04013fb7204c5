"""The people of the demo. All of them are made up; none of them is a customer anywhere."""

from typing import Final, NamedTuple

from consult.actor import Role


class Candidate(NamedTuple):
    """Somebody who stands: the kind of customer, and how many in a hundred voters want her."""

    name: str
    kind: str
    share: int
    statement: str


class Member(NamedTuple):
    """Somebody on the board before the election; ``stays`` when the seat runs on."""

    name: str
    tenant: bool
    stays: bool = False


STAFF: Final = {
    Role.SECRETARY: "Samira Bouzid",
    Role.CHAIR: "Wim Kaptein",
    Role.MEMBER: "Joy Martina",
    Role.REGISTRAR: "Ineke Postma",
    Role.FACILITATOR: "Dennis van Rijn",
    Role.OBSERVER: "Tariq Hussain",
    Role.HELPER: "Fleur de Wit",
    Role.SELECTION: "Carla Nunes",
}

TASKS: Final = {
    Role.SECRETARY: "secretaris: maakt en stelt voor",
    Role.CHAIR: "voorzitter: keurt goed",
    Role.MEMBER: "raadslid: leest mee",
    Role.REGISTRAR: "codes en brieven",
    Role.FACILITATOR: "ICT van de verhuurder: klantenbestand",
    Role.OBSERVER: "waarnemer: kijkt mee",
    Role.HELPER: "vult in voor wie dat zelf niet kan",
    Role.SELECTION: "selectiecommissie",
}

KEY_HOLDERS: Final = ("Notaris De Graaf", "Huurdersvereniging De Schakel")

COMMITTEE: Final = ("Bastiaan de Wit", "Ngozi Adeyemi")
"""They sit in the selection committee with the one of :data:`STAFF`."""

FIRST_CHAIR: Final = "Henk Oudendijk"
CHAIR: Final = "Wim Kaptein"
SECRETARY: Final = "Samira Bouzid"
TREASURER: Final = "Erik Landman"

BOARD: Final = (
    Member(CHAIR, tenant=True, stays=True),
    Member(SECRETARY, tenant=True, stays=True),
    Member(TREASURER, tenant=False, stays=True),
    Member("Joy Martina", tenant=True),
    Member("Henk Oudendijk", tenant=True),
    Member("Naima Tahiri", tenant=True),
    Member("Truus Vermaas", tenant=True),
    Member("Sunil Gopal", tenant=True),
    Member("Willemijn Kraak", tenant=False),
)

CANDIDATES: Final = (
    Candidate(
        "Fatima Aziz",
        "tenant",
        52,
        "Ik woon 22 jaar in een portiekflat met drie kinderen. Ik ken de buren, en zij kennen mij. "
        "Als er iets kapot is, bel ik net zo lang tot iemand komt. Dat wil ik voor iedereen doen. "
        "Want niet iedereen durft te bellen. Ik luister eerst, en dan praat ik pas.",
    ),
    Candidate(
        "Ruud Oosterling",
        "owner",
        48,
        "Ik kocht mijn huurhuis in 2011. Ik woon er nog steeds, tussen huurders. Wij delen "
        "hetzelfde dak en dezelfde lekkage. Ik was loodgieter, dus ik weet wat onderhoud kost. "
        "Laten wij samen zorgen voor goede afspraken. Dan weet iedereen waar hij aan toe is.",
    ),
    Candidate(
        "Chantal Pieters",
        "tenant",
        45,
        "De huur gaat omhoog en mijn loon niet. Ik ben kassière en voed mijn zoon alleen op. Ik "
        "wil dat de raad elk jaar vraagt: kunnen mensen dit nog betalen? Ik ben niet bang voor "
        "cijfers. En ik leg ze graag uit, zonder moeilijke woorden.",
    ),
    Candidate(
        "Selma Korkmaz",
        "entrepreneur",
        43,
        "Ik heb een naaiatelier op de hoek. De hele buurt komt bij mij langs met broeken en "
        "verhalen. Winkels houden een straat veilig en gezellig. Daarom wil ik meepraten over lege "
        "panden. Er kan zo veel: een werkplaats, een buurtkeuken, een plek voor jongeren.",
    ),
    Candidate(
        "Yusuf Demirci",
        "tenant",
        40,
        "Ik ben 27 en woon op mezelf sinds vorig jaar. Ik heb zeven jaar gewacht op een huis. "
        "Jongeren zie je weinig in de raad. Dat wil ik anders. Ik help mensen graag met hun "
        "telefoon of computer. Zo kan iedereen meedoen, ook wie dat lastig vindt.",
    ),
    Candidate(
        "Anita Ramdin",
        "owner",
        38,
        "Ik woon in een hoekhuis met een tuin vol bonen en kouseband. In onze straat ruimen wij "
        "samen op, elke eerste zaterdag. Ik was dertig jaar wijkverpleegkundige. Ik weet hoe het "
        "achter de voordeur gaat. Ouderen verdienen een huis waar zij veilig oud worden.",
    ),
    Candidate(
        "Gerrit Bos",
        "tenant",
        35,
        "Ik zat twintig jaar op de vrachtwagen. Nu ben ik met pensioen en heb ik tijd. In mijn "
        "flat regel ik de koffieochtend. Daar hoor je alles: de lift, de schimmel, het licht in de "
        "gang. Ik schrijf het op en neem het mee. En ik kom terug met een antwoord.",
    ),
    Candidate(
        "Jamila Osman",
        "tenant",
        32,
        "Mijn huis is slecht geïsoleerd. In de winter stook ik vooral voor de straat. Ik heb "
        "uitgezocht wat er kan, en wat het oplevert. Die kennis wil ik delen. Een warm huis is "
        "geen luxe. Ik wil dat de koudste huizen als eerste aan de beurt zijn.",
    ),
    Candidate(
        "Loes van Vliet",
        "tenant",
        27,
        "Ik woon in een huis voor senioren en ben 71. Samen eten wij elke woensdag. Eenzaamheid is "
        "erger dan een krakende trap. Ik wil plekken waar mensen elkaar zien. Een bankje, een "
        "binnentuin, een ruimte met koffie. Dat kost weinig en doet veel.",
    ),
    Candidate(
        "Rayan Lachman",
        "tenant",
        22,
        "Ik werk in de zorg en draai nachten. Slapen lukt alleen als het stil is in huis. Overlast "
        "is lastig om over te praten. Toch moet het, rustig en zonder ruzie. Ik volgde een cursus "
        "bemiddelen. Vaak helpt het al als iemand echt luistert.",
    ),
    Candidate(
        "Bep Hoekstra",
        "tenant",
        17,
        "Ik woon hier al vijftig jaar en ga niet meer weg. Ik heb veel plannen zien komen en gaan. "
        "De beste plannen begonnen met een rondje door de buurt. Dus kom kijken, zeg ik altijd. Ik "
        "zet de koffie. En ik onthoud wat er is beloofd.",
    ),
    Candidate(
        "Koen Dijkgraaf",
        "owner",
        12,
        "Ik kocht vorig jaar een appartement in een complex met veel huurders. Ik ben boekhouder. "
        "Ik kan een begroting lezen en er vragen over stellen. Servicekosten snapt bijna niemand. "
        "Ik wil een afrekening die op één bladzijde past.",
    ),
)

NEXT_CANDIDATES: Final = (
    Candidate(
        "Noor Kuipers",
        "tenant",
        40,
        "Ik ben 24 en deel een flat met mijn zus. Ik wil dat de raad ook online te vinden is. "
        "Kort, duidelijk en op tijd. Dan weten jongeren dat zij kunnen meepraten.",
    ),
    Candidate(
        "Ahmet Sahin",
        "tenant",
        36,
        "Ik voetbal met jongens uit de wijk. Zij hebben goede ideeën, maar niemand vraagt ernaar. "
        "Ik neem hun ideeën graag mee naar de raad.",
    ),
    Candidate(
        "Rita Schouten",
        "tenant",
        31,
        "Ik zorg voor mijn moeder, die om de hoek woont. Wij zoeken een huis zonder trappen. Ik "
        "wil dat de verhuurder meer van die huizen bouwt.",
    ),
    Candidate(
        "Bram Visser",
        "owner",
        27,
        "Ik ben timmerman en woon in een koopwoning tussen huurders. Goed onderhoud begint met "
        "goed kijken. Ik kijk graag mee bij de grote klussen.",
    ),
    Candidate(
        "Linh Tran",
        "tenant",
        22,
        "Ik spreek drie talen en help buren met brieven. Een brief moet je kunnen begrijpen. Ik "
        "wil alle brieven van de verhuurder korter en duidelijker maken.",
    ),
)

PASSWORD_WORDS: Final = (
    "appel",
    "beuk",
    "citroen",
    "dakpan",
    "eik",
    "fiets",
    "gracht",
    "haven",
    "iglo",
    "jas",
    "kade",
    "lamp",
    "molen",
    "noot",
    "oever",
    "peer",
    "raam",
    "sluis",
    "tuin",
    "uil",
    "vlieger",
    "wilg",
    "zeil",
    "brug",
    "deur",
    "kers",
    "meeuw",
    "plein",
    "trap",
    "veer",
    "wolk",
    "zon",
)
"""Four of these make a password that is easy to type; each demo draws its own."""
