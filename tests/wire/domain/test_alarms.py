"""What agencies say in words only, in the languages they say it in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.domain.alarms import prose_kill

KILLS = [
    "KILL",
    "BC-MARIGOLD-KILL: Marigold sails",
    "KILL: Marigold sails",
    "KILL KILL KILL",
    "MANDATORY KILL",
    "Editors: a kill is mandatory.",
    "PHOTO KILL",
    "Photo kill: Marigold at the quay",
    "Picture Kill - Marigold at the quay",
    "Photo elimination",
    "ADVISORY: story withdrawn",
    "Advisory to editors: the item FERRY is withdrawn.",
    "STORY WITHDRAWN",
    "Please disregard the story slugged FERRY-RETURN.",
    "Please disregard our earlier picture.",
    "Please disregard",
    "This story has been withdrawn.",
    "We have withdrawn this item.",
    "ATTENTION - please kill all pictures of the Marigold.",
    # Japanese
    "【記事取り消し】フェリー帰港",
    "〔写真取消〕フェリー",
    "記事の取り消しをお願いします。",
    "先に配信した写真を削除してください。",
    "配信取り消し:フェリー帰港",
    "写真削除のお願い",
    # French
    "ANNULATION - Le ferry est rentré",
    "ANNULÉ : Le ferry est rentré",
    "À ANNULER",
    "Prière d'annuler notre dépêche FERRY.",
    "Veuillez annuler la photo du ferry.",
    "Merci de ne pas tenir compte de la dépêche FERRY.",
    "PHOTO ANNULÉE",
    # German
    "ZURÜCKGEZOGEN: Fähre kehrt heim",
    "Bitte verwenden Sie die Meldung nicht mehr.",
    "Bitte die Meldung zur Fähre nicht verwenden.",
    "Die Meldung wird hiermit zurückgezogen.",
    "STORNO: Fähre kehrt heim",
    "Bitte löschen Sie das Foto der Fähre.",
    "RÜCKRUF - Foto der Fähre",
]
HOLDS = [
    "HOLD HOLD HOLD",
    "Please hold the story FERRY.",
    "Please withhold our earlier picture.",
    "Editors: please withhold",
    "【使用保留】フェリー帰港",
    "この記事の掲載を見合わせてください。",
    "Merci de ne pas diffuser la dépêche FERRY.",
    "Veuillez suspendre la publication de la dépêche.",
    "Bitte die Meldung vorerst nicht verwenden.",
    "Bitte halten Sie die Meldung zurück.",
]
NEWS = [
    "Two kill three",
    "Kill Bill returns to the screen",
    "Road kill: how drivers may help",
    "They hold, hold and hold on",
    "Officials asked residents to please disregard the siren.",
    "The bank has withdrawn its offer.",
    "He asked voters to please withhold judgement.",
    "Advisory: heavy rain is expected",
    "The photo was withdrawn from the exhibition.",
    "グーグルに記事削除命令、東京地裁",
    "写真を削除したと説明した。",
    "免許の取り消し処分を受けた。",
    "Le Conseil a annulé l'article 7 de la loi.",
    "ANNULATIONS en série à l'aéroport",
    "Der Bericht wurde zurückgezogen, sagte die Ministerin.",
    "Das Foto ging um die Welt, bitte nicht stören.",
    "Die Anmeldung wird zurückgezogen.",
]


@pytest.mark.parametrize("text", KILLS)
def test_a_kill_in_words_is_heard(text):
    assert [one.type for one in prose_kill((None, f"Ferry news.\n{text}\nMore."))] == ["kills"]


@pytest.mark.parametrize("text", HOLDS)
def test_a_hold_in_words_is_heard(text):
    assert [one.type for one in prose_kill((text,))] == ["holds"]


@pytest.mark.parametrize("text", NEWS)
def test_news_about_kills_is_no_kill(text):
    assert prose_kill((text, f"Ferry news. {text} More.")) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Please disregard the story slugged FERRY-RETURN.", "slugged FERRY-RETURN"),
        ("Prière d'annuler notre dépêche FERRY 12.", "FERRY 12"),
        ("Bitte die Meldung FERRY nicht verwenden.", None),
    ],
)
def test_what_the_words_name_is_kept(text, named):
    assert [one.note for one in prose_kill((text,))] == [named]


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text):
    for one in prose_kill((text,)):
        assert (one.certain, one.family) == (False, None)
