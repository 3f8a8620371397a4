"""General words by which a person, an amount, a time or a place is recognised; generous, as doubt passes."""

import re

PERSON = re.compile(
    r"\b(?:he|she|they|him|her|them|we|us|i|you|me|people|persons?|child|children|king|queen|prince|duke|pope"
    r"|bishop|monk|nun|boys?|girls?|members?|council|government|parliament|company|companies|firms?|team|board"
    r"|group|army|navy|forces?|troops|staff|crew|police|court|church|union|party|family|public|crowd|nation"
    r"|state|country|committee|agency|department|ministry|university|school|bank|association|society|club"
    r"|organi[sz]ation|tribe|clan|nobles?|clerk|aide|guide|judge|coach|chief|head|boss|host|guest|guard|wife"
    r"|no one|nobody|none|anyone|anybody|everyone|everybody|somebody|someone|both|all|whoever|those|poor|rich"
    r"|\w{2,}(?:er|or|ist|ian|ee|man|men|woman|women|folk)s?)\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    r"\b(?:half|dozens?|several|none|no|nothing|nobody|both|all|many|few|fewer|most|much|more|less|little|lots?"
    r"|doubl\w+|twice|tripl\w+|single|once|free|pair|couple|majority|minority|quarters?|thirds?|hundreds?"
    r"|thousands?|millions?|billions?|some|any|every|each|entire\w*|whole|full\w*|significant\w*|large\w*|small\w*"
    r"|considerabl\w+|great\w*|huge|enough|various|numerous|number|numbers|amount|unlimited|infinite|zero|equal\w*"
    r"|an? (?:\w+ )?(?:hour|minute|second|day|week|month|year|decade|century|lot|mile|metre|meter|kilomet\w+)"
    r"|as (?:much|many|long|far)|far|close|near\w*|short)\b",
    re.IGNORECASE,
)
LASTING = re.compile(
    r"\b(?:until|till|since|forever|permanent\w*|overnight|always|never|ever|temporar\w+|brief\w*|throughout|during"
    r"|decades?|centur\w+|years?|months?|weeks?|days?|hours?|minutes?|seconds?|young|old|life\w*|through|from"
    r"|age|season|summer|winter|generations?|long|while)\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\b(?:days?|daily|week\w*|month\w*|year\w*|decade\w*|centur\w+|season\w*|spring|summer|autumn|fall|winter"
    r"|morning|noon|midday|afternoon|evening|night|midnight|dawn|dusk|today|tomorrow|yesterday|now|soon|later"
    r"|earlier|early|late|next|last|first|ago|recent\w*|after\w*|before|when\w*|while|during|once|until|till|since"
    r"|as|upon|following|end|beginning|start|never|always|immediately|eras?|ages?|periods?|times?|wars?|dynasty"
    r"|reign|revolution|then|already|annual\w*|every|if|at|by|hour\w*|minute\w*|second\w*|present|modern|current\w*"
    r"|medieval|ancient|holiday\w*|easter|christmas|birth|death|childhood|life|youth|within|on)\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b(?:in|at|on|near|from|to|into|inside|outside|under|over|between|along|behind|around|across|through|above"
    r"|below|beside|by|beyond|within|off|opposite|north\w*|south\w*|east\w*|west\w*|here|there|home|abroad|of"
    r"|upstairs|downstairs|indoors|outdoors|online|everywhere|nowhere|anywhere|somewhere|throughout|down|up"
    r"|towards?|against|among\w*|where\w*|worldwide|overseas|inland|offshore)\b",
    re.IGNORECASE,
)
