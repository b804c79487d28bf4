"""What stands in the stories of the matrix, and headlines that break what is careless."""

WORDS = {
    "en": {
        "title": "The {} Times",
        "headline": "Ferry returns to the harbour",
        "nasty": "Ferry & <b>boats</b> ]]> “late” \U0001f6a2 of 'us' \"all\"",
        "standfirst": "At <noon>, & nobody was hurt.",
        "text": "The night ferry came back at noon and nobody on board was hurt.",
        "question": "What will the harbour do now?",
        "caption": "A quay.",
        "answers": ["More trains", "Fewer trains"],
        "series": "The week in paperwork",
        "place": "Yukimori",
        "job": "Night editor",
        "sender": {"name": "Tachi Ferries", "contact": "press@ferries.example", "link": ""},
        "saying": {
            "text": "Nobody missed the last boat.", "speaker": "Goro Tachi", "about": "Master",
            "context": "At the quay.", "source": "Harbour radio",
            "source_url": "https://radio.example/1",
        },
        "paper": {"paper": "The Evening Gull", "headline": "Cats count trains"},
        "event": {
            "name": "Lantern night", "venue": "Old Quay; pier 2", "address": "1-2-3 Minato",
            "price": "1,200 yen",
        },
    },
    "ja": {
        "title": "{}新聞",
        "headline": "夜のフェリーが港に戻る",
        "nasty": "フェリーと<b>船</b>&]]>「遅れ」\U0001f6a2『全員』無事",
        "standfirst": "正午<ごろ>、けが人は&なし。",
        "text": "夜のフェリーは正午ごろ港に戻り、乗っていた人にけがはなかった。",
        "question": "港はこれからどうなるのか",
        "caption": "岸壁。",
        "answers": ["増便", "減便"],
        "series": "書類の一週間",
        "place": "雪森",
        "job": "夜勤編集者",
        "sender": {"name": "多知フェリー", "contact": "press@ferries.example", "link": ""},
        "saying": {
            "text": "最終便に遅れた人はいません。", "speaker": "多知五郎", "about": "港長",
            "context": "岸壁で。", "source": "港ラジオ", "source_url": "https://radio.example/1",
        },
        "paper": {"paper": "夕刊かもめ", "headline": "猫が列車を数える"},
        "event": {
            "name": "灯籠の夜", "venue": "旧岸壁", "address": "港1-2-3", "price": "1,200円",
        },
    },
}  # fmt: skip
